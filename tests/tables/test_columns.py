"""Tests of functions that declare the columns of a table."""

import pandera.pandas as pa
import pytest

from workbook.importers.template import make_template
from workbook.tables import TableSchema
from workbook.tables import columns as declare
from workbook.tables.column_rules import NOT_NEGATIVE_RULE


def error_messages(column, *cells):
    """Return the error messages of a table with these cells in this column."""
    schema = pa.DataFrameSchema({"cell": column, "row": declare.integer_column("Row", "A key.")})
    rows = [f"{cell},{number}" for number, cell in enumerate(cells)]
    table = TableSchema("example", "An example", schema)
    return [
        issue.message for issue in table.check_csv("\n".join(["cell,row", *rows]).encode()).errors
    ]


@pytest.mark.parametrize(
    ("declare_column", "valid_cell", "invalid_cell", "start"),
    [
        (declare.period_column, "2014-Q2", "spring", '"spring" must be a year, a month or a'),
        (declare.month_column, "2014-06", "2014", '"2014" must be a month such as 2014-06'),
        (declare.day_column, "2014-06-30", "2014-06-31", '"2014-06-31" must be a day such as'),
        (declare.year_column, "2014", "1066", '"1066" must be a year such as 2012'),
        (declare.financial_year_column, "2014-15", "2014-16", '"2014-16" must be a financial year'),
        (declare.count_column, "3", "-3", "-3 must not be negative"),
        (declare.share_column, "0.5", "50", "50 must be a fraction of 1, so that 21% is 0.21"),
        (declare.money_column, "0.5", "-0.5", "-0.5 must not be negative"),
    ],
)
def test_a_cell_that_breaks_the_columns_rule_is_an_error(
    declare_column, valid_cell, invalid_cell, start
):
    (message,) = error_messages(declare_column("Title", "Meaning."), valid_cell, invalid_cell)
    assert message.startswith(start)


def test_a_signed_money_column_may_be_negative():
    assert error_messages(declare.signed_money_column("Sales", "Pounds."), "-0.5", "2") == []


def test_an_error_in_a_choice_column_lists_the_choices():
    sizes = declare.choice_column("Size", "Size of a firm.", ("small", "other"))
    assert error_messages(sizes, "small", "large") == ['"large" must be one of small, other']
    optional_sizes = declare.choice_column("Size", "Of a firm.", ("small", "other"), nullable=True)
    assert error_messages(optional_sizes, "", "large") == [
        '"large" must be one of small, other, or blank'
    ]


def test_additional_rules_of_a_column_are_checked():
    column = declare.number_column("Ratio", "Of costs.", NOT_NEGATIVE_RULE)
    assert error_messages(column, "-1", "1") == ["-1 must not be negative"]


def test_a_column_is_required_and_not_nullable_by_default():
    column = declare.text_column("Name", "Its name.")
    assert (column.required, column.nullable) == (True, False)
    column = declare.text_column("Name", "Its name.", required=False, nullable=True)
    assert (column.required, column.nullable) == (False, True)


def test_the_error_for_a_blank_cell_gives_the_reason_of_its_column():
    column = declare.number_column("Sales", "Pounds.", blank_reason="write 0 for no sales")
    assert error_messages(column, "", "1") == ["is blank: write 0 for no sales"]


def test_a_coded_column_is_categorical():
    assert str(declare.text_column("Name", "Its name.", coded=True).dtype) == "category"
    assert str(declare.month_column("Month", "When.", coded=True).dtype) == "category"
    assert str(declare.source_column().dtype) != "category"


def test_the_example_of_a_column_is_in_the_template():
    schema = pa.DataFrameSchema({"day": declare.day_column("Day", "When.", example="2014-06-30")})
    assert make_template(TableSchema("example", "An example", schema)) == "day\n2014-06-30\n"
