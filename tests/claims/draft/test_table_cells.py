"""Cells of result tables as figures: which rows and columns, and what they are called."""

import pandas as pd

from workbook.claims.draft.table_cells import list_cell_figures
from workbook.result_table import Column, ResultTable


def list_cells(frame, **columns):
    table = ResultTable("trips", "Trips by ferry", pd.DataFrame(frame), columns)
    return list_cell_figures("ferries", "Ferries, 2019-Q4", [table])


def test_a_number_with_a_unit_is_called_by_its_column_and_its_row():
    [tern] = list_cells(
        {"ferry": ["Heron", "Tern"], "trips": [None, 200.0], "rank": [1, 2]},
        ferry=Column("Ferry"),
        trips=Column("Trips made", "count"),
        rank=Column("Rank"),
    )
    assert (tern.id, tern.labels) == ("ferries.trips.2.trips", ("Trips made: Tern",))
    assert (tern.value, tern.unit, tern.source) == (200.0, "count", "cell")
    assert tern.origin == "Ferries, 2019-Q4, table “Trips by ferry”"


def test_a_row_without_a_text_is_called_by_its_year():
    columns = {"year": Column("Year"), "cost": Column("Cost", "GBP")}
    [cost] = list_cells({"year": [2019], "cost": [5.0]}, **columns)
    assert cost.labels == ("Cost: 2019",)
    assert list_cells({"year": [3.5], "cost": [5.0]}, **columns) == []


def test_names_in_code_long_texts_and_columns_of_units_call_no_row():
    cells = list_cells(
        {"code": ["hrn"], "note": ["long " * 20], "unit": ["GBP"], "a": [1.0], "b": [2.0]},
        code=Column("Code", is_name=True),
        note=Column("Note"),
        unit=Column("Unit"),
        a=Column("A", unit_column="unit"),
        b=Column("B", "GBP"),
    )
    assert cells == []


def test_a_table_without_rows_or_with_truth_values_gives_none():
    columns = {"ferry": Column("Ferry"), "late": Column("Late", "count")}
    assert list_cells({"ferry": [], "late": []}, **columns) == []
    assert list_cells({"ferry": ["Tern"], "late": [True]}, **columns) == []
