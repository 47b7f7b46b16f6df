"""The table widget: selected columns in order, and all columns in its content."""

import pandas as pd
import pytest

from tests.result_tables import make_table
from workbook.result_table import Column
from workbook.widgets.table import TableWidget

SALES = pd.DataFrame({"firm": ["Ours", "Theirs"], "unit": ["GBP", "share"], "value": [1.5, 0.25]})


@pytest.fixture
def table():
    """A table with the unit of each value in another column."""
    columns = {"firm": Column("Firm"), "value": Column("Value", unit_column="unit")}
    view = TableWidget()
    view.show(make_table("sales", SALES, "Sales", **columns))
    return view


def test_the_selected_columns_are_shown_in_order(table):
    static_html = table.select_columns("value", "firm", filter_by=("firm",)).to_static_html()
    assert static_html.index("Value") < static_html.index("Firm")
    assert "Unit" not in static_html
    assert "£1.50" in static_html
    assert "25%" in static_html


def test_all_columns_are_shown_by_default_and_the_content_always_has_all(table):
    all_columns = table.to_static_html()
    assert table.select_columns(filter_by=("unit",)).to_static_html() == all_columns
    assert all(f">{label}</th>" in all_columns for label in ("Firm", "Value"))
    table.select_columns("firm")
    assert [column["name"] for column in table.content["columns"]] == list(SALES)


def test_a_column_of_units_is_not_shown_because_the_values_have_their_unit(table):
    for columns in ((), ("firm", "unit", "value")):
        static_html = table.select_columns(*columns).to_static_html()
        assert static_html.count("<td") == len(SALES)
        assert "GBP" not in static_html
    assert [column["is_hidden"] for column in table.content["columns"]] == [False, True, False]


def test_a_column_of_names_in_code_is_not_shown():
    view = TableWidget()
    columns = {"unit": Column("Parameter", is_name=True)}
    view.show(make_table("sales", SALES, "Sales", **columns))
    assert "Parameter" not in view.to_static_html()
    assert view.to_static_html().count(">Ours</th>") == 1
    assert [row[1] for row in view.content["rows"]] == ["GBP", "share"]


@pytest.mark.parametrize("arguments", [{"columns": ("price",)}, {"filter_by": ("price",)}])
def test_an_unknown_column_is_rejected_with_the_known_columns(table, arguments):
    with pytest.raises(KeyError, match=r'Unknown column "price". Choose from: firm; unit; value'):
        table.select_columns(
            *arguments.get("columns", ()), filter_by=arguments.get("filter_by", ())
        )
