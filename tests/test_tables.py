"""Tables report each error with its row and column, and hide periods after the quarter."""

import json
import pickle
from dataclasses import replace

import pandera.pandas as pa
import pytest

from workbook.exports.datapackage import build_datapackage, revise_datapackage
from workbook.resources import OUR_PACKAGE, resource_folder
from workbook.tables import (
    TableError,
    TableSchema,
    sha256,
)
from workbook.tables.columns import count_column, period_column, share_column, text_column
from workbook.topics.registry import TABLE_SCHEMAS

BUNDLED_TABLES = [name for name, table in TABLE_SCHEMAS.items() if table.bundled]
PUBLISHED_WARNINGS = {"exemplar_phases": 1, "exemplar_milestones": 9}
"""Number of warnings in the published data, by table."""

HEADER = "place,period,people,share"
VALID_TABLE = f"""{HEADER}
Leeds,2013-12,100,0.21
Leeds,2014-06,120,
York,2014,,0.5
"""

counts = TableSchema(
    name="counts",
    title="People counted",
    period="period",
    schema=pa.DataFrameSchema(
        {
            "place": text_column("Place", "Where they live."),
            "period": period_column("Period", "When they were counted."),
            "people": count_column("People", "How many there are.", nullable=True),
            "share": share_column("Share", "Of all people.", nullable=True),
        },
        unique=["place", "period"],
    ),
)


def error_rows(text):
    """Return every error as row, column, value and message."""
    content = text if isinstance(text, bytes) else text.encode()
    return [
        (issue.row, issue.column, issue.value, issue.message)
        for issue in counts.check_csv(content).errors
    ]


def with_rows(*rows):
    """Return the valid table with rows added; the first of them is row 5."""
    return VALID_TABLE + "".join(f"{row}\n" for row in rows)


@pytest.fixture
def data_folder(tmp_path):
    """Return a folder with the valid table and its recorded checksum."""
    (tmp_path / "counts.csv").write_text(VALID_TABLE)
    (tmp_path / "datapackage.json").write_text(build_datapackage([counts], tmp_path))
    return tmp_path


class TestValidTables:
    def test_a_valid_table_has_no_errors_and_no_warnings(self):
        report = counts.check_csv(VALID_TABLE.encode())
        assert (report.errors, report.warnings) == ((), ())
        assert report.frame["people"].tolist()[:2] == [100, 120]
        assert report.frame["people"].isna().tolist() == [False, False, True]
        assert report.frame["share"].fillna(-1).tolist() == [0.21, -1, 0.5]
        assert report.frame.dtypes.astype(str).tolist() == ["str", "str", "Int64", "float64"]

    @pytest.mark.parametrize("end", ["\r\n", "\r"])
    def test_line_endings_of_other_systems_are_read(self, end):
        frame = counts.check_csv(VALID_TABLE.replace("\n", end).encode()).frame
        assert frame.equals(counts.check_csv(VALID_TABLE.encode()).frame)

    def test_a_byte_order_mark_surrounding_spaces_and_column_order_do_not_matter(self):
        text = "\ufeffshare, people ,period,place\n0.21, 100,2013-12,Leeds\n"
        frame = counts.check_csv(text.encode()).frame
        assert frame.to_dict("records") == [
            {"place": "Leeds", "period": "2013-12", "people": 100, "share": 0.21}
        ]

    def test_a_whole_number_written_with_a_decimal_point_is_read(self):
        assert (
            counts.check_csv(with_rows("Hull,2014,300.0,").encode()).frame["people"].iloc[3] == 300
        )

    def test_a_quoted_cell_may_contain_commas_and_line_breaks(self):
        text = with_rows('"Leeds, and\nBradford",2012,1,', "Hull,2012,x,")
        report = counts.check_csv(text.encode())
        assert report.frame["place"].iloc[3] == "Leeds, and\nBradford"
        assert [(issue.row, issue.column) for issue in report.errors] == [(6, "people")]


