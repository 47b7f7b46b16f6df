"""Texts that could be formulas, links or markup are written as plain texts."""

import math
import zipfile
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.analysis.example_topic import topic
from tests.exports.read_files import SYMBOLS, read_ods, read_xlsx
from tests.result_tables import make_table
from workbook.exports import spreadsheet
from workbook.exports.sheets import CELL_CHARACTER_LIMIT, TRUNCATION_NOTE
from workbook.result_table import Column
from workbook.text.numbers import FORMULA_PREFIXES

HOSTILE = {
    "=1+1": "'=1+1",
    "+1": "'+1",
    "-1": "'-1",
    "@SUM(A1)": "'@SUM(A1)",
    "\t=1+1": "'\t=1+1",
    "\r=1+1": "'\n=1+1",
    "{=1+1}": "{=1+1}",
    "[a](http://example.org)": "[a] (http://example.org)",
    "http://example.org": "http://example.org",
    "internal:'Notes'!A1": "internal:'Notes'!A1",
    "$$x$$": "$ $x$ $",
    "a$$$b": "a$ $ $b",
    "***": "the sign ***",
    "==": "the sign ==",
    "": "[z]",
    " \n\t": "[z]",
    "a\r\nb\rc\u2028d": "a\nb\nc\u2028d",
    " a  b\tc ": " a  b\tc ",
    "a\0b\x1b": "a\ufffdb\ufffd",
    "c\x7f\x9f\ufffe\U0001ffff": "c\ufffd\ufffd\ufffd\ufffd",
    "half \ud83d": "half \ufffd",
    "\N{GRINNING FACE} fine": "\N{GRINNING FACE} fine",
    "\N{GRINNING FACE}": "the sign \N{GRINNING FACE}",
    "<b>&amp;</b>": "<b>&amp;</b>",
    "2014-06-30": "2014-06-30",
    "1e3": "1e3",
    "TRUE": "TRUE",
}


def write_and_read(folder, texts, label="Text"):
    """Write these texts as a table; the rows read back from the XLSX and the ODS."""
    frame = pd.DataFrame({"text": texts}, dtype=object)
    table = make_table("hostile", frame, text=Column(label))
    spreadsheet.write_spreadsheets(folder, topic, topic.run(), [table])
    xlsx, ods = read_xlsx(folder / "tables.xlsx"), read_ods(folder / "tables.ods")
    assert ods == xlsx
    return xlsx["hostile"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("hostile")


def test_hostile_texts_are_written_as_plain_texts(folder):
    assert write_and_read(folder, list(HOSTILE))[-len(HOSTILE) :] == [
        [text] for text in HOSTILE.values()
    ]


def test_no_file_has_a_formula_or_an_external_link(folder):
    write_and_read(folder, list(HOSTILE), label="=HYPERLINK()")
    book = load_workbook(folder / "tables.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert not [cell for cell in cells if cell.hyperlink and cell.hyperlink.target]
    assert b"table:formula" not in zipfile.ZipFile(folder / "tables.ods").read("content.xml")


def test_headings_titles_and_notes_are_escaped(folder):
    assert ["'=HYPERLINK()"] in write_and_read(folder, ["a"], label="=HYPERLINK()")
    outcome = replace(topic.run(), headline="=1+1", notes=("@SUM(A1)", "see $$x$$"))
    table = make_table("table", pd.DataFrame({"a": [1]}), "=1+$$x$$")
    spreadsheet.write_spreadsheets(folder, topic, outcome, [table])
    sheets = read_ods(folder / "tables.ods")
    assert sheets["table"][0] == ["'=1+$ $x$ $"]
    assert ["'=1+1"] in sheets["Cover"]
    assert sheets["Notes"][4:] == [[2, "'@SUM(A1)"], [3, "see $ $x$ $"]]


@pytest.mark.parametrize("letter", ["a", "\N{GRINNING FACE}"])
def test_a_text_too_long_for_a_cell_is_cut_with_a_notice(folder, letter):
    [cell] = write_and_read(folder, ["x" + letter * 40_000])[-1]
    assert CELL_CHARACTER_LIMIT - 1 <= len(cell.encode("utf-16-le")) // 2 <= CELL_CHARACTER_LIMIT
    assert cell.endswith(letter + TRUNCATION_NOTE)


def test_a_text_of_the_greatest_length_is_not_cut(folder):
    assert write_and_read(folder, ["a" * CELL_CHARACTER_LIMIT])[-1] == ["a" * CELL_CHARACTER_LIMIT]


@settings(max_examples=15)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.text(), st.text("=+-@[]()$ \t\r\n*a")),
            st.one_of(
                st.none(),
                st.integers(-(2**53), 2**53),
                st.floats(allow_nan=True, allow_infinity=False),
                st.booleans(),
            ),
        ),
        max_size=20,
    )
)
def test_any_table_is_complete_in_both_files(tmp_path_factory, rows):
    folder = tmp_path_factory.mktemp("any")
    frame = pd.DataFrame(rows, columns=["text", "value"], dtype=object)
    spreadsheet.write_spreadsheets(folder, topic, topic.run(), [make_table("any", frame)])
    xlsx, ods = read_xlsx(folder / "tables.xlsx"), read_ods(folder / "tables.ods")
    assert ods == xlsx
    result = xlsx["any"][-max(len(rows), 1) :]
    assert all(len(row) == 2 for row in result)
    assert not [text for text, _ in result if text.startswith(FORMULA_PREFIXES)]
    for (_, value), (_, cell) in zip(rows, result, strict=False):
        if isinstance(value, bool):
            assert cell == ("yes" if value else "no")
        elif value is None or math.isnan(value):
            assert cell in SYMBOLS
        else:
            assert cell == float(f"{value:.16g}")
