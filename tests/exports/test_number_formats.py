"""Number formats of worksheets: by unit, with the full value in the cell."""

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

FORMATTED_NUMBERS = [
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


@pytest.mark.parametrize(("value", "unit", "formatted"), FORMATTED_NUMBERS)
def test_a_number_is_formatted_by_its_unit(value, unit, formatted):
    assert apply_number_format(value, choose_number_format(value, unit)) == formatted


@pytest.mark.parametrize(("value", "unit"), [(2014, "year"), (0.000_012, "count"), (7, "")])
def test_other_values_have_no_format(value, unit):
    assert choose_number_format(value, unit) == "General"
    assert apply_number_format(value, "General") == value


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A table with a different unit in each row."""
    folder = tmp_path_factory.mktemp("formats")
    frame = pd.DataFrame(FORMATTED_NUMBERS, columns=["value", "unit", "formatted"])
    table = make_table("numbers", frame, value=Column("Value", unit_column="unit"))
    spreadsheet.write_spreadsheets(folder, topic, topic.run(), [table])
    return folder


@pytest.mark.parametrize(("read", "kind"), [(read_xlsx, "xlsx"), (read_ods, "ods")])
def test_the_cell_contains_the_full_number(folder, read, kind):
    rows = read(folder / f"tables.{kind}")["numbers"]
    assert [row[0] for row in rows[-len(FORMATTED_NUMBERS) :]] == [
        value for value, *_ in FORMATTED_NUMBERS
    ]


def test_both_files_contain_the_number_format(folder):
    cells = load_workbook(folder / "tables.xlsx")["numbers"]["A"][-len(FORMATTED_NUMBERS) :]
    assert [cell.number_format for cell in cells] == [
        choose_number_format(*row[:2]) for row in FORMATTED_NUMBERS
    ]
    sheet = Document(folder / "tables.ods").body.get_table(name="numbers")
    numbers = [cell for cell in descendants(sheet, "table:table-cell") if cell.type == "float"]
    assert [cell.inner_text.strip() for cell in numbers] == [
        formatted for *_, formatted in FORMATTED_NUMBERS
    ]
    places = {0: "_places-0", 2: "_places-2", 3: "_places-3", 1: "_places-1"}
    for cell, (*_, formatted) in zip(numbers, FORMATTED_NUMBERS, strict=True):
        assert cell.style.endswith(places[len(formatted.partition(".")[2])])


def test_a_column_is_as_wide_as_its_formatted_numbers(folder):
    page = load_workbook(folder / "tables.xlsx")["numbers"]
    assert page.column_dimensions["A"].width < len(str(FORMATTED_NUMBERS[0][0]))
