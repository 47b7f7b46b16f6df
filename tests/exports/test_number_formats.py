"""How numbers are shown in the sheets: by their unit, and held in full."""

import pandas as pd
import pytest
from odfdo import Document
from openpyxl import load_workbook

from tests.analysis.example_topic import topic
from tests.exports.read_files import descendants, read_ods, read_xlsx
from tests.result_tables import make_table
from workbook.exports import spreadsheet
from workbook.exports.number_formats import apply_number_format, choose_number_format
from workbook.result_table import Column

SAID = [
    (146_189_859.1072386, "GBP", "146,189,859"),
    (-1_000.0, "GBP", "-1,000"),
    (999.994, "GBP", "999.99"),
    (999.996, "GBP", "1,000"),
    (2.35, "GBP", "2.35"),
    (5_444_000.4, "people", "5,444,000"),
    (1_234, "count", "1,234"),
    (379_880.8561, "count", "379,881"),
    (27, "count", "27"),
    (4.5, "count", "4.5"),
    (12.34567, "count", "12.3"),
    (0.125, "count", "0.125"),
    (0.7211069, "share", "0.721"),
    (-0.00001, "points", "0.000"),
    (6.125, "years", "6.1"),
]


@pytest.mark.parametrize(("value", "unit", "said"), SAID)
def test_a_number_is_shown_by_its_unit(value, unit, said):
    assert apply_number_format(value, choose_number_format(value, unit)) == said


@pytest.mark.parametrize(("value", "unit"), [(2014, "year"), (0.000_012, "count"), (7, "")])
def test_others_are_shown_as_they_are(value, unit):
    assert choose_number_format(value, unit) == "General"
    assert apply_number_format(value, "General") == value


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A table in which each row has a unit of its own."""
    folder = tmp_path_factory.mktemp("formats")
    frame = pd.DataFrame(SAID, columns=["value", "unit", "said"])
    table = make_table("said", frame, value=Column("Value", unit_column="unit"))
    spreadsheet.write_spreadsheets(folder, topic, topic.run(), [table])
    return folder


@pytest.mark.parametrize(("read", "kind"), [(read_xlsx, "xlsx"), (read_ods, "ods")])
def test_the_cell_holds_the_number_in_full(folder, read, kind):
    rows = read(folder / f"tables.{kind}")["said"]
    assert [row[0] for row in rows[-len(SAID) :]] == [value for value, *_ in SAID]


def test_both_files_say_how_it_is_shown(folder):
    cells = load_workbook(folder / "tables.xlsx")["said"]["A"][-len(SAID) :]
    assert [cell.number_format for cell in cells] == [
        choose_number_format(*message[:2]) for message in SAID
    ]
    sheet = Document(folder / "tables.ods").body.get_table(name="said")
    numbers = [cell for cell in descendants(sheet, "table:table-cell") if cell.type == "float"]
    assert [cell.inner_text.strip() for cell in numbers] == [said for *_, said in SAID]
    places = {0: "_places-0", 2: "_places-2", 3: "_places-3", 1: "_places-1"}
    for cell, (*_, said) in zip(numbers, SAID, strict=True):
        assert cell.style.endswith(places[len(said.partition(".")[2])])


def test_a_column_is_as_wide_as_what_is_shown(folder):
    page = load_workbook(folder / "tables.xlsx")["said"]
    assert page.column_dimensions["A"].width < len(str(SAID[0][0]))
