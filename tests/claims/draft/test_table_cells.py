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
    assert (tern.id, tern.labels) == ("ferries.trips.tern.trips", ("Trips made: Tern",))
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


def test_a_row_that_is_added_above_moves_no_cell():
    columns = {"ferry": Column("Ferry"), "year": Column("Year"), "trips": Column("Trips", "count")}
    before = {"ferry": ["Tern", "Tern"], "year": [2018, 2019], "trips": [1.0, 2.0]}
    after = {"ferry": ["Auk & Co", *before["ferry"]], "year": [2019, 2018, 2019]}
    after["trips"] = [9.0, *before["trips"]]
    ids = {figure.id: figure.value for figure in list_cells(before, **columns)}
    assert ids == {"ferries.trips.tern_2018.trips": 1.0, "ferries.trips.tern_2019.trips": 2.0}
    moved = {figure.id: figure.value for figure in list_cells(after, **columns)}
    assert moved == {**ids, "ferries.trips.auk-co.trips": 9.0}


def test_rows_that_nothing_tells_apart_are_numbered():
    columns = {"ferry": Column("Ferry"), "trips": Column("Trips", "count")}
    cells = list_cells({"ferry": ["Tern", "Tern"], "trips": [1.0, 2.0]}, **columns)
    assert [figure.id for figure in cells] == [
        "ferries.trips.tern.trips",
        "ferries.trips.tern~2.trips",
    ]