class TestErrors:
    def test_a_missing_column_is_an_error(self):
        text = "place,people,share\nLeeds,100,0.21\n"
        assert error_rows(text) == [(1, "period", None, 'required column "period" is missing')]

    def test_every_missing_column_is_an_error(self):
        assert [e[1] for e in error_rows("place,period\nLeeds,2014\n")] == ["people", "share"]

    @pytest.mark.parametrize("blank", ["", " ", '""', '" "'])
    def test_a_blank_cell_in_a_required_column_is_an_error(self, blank):
        result = error_rows(with_rows(f"{blank},2012,1,"))
        assert result == [(5, "place", None, "is blank: a value is required")]

    def test_a_negative_count_is_an_error(self):
        assert error_rows(with_rows("Hull,2012,-5,")) == [
            (5, "people", "-5", "-5 must not be negative")
        ]

    @pytest.mark.parametrize("share", ["21", "21.0", "1.01", "-0.21"])
    def test_a_share_outside_0_to_1_is_an_error(self, share):
        message = f"{share} must be a fraction of 1, so that 21% is 0.21"
        assert error_rows(with_rows(f"Hull,2012,,{share}")) == [(5, "share", share, message)]

    @pytest.mark.parametrize(
        "number",
        ["many", "1.5", "1e3", "inf", "1_000", "0x10", "٣", "9" * 16, "£5.50"],
    )
    def test_a_cell_that_is_not_a_whole_number_is_an_error(self, number):
        result = error_rows(with_rows(f"Hull,2012,{number},"))
        assert result == [(5, "people", number, f'"{number}" is not a whole number')]

    @pytest.mark.parametrize("number", ["half", "inf", "1e999", "1.2.3"])
    def test_a_cell_that_is_not_a_number_is_an_error(self, number):
        result = error_rows(with_rows(f'Hull,2012,,"{number}"'))
        assert result == [(5, "share", number, f'"{number}" is not a number')]

    @pytest.mark.parametrize(
        ("number", "advice"),
        [
            ("-", "leave the cell blank if there is no figure"),
            ("n/a", "leave the cell blank if there is no figure"),
            ("#REF!", "leave the cell blank if there is no figure"),
            ("nan", "leave the cell blank if there is no figure"),
            ("40,000", "write 40000"),
            ("-1,234,567", "write -1234567"),
            ("1234*", "write 1234 without the footnote mark"),
            ("1234 [1]", "write 1234 without the footnote mark"),
        ],
    )
    def test_an_error_suggests_the_correct_number_where_it_is_clear(self, number, advice):
        result = error_rows(with_rows(f'Hull,2012,"{number}",'))
        assert result == [(5, "people", number, f'"{number}" is not a whole number: {advice}')]

    @pytest.mark.parametrize("period", ["2014-13", "June 2014", "2014-W26-1", "20140630", "14"])
    def test_an_invalid_period_is_an_error(self, period):
        message = f'"{period}" must be a year, a month or a quarter such as 2014-06'
        assert error_rows(with_rows(f"Hull,{period},1,")) == [(5, "period", period, message)]

    def test_a_repeated_key_is_an_error(self):
        message = "repeats the place and period of row 2"
        assert error_rows(with_rows("Leeds,2013-12,7,", "Hull,2012,1,", "Leeds,2013-12,8,")) == [
            (5, "place", "Leeds", message),
            (7, "place", "Leeds", message),
        ]

    @pytest.mark.parametrize(("row", "cells"), [("Hull,2012", 2), ("Hull,2012,1,0.5,x", 5)])
    def test_a_row_with_too_few_or_too_many_cells_is_an_error(self, row, cells):
        message = f"the row has {cells} cells but the header has 4"
        assert error_rows(with_rows(row)) == [(5, None, None, message)]

    def test_only_the_first_1000_rows_of_wrong_length_are_listed(self):
        result = error_rows(with_rows(*["York"] * 1200))
        assert len(result) == 1001
        message = "and 200 more rows, from here on, have the wrong number of cells"
        assert result[-1] == (1005, None, None, message)

    def test_a_column_repeated_many_times_is_reported_once(self):
        result = error_rows(f"{HEADER}{',note' * 60_000}\nLeeds,2012,1,0.5{',' * 60_000}\n")
        assert result == [(1, "note", "note", "repeats the name of another column")]

    def test_a_table_may_have_very_many_unknown_columns(self):
        names = ",".join(f"c{index}" for index in range(60_000))
        assert error_rows(f"{HEADER},{names}\nLeeds,2012,1,0.5{',' * 60_000}\n") == []

    def test_an_error_quotes_only_the_beginning_of_a_long_cell(self):
        shortened = "x" * 59 + "…"
        result = error_rows(with_rows(f"Hull,2012,{'x' * 100_000},"))
        assert result == [(5, "people", shortened, f'"{shortened}" is not a whole number')]

    def test_an_extra_cell_in_every_row_is_an_error_in_each_row(self):
        result = error_rows(f"{HEADER}\nx,Leeds,2012,1,0.5\nx,York,2012,2,0.5\n")
        assert [(row, column) for row, column, *_ in result] == [(2, None), (3, None)]

    def test_a_repeated_column_is_an_error(self):
        result = error_rows("place,period,people,share,people\nLeeds,2012,1,0.5,2\n")
        assert result == [(1, "people", "people", "repeats the name of another column")]

    def test_errors_are_reported_in_order_of_row_and_column(self):
        text = with_rows("Hull,2012,-5,21", ",20xx,many,0.5", "Leeds,2013-12,1,", "York")
        assert [(row, column) for row, column, *_ in error_rows(text)] == [
            (5, "people"),
            (5, "share"),
            (6, "people"),
            (6, "period"),
            (6, "place"),
            (7, "place"),
            (8, None),
        ]

    def test_row_numbers_are_those_of_a_spreadsheet(self):
        text = f"{HEADER}\n\nLeeds,2012,-1,\n\n\nYork,2012,-2,\n"
        assert [row for row, *_ in error_rows(text)] == [3, 6]


