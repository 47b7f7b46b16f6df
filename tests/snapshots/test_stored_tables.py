"""The result tables of a snapshot are read back with their labels and units."""

import pandas as pd
import pytest

from workbook.exports.csvw import write_csvw
from workbook.result_table import Column, ResultTable
from workbook.snapshots.stored_tables import read_result_tables

TABLE = ResultTable(
    "trips",
    "Trips by ferry",
    pd.DataFrame({"ferry": ["Heron", "=Tern"], "trips": [12.5, None]}),
    {"ferry": Column("Ferry"), "trips": Column("Trips made", "count")},
)


@pytest.fixture
def topic_folder(tmp_path):
    (tmp_path / "tables").mkdir()
    write_csvw(tmp_path / "tables", TABLE)
    return tmp_path


def test_a_table_is_read_with_its_title_labels_and_units(topic_folder):
    [table] = read_result_tables(topic_folder)
    assert (table.name, table.title, table.columns) == (TABLE.name, TABLE.title, TABLE.columns)
    assert table.frame["trips"].iloc[0] == 12.5
    assert pd.isna(table.frame["trips"].iloc[1])
    assert list(table.frame["ferry"]) == ["Heron", "=Tern"]  # without the apostrophe of the file


@pytest.mark.parametrize("name", ["trips.csv", "trips.csv-metadata.json"])
def test_a_damaged_file_is_named(topic_folder, name):
    (topic_folder / "tables" / name).write_bytes(b"\xff")
    with pytest.raises(ValueError, match=r"tables/trips\.csv is missing or damaged"):
        read_result_tables(topic_folder)


def test_a_topic_without_tables_has_none(tmp_path):
    assert read_result_tables(tmp_path) == []
