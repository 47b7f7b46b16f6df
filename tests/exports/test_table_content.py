"""A table's content as plain HTML: its columns in the order asked for, as readers see its cells."""

from xml.etree import ElementTree as ET

import pandas as pd

from workbook.exports.table_content import table_content, table_content_html
from workbook.result_table import Column, ResultTable

COLUMNS = {
    "ferry": Column("Ferry"),
    "fare": Column("Fare", "GBP"),
    "code": Column("Code", is_name=True),
    "full": Column("Full", "share"),
}


def make_content(**columns):
    return table_content(ResultTable("fares", "Fares", pd.DataFrame(columns), COLUMNS))


FARES = make_content(ferry=["Day", "Night"], fare=[-12.0, None], code=["d", "n"], full=[0.5, 1.0])


def read_cells(html):
    return [["".join(cell.itertext()) for cell in row] for row in ET.fromstring(html).iter("tr")]


def test_cells_have_their_units_and_names_in_code_are_left_out():
    html = table_content_html(FARES)
    assert read_cells(html) == [
        ["Ferry", "Fare", "Full"],
        ["Day", "−£12.00", "50%"],
        ["Night", "", "100%"],
    ]
    assert '<span class="wb-amount">−£12.00</span>' in html


def test_columns_can_be_chosen_in_another_order():
    html = table_content_html(FARES, ("full", "code", "ferry"))
    assert read_cells(html) == [["Full", "Ferry"], ["50%", "Day"], ["100%", "Night"]]


def test_a_table_of_which_nothing_is_shown_says_so():
    line = '<p class="wb-empty">Fares: nothing to show for this scenario.</p>'
    assert table_content_html(make_content(ferry=[], fare=[])) == line
    assert table_content_html(make_content(code=["d"])) == line