UNCLOSED = (
    "a quotation mark opens the cell and none closes it. Add one at the end of the cell, or remove"
    " it"
)
NOT_AT_END = (
    "the cell opens with a quotation mark, and the next one is not at its end. Write a mark inside"
    ' the cell twice ("")'
)
AFTER_BACKSLASH = (
    'a quotation mark after a backslash ends the cell. Write "" instead of \\" inside a cell'
)


class TestUnreadableFiles:
    @pytest.mark.parametrize("content", [b"", b"\n\n", b"  \r\n "])
    def test_an_empty_file_is_an_error(self, content):
        ((row, column, value, message),) = error_rows(content)
        assert (row, column, value) == (None, None, None)
        assert message == "the file is empty: a table needs a header and rows"

    @pytest.mark.parametrize("content", [HEADER, f"{HEADER}\n\n", "\ufeff"])
    def test_a_file_with_only_a_header_is_an_error(self, content):
        assert [e[3] for e in error_rows(content)] == ["the file has no rows below a header"]

    @pytest.mark.parametrize(
        "content",
        [b"PK\x03\x04\x00\x00", "place\nLeeds".encode("utf-16"), VALID_TABLE.encode() + b"\0"],
    )
    def test_a_binary_file_is_an_error(self, content):
        message = "the file is binary, not text: save it as CSV UTF-8"
        assert [e[3] for e in error_rows(content)] == [message]

    @pytest.mark.parametrize("encoding", ["latin-1", "mac-roman", "cp1252"])
    def test_text_that_is_not_utf_8_is_an_error(self, encoding):
        # "place,period,people,share" and its line end are 26 bytes, "Caf" three
        content = f"{HEADER}\nCafé,2012,1,\n".encode(encoding)
        message = "the file is not text in UTF-8 (byte 30): save it as CSV UTF-8"
        assert [e[3] for e in error_rows(content)] == [message]

    @pytest.mark.parametrize(
        ("row", "column", "fault"),
        [
            ('"Hull,2012,1,', "place", UNCLOSED),
            ('Hull,"20"12",1,', "period", NOT_AT_END),
            ('Hull,2012,1,0.5,"a"b', "5", NOT_AT_END),
            (r'"a ""b"", c",2012,"5 \"blue\" ones",', "people", AFTER_BACKSLASH),
        ],
    )
    def test_a_misquoted_cell_is_an_error_with_its_row_and_column(self, row, column, fault):
        ((*_, message),) = error_rows(with_rows(row))
        assert message == f"the file cannot be read as CSV. Row 5, column {column}: {fault}"

    def test_the_row_of_a_misquoted_cell_counts_a_cell_of_two_lines_as_one(self):
        ((*_, message),) = error_rows(with_rows('"Hull\nCity",2012,1,', 'York,2012,"1"0,'))
        assert message.startswith("the file cannot be read as CSV. Row 6, column people: ")

    def test_an_image_is_an_error(self):
        ((*_, message),) = error_rows(b"\x89PNG\r\n\x1a\n")
        assert message.startswith("the file is not text in UTF-8 (byte 1)")


