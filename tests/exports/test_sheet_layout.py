"""How a spreadsheet's sheets look, on a screen and on paper."""

import pandas as pd
import pytest
from odfdo import Document
from openpyxl import load_workbook

from tests.analysis.example_topic import topic
from tests.exports.read_files import descendants
from tests.result_tables import make_table
from workbook.exports import spreadsheet

FRAME = pd.DataFrame(
    {"said": ["word " * 100, "short"], "one": [1, 2], "two": [1, 2], "label": ["x" * 35, "y"]}
)
BROAD = pd.DataFrame({f"column {at}": ["word " * 20] for at in range(9)})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("layout")
    tables = [make_table("said", FRAME), make_table("broad", BROAD)]
    spreadsheet.write_spreadsheets(folder, topic, topic.run(), tables)
    return folder


@pytest.fixture(scope="module")
def book(folder):
    return load_workbook(folder / "tables.xlsx")


def column_widths(sheet):
    """Of each column: neighbours that are alike are told together."""
    return [
        round(column.width)
        for column in sheet.column_dimensions.values()
        for _ in range(column.min, column.max + 1)
    ]


def test_columns_are_as_wide_as_what_stands_in_them_within_bounds(book):
    assert column_widths(book["said"]) == [61, 13, 13, 43]
    assert column_widths(book["Cover"])[0] == 86
    assert column_widths(book["Notes"]) == [25, 86]


def test_a_row_is_as_high_as_what_is_wrapped_in_it(book):
    heights = [book["said"].row_dimensions[row].height for row in (3, 4, 5)]
    assert heights == [None, 9 * 15.75, None]
    assert {cell.alignment.vertical for cell in book["said"][5]} == {"top"}


def test_on_paper_columns_are_side_by_side_on_as_few_pages_as_can_be_read(book, folder):
    setups = {name: book[name].page_setup for name in ("said", "broad")}
    assert {setup.orientation for setup in setups.values()} == {"landscape"}
    assert {setup.fitToHeight for setup in setups.values()} == {0}
    assert [setup.fitToWidth or 1 for setup in setups.values()] == [1, 3]
    layouts = descendants(Document(folder / "tables.ods").styles.root, "style:page-layout")
    assert {layout.name for layout in layouts} == {"across_1", "across_3"}


def test_a_column_of_the_ods_is_as_wide_as_that_of_the_xlsx(book, folder):
    styles = Document(folder / "tables.ods").content.root
    actual = [
        float(properties.get_attribute("style:column-width").removesuffix("cm"))
        for properties in descendants(styles, "style:table-column-properties")
    ]
    expected = [width for sheet in book for width in column_widths(sheet)[: sheet.max_column]]
    assert actual == pytest.approx([0.21 * width for width in expected], abs=0.11)
