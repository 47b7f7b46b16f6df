"""JSON files: one object, a list, or an object a line; and what is wrong with others."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook.importers import read_table_file
from workbook.importers.formats.json_records import read_json_records, starts_as_json
from workbook.topics.policymaking.data import consultations_schema

ITEMS = [{"id": "a", "n": 1.50, "of": {"day": "x", "list": [1, "é"]}}, {"id": "b", "ok": True}]
HEADER = ("id", "n", "of.day", "of.list", "ok")
COLUMNS = [["a", "b"], ["1.5", None], ["x", None], ['["1", "é"]', None], [None, "true"]]


def read_message(content):
    with pytest.raises(ValueError) as caught:  # noqa: PT011  the tests compare the message
        read_json_records(content)
    return str(caught.value)


class TestShapes:
    @pytest.mark.parametrize(
        "text",
        [
            json.dumps(ITEMS),
            json.dumps(ITEMS, indent=2),
            "\n".join(map(json.dumps, ITEMS)),
            "".join(map(json.dumps, ITEMS)),
            json.dumps(ITEMS[:1]) + "\n" + json.dumps(ITEMS[1]),
        ],
        ids=["list", "indented", "lines", "one after the other", "lists and objects"],
    )
    @pytest.mark.parametrize("start", ["", "\ufeff", "\n  "])
    def test_every_shape_gives_the_same_table(self, text, start):
        content = f"{start}{text}\n".encode()
        assert starts_as_json(content)
        table = read_json_records(content)
        assert (table.header, list(table.row_numbers)) == (HEADER, [2, 3])
        assert [column.to_pylist() for column in table.columns] == COLUMNS

    def test_numbers_stay_as_printed(self):
        table = read_json_records(b'{"a": 1e3, "b": NaN, "c": 123456789012345678901234567890}')
        assert [column[0].as_py() for column in table.columns] == [
            "1e3",
            "NaN",
            "123456789012345678901234567890",
        ]

    def test_a_name_whose_values_are_all_null_is_a_blank_column(self):
        table = read_json_records(b'[{"a": null}, {"a": null}]')
        assert (table.header, table.columns[0].null_count) == (("a",), 2)

    def test_characters_that_no_file_can_hold_are_replaced(self):
        table = read_json_records(rb'{"a": "x\u0000y\ud800"}')
        assert table.columns[0].to_pylist() == ["x\ufffdy?"]


class TestWrappers:
    ROW = {"id": "c1", "title": "Nets", "opened": "2014-01-01", "closed": "2014-03-31"}  # noqa: RUF012  not changed

    def read(self, value):
        return read_table_file(consultations_schema, json.dumps(value).encode(), "own.json")

    def test_the_list_in_a_single_object_is_read_and_named(self):
        report = self.read({"total": 1, "next": None, "results": [self.ROW]})
        assert report.errors == ()
        assert report.frame["title"].tolist() == ["Nets"]
        assert 'the list "results" of the file is read' in map(str, report.warnings)

    def test_a_single_row_with_a_list_stays_a_row(self):
        report = self.read({**self.ROW, "files": [{"name": "a"}]})
        assert report.errors == ()
        assert report.frame["id"].tolist() == ["c1"]

    @pytest.mark.parametrize(
        ("value", "names"),
        [
            ({"error": "not found"}, '"error"'),
            ({"results": []}, '"results"'),
            ({"a": [{"id": 1}], "b": [{"id": 2}]}, '"a" and "b"'),
        ],
    )
    def test_an_object_that_is_no_row_is_an_error_without_advice_on_headings(self, value, names):
        report = self.read(value)
        assert list(map(str, report.errors)) == [
            (
                f"own.json: the file is not a list of items: it is one object with {names}."
                " Save the list alone"
            )
        ]
        assert report.unmatched_headings == ()


class TestFaults:
    @pytest.mark.parametrize(
        ("text", "place", "fault"),
        [
            ('{"a": 1', (1, 8), "the file ends before it is complete: save it again"),
            ('[{"a": 1}\n {"b": 2}]', (2, 2), "a comma or a closing bracket is missing"),
            ('{"a" 1}', (1, 6), "a colon is missing after a name"),
            ('{"a": tru}', (1, 7), "a value is missing"),
            ("{a: 1}", (1, 2), "a name in double quotes is missing"),
            ('{"a": "x}', (1, 7), "a text has no closing quotation mark"),
            ('{"a": "x\ny"}', (1, 9), "a text holds a line break or another control character"),
            ('{"a": "\\q"}', (1, 8), "a text holds a backslash that means nothing"),
            ('{"a": 1}\nand more', (2, 1), "a value is missing"),
        ],
    )
    def test_the_place_of_a_fault_is_told_in_plain_words(self, text, place, fault):
        message = "the file is not valid JSON: in line {}, column {}, {}"
        assert read_message(text.encode()) == message.format(*place, fault)

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (b"[]", "the file has no items: it must hold one JSON object or more"),
            (b"{}", "the file has no items: it must hold one JSON object or more"),
            (
                b'[{"a": 1}, "b"]',
                "item 2 of the file is a text or number: each item must be a JSON object",
            ),
            (b"[[1]]", "item 1 of the file is a list: each item must be a JSON object"),
            (b"[null]", "item 1 of the file is null: each item must be a JSON object"),
            (
                b'{"a": "\xff"}',
                "the file is not text in UTF-8 (byte 8): save it again as UTF-8",
            ),
            (
                b'{"a":' * 100_000,
                "the file is not a list of items: it nests lists or objects too deeply",
            ),
        ],
    )
    def test_a_file_without_items_is_an_error(self, content, message):
        assert read_message(content) == message

    def test_a_file_of_too_many_cells_is_an_error(self):
        items = [{str(number): 1} for number in range(3000)]
        assert read_message(json.dumps(items).encode()) == (
            "the file has 3,000 items with 3,000 different names, which makes more than 5,000,000"
            " cells: save fewer items at a time"
        )

    def test_a_file_of_too_many_items_is_an_error(self):
        content = b"[" + b"{}," * 200_000 + b'{"a": 1}]'
        assert read_message(content) == "the file has more than 200,000 items: save fewer at a time"

    def test_a_file_that_only_begins_like_json_is_read_as_csv(self):
        assert not starts_as_json(b"[x],b\n1,2\n")


@settings(max_examples=60)
@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    ),
    st.integers(0, 40),
)
def test_any_json_and_any_part_of_it_gives_a_report(value, length):
    content = json.dumps([{"id": value, "title": value, "opened": value, "closed": "2014-01-01"}])
    for text in (content, content[:-length] if length else content):
        report = read_table_file(consultations_schema, text.encode(), "given.json")
        assert report.as_dict()["rows"] == len(report.frame)
