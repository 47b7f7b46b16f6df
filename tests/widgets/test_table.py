"""A table as it is read: some of its columns, in the order asked for, and all in its content."""

import pandas as pd
import pytest

from tests.result_tables import make_table
from workbook.result_table import Column
from workbook.widgets.table import TableWidget

SALES = pd.DataFrame({"firm": ["Ours", "Theirs"], "unit": ["GBP", "share"], "value": [1.5, 0.25]})


@pytest.fixture
def table():
    """A table whose values are in the units beside them."""
    columns = {"firm": Column("Firm"), "value": Column("Value", unit_column="unit")}
    view = TableWidget()
    view.show(make_table("sales", SALES, "Sales", **columns))
    return view


def test_the_columns_asked_for_are_read_in_their_order(table):
    still = table.select_columns("value", "firm", filter_by=("firm",)).to_static_html()
    assert still.index("Value") < still.index("Firm")
    assert "Unit" not in still
    assert "£1.50" in still
    assert "25%" in still


def test_all_are_read_where_none_is_named_and_the_content_has_them_always(table):
    whole = table.to_static_html()
    assert table.select_columns(filter_by=("unit",)).to_static_html() == whole
    table.select_columns("firm")
    assert [column["name"] for column in table.content["columns"]] == list(SALES)


@pytest.mark.parametrize("asked", [{"columns": ("price",)}, {"by": ("price",)}])
def test_a_column_that_is_not_there_is_refused_with_those_that_are(table, asked):
    with pytest.raises(KeyError, match=r'Unknown column "price". Choose from: firm; unit; value'):
        table.select_columns(*asked.get("columns", ()), filter_by=asked.get("by", ()))
