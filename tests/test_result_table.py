"""A table that leaves a model is described column by column."""

import pandas as pd
import pytest

from workbook.result_table import Column, ResultTable, ResultTables

COLUMNS = {
    "year": Column("Year"),
    "people": Column("People", "people"),
    "value": Column("Value", unit_column="unit"),
    "unit": Column("Unit"),
}


def table_of(*names):
    return ResultTable("path", "The path", pd.DataFrame({name: [1] for name in names}), COLUMNS)


def test_it_keeps_the_descriptions_of_its_own_columns_in_their_order():
    assert list(table_of("people", "year").columns.items()) == [
        ("people", COLUMNS["people"]),
        ("year", COLUMNS["year"]),
    ]


def test_a_column_without_a_description_is_refused_with_its_name():
    with pytest.raises(ValueError, match="table 'path': no description of the column age, place"):
        table_of("year", "age", "place")


def test_a_column_whose_units_are_in_no_column_is_refused():
    with pytest.raises(ValueError, match="table 'path': the units of value are in unit"):
        table_of("year", "value")
    assert table_of("value", "unit").columns["value"].unit_column == "unit"


def test_a_column_gives_the_unit_of_each_row():
    assert COLUMNS["value"].unit_in_row({"value": 1, "unit": "GBP"}) == "GBP"
    assert COLUMNS["people"].unit_in_row({"people": 1}) == "people"
    assert COLUMNS["year"].unit_in_row({"year": 1}) == ""


def test_two_tables_can_be_compared_without_an_error():
    first, second = table_of("year"), table_of("year")
    assert first != second
    assert second in (first, second)


def test_tables_of_an_iterator_are_built_when_the_first_is_read():
    built = []

    def build_tables():
        built.append(1)
        yield table_of("year")

    tables = ResultTables(build_tables())
    assert not built
    assert [table.name for table in tables] == tables.names
    assert tables[tables.names[0]] is tables[0]
    assert built == [1]


def test_tables_of_the_same_name_are_an_error():
    twice = [table_of("year"), table_of("year")]
    with pytest.raises(ValueError, match="two tables have the same name"):
        ResultTables(twice)
    tables = ResultTables(iter(twice))
    for _ in range(2):
        with pytest.raises(ValueError, match="two tables have the same name"):
            len(tables)