class TestWarnings:
    def warning_rows(self, text):
        report = counts.check_csv(text.encode())
        assert report.errors == ()
        return [(issue.row, issue.column, issue.message) for issue in report.warnings]

    def test_an_unknown_column_is_ignored_with_a_warning(self):
        text = f"{HEADER},note\nLeeds,2012,1,0.5,a note\n"
        message = "unrecognised column, ignored"
        assert self.warning_rows(text) == [(1, "note", message)]
        assert list(counts.check_csv(text.encode()).frame) == HEADER.split(",")

    def test_a_blank_row_is_ignored_with_a_warning(self):
        assert self.warning_rows(with_rows(",,,", "Hull,2012,1,")) == [
            (5, None, "blank row, ignored")
        ]
        assert len(counts.check_csv(with_rows(",,,").encode()).frame) == 3

    def test_only_the_first_1000_blank_rows_are_listed(self):
        result = self.warning_rows(with_rows(*[",,,"] * 1200))
        assert len(result) == 1001
        assert result[-1] == (
            1005,
            None,
            "and 200 more rows, from here on, are blank and ignored",
        )

    def test_blank_cells_after_the_last_column_are_ignored(self):
        assert self.warning_rows(with_rows("Hull,2012,1,0.5,,,")) == []


class TestReport:
    def test_a_report_has_the_keys_of_the_contract(self):
        record = counts.check_csv(f"{HEADER},note\nHull,2012,-5,,a\n".encode()).as_dict()
        assert json.loads(json.dumps(record)) == record
        assert (record["table"], record["rows"]) == ("counts", 1)
        assert record["errors"] == [
            {"row": 2, "column": "people", "value": "-5", "message": "-5 must not be negative"}
        ]
        (warning,) = record["oddities"]
        assert (warning["row"], warning["column"]) == (1, "note")

    def test_a_table_error_has_one_line_for_each_error(self, data_folder):
        text = with_rows("Hull,2012,-5,", "York,2011")
        (data_folder / "counts.csv").write_text(text)
        (data_folder / "datapackage.json").write_text(build_datapackage([counts], data_folder))
        with pytest.raises(TableError) as caught:
            counts.load_table("2014-Q2", data_folder)
        assert str(caught.value).splitlines() == [
            "counts is not a valid table.",
            "row 5, column people: -5 must not be negative",
            "row 6: the row has 2 cells but the header has 4",
        ]

    def test_a_table_error_can_be_pickled(self):
        error = TableError("counts", counts.check_csv(b"").errors)
        sent = pickle.loads(pickle.dumps(error))
        assert (sent.table, sent.problems, str(sent)) == ("counts", error.problems, str(error))


