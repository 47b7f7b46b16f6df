"""Layout of worksheets, on screen and on paper."""

import pandas as pd
import pytest
from odfdo import Document
from openpyxl import load_workbook

from tests.analysis.example_topic import topic
from tests.exports.read_files import descendants
from tests.result_tables import make_table
from workbook.exports import spreadsheet

FRAME = pd.DataFrame(
    {"words": ["word " * 100, "short"], "one": [1, 2], "two": [1, 2], "label": ["x" * 35, "y"]}
)
BROAD = pd.DataFrame({f"column {number}": ["word " * 20] for number in range(9)})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("layout")
    tables = [make_table("narrow", FRAME), make_table("broad", BROAD)]
    spreadsheet.write_spreadsheets(folder, topic, topic.run(), tables)
    return folder


@pytest.fixture(scope="module")
def book(folder):
    return load_workbook(folder / "tables.xlsx")


def column_widths(sheet):
    """Width of each column; the file stores equal neighbours as one range."""
    return [
        round(column.width)
        for column in sheet.column_dimensions.values()
        for _ in range(column.min, column.max + 1)
    ]


def test_column_widths_fit_their_cells_within_limits(book):
    assert column_widths(book["narrow"]) == [61, 13, 13, 43]
    assert column_widths(book["Cover"])[0] == 86
    assert column_widths(book["Notes"]) == [25, 86]


def test_row_heights_fit_wrapped_text(book):
    heights = [book["narrow"].row_dimensions[row].height for row in (3, 4, 5)]
    assert heights == [None, 9 * 15.75, None]
    assert {cell.alignment.vertical for cell in book["narrow"][5]} == {"top"}


def test_columns_are_printed_side_by_side_on_few_pages(book, folder):
    setups = {name: book[name].page_setup for name in ("narrow", "broad")}
    assert {setup.orientation for setup in setups.values()} == {"landscape"}
    assert {setup.fitToHeight for setup in setups.values()} == {0}
    assert [setup.fitToWidth or 1 for setup in setups.values()] == [1, 3]
    layouts = descendants(Document(folder / "tables.ods").styles.root, "style:page-layout")
    assert {layout.name for layout in layouts} == {"across_1", "across_3"}


def test_columns_have_the_same_widths_in_the_ods_and_the_xlsx(book, folder):
    styles = Document(folder / "tables.ods").content.root
    actual = [
        float(properties.get_attribute("style:column-width").removesuffix("cm"))
        for properties in descendants(styles, "style:table-column-properties")
    ]
    expected = [width for sheet in book for width in column_widths(sheet)[: sheet.max_column]]
    assert actual == pytest.approx([0.21 * width for width in expected], abs=0.11)