class TestLoadTable:
    def load_error(self, folder):
        with pytest.raises(TableError) as caught:
            counts.load_table("2014-Q2", folder)
        return [error.message for error in caught.value.problems]

    def test_a_missing_file_is_an_error(self, tmp_path):
        assert self.load_error(tmp_path) == ["counts.csv is missing"]

    def test_an_error_for_a_wrong_checksum_gives_both_checksums(self, data_folder):
        changed = VALID_TABLE.replace("120", "121")
        (data_folder / "counts.csv").write_text(changed)
        (message,) = self.load_error(data_folder)
        assert sha256(VALID_TABLE.encode())[:12] in message
        assert sha256(changed.encode())[:12] in message
        assert "the file was changed and its record was not" in message

    def test_a_wrong_checksum_does_not_hide_other_errors(self, data_folder):
        (data_folder / "counts.csv").write_text(VALID_TABLE.replace("120", "-120"))
        first, second = self.load_error(data_folder)
        assert first.startswith("the checksum of counts.csv is ")
        assert second == "-120 must not be negative"

    def test_a_table_without_a_recorded_checksum_is_an_error(self, data_folder):
        (data_folder / "datapackage.json").write_text('{"resources": []}')
        assert self.load_error(data_folder) == ["datapackage.json has no checksum for counts.csv"]

    @pytest.mark.parametrize("content", ["", "{}", "[]", '{"resources": [{}]}', "\ufffd{"])
    def test_a_damaged_data_package_is_an_error(self, data_folder, content):
        (data_folder / "datapackage.json").write_text(content, encoding="utf-8")
        (message,) = self.load_error(data_folder)
        assert message.startswith("datapackage.json, with the checksum of every table, is ")

    def test_a_missing_data_package_is_an_error(self, data_folder):
        (data_folder / "datapackage.json").unlink()
        (message,) = self.load_error(data_folder)
        assert "is missing or damaged" in message

    @pytest.mark.parametrize(
        ("quarter", "periods"),
        [
            ("2013-Q3", []),
            ("2013-Q4", ["2013-12"]),
            ("2014-Q1", ["2013-12"]),
            ("2014-Q2", ["2013-12", "2014-06"]),
            ("2014-Q3", ["2013-12", "2014-06"]),
            ("2014-Q4", ["2013-12", "2014-06", "2014"]),
        ],
    )
    def test_only_periods_that_ended_by_the_quarter_are_loaded(self, data_folder, quarter, periods):
        frame = counts.load_table(quarter, data_folder)
        assert frame["period"].tolist() == periods
        assert frame.index.tolist() == list(range(len(periods)))

    def test_a_table_without_periods_is_loaded_whole(self, data_folder):
        table_without_periods = TableSchema("counts", "People counted", counts.schema)
        assert len(table_without_periods.load_table("1900-Q1", data_folder)) == 3


class TestBundledTables:
    """The tables that are bundled with the workbook."""

    def test_datapackage_json_matches_the_declared_tables(self):
        data = resource_folder("data")
        tables = [table for table in TABLE_SCHEMAS.values() if table.package == OUR_PACKAGE]
        written = (data / "datapackage.json").read_text("utf-8")
        assert written == build_datapackage(tables, data), "run `make data`"

    def test_a_table_that_is_only_uploaded_is_not_in_the_data_package(self, tmp_path):
        uploaded_table = replace(counts, bundled=False)
        assert json.loads(build_datapackage([uploaded_table], tmp_path))["resources"] == []

    def test_recorded_revisions_are_kept(self, data_folder):
        text = revise_datapackage(counts, VALID_TABLE.encode(), data_folder, {"reason": "a slip"})
        (data_folder / "datapackage.json").write_text(text)
        [resource] = json.loads(build_datapackage([counts], data_folder))["resources"]
        assert resource["revisions"] == [{"reason": "a slip"}]

    def test_the_data_package_describes_every_file(self):
        package = json.loads((resource_folder("data") / "datapackage.json").read_text("utf-8"))
        for resource in package["resources"]:
            table = TABLE_SCHEMAS[resource["name"]]
            content = (resource_folder("data") / resource["path"]).read_bytes()
            assert resource["title"] == table.title
            assert resource["bytes"] == len(content)
            assert resource["hash"] == f"sha256:{sha256(content)}"
            assert resource["sources"]
            assert resource["licenses"] == [table.licence]
            fields = [field["name"] for field in resource["schema"]["fields"]]
            assert fields == content.decode().splitlines()[0].split(",")
            assert set(resource["schema"]["primaryKey"]) <= set(fields)

    @pytest.mark.parametrize("name", BUNDLED_TABLES)
    def test_a_bundled_table_has_no_errors_and_only_known_warnings(self, name):
        report = TABLE_SCHEMAS[name].check_csv(
            (resource_folder("data") / f"{name}.csv").read_bytes()
        )
        assert report.errors == ()
        warnings = [
            warning
            for warning in report.warnings
            if "is a marker for missing. It is kept" not in warning.message
        ]
        assert len(warnings) == PUBLISHED_WARNINGS.get(name, 0)

    @pytest.mark.parametrize("name", BUNDLED_TABLES)
    def test_a_bundled_table_has_no_cell_that_starts_like_a_formula(self, name):
        text = (resource_folder("data") / f"{name}.csv").read_text("utf-8")
        cells = [cell for line in text.splitlines() for cell in line.split(",")]
        assert not [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))]
