"""Notes, ranges and the outcomes of other topics in a spreadsheet."""

from dataclasses import replace

import pandas as pd
import pytest

from tests.analysis.example_topic import topic
from tests.exports.read_files import read_xlsx
from tests.result_tables import make_table
from workbook.dependencies import Dependency
from workbook.exports import spreadsheet
from workbook.exports.outcome_parts import part_tables
from workbook.exports.sheets import ONE_TABLE_TEXT
from workbook.indicators import Indicator
from workbook.result_table import Column

YEARS, PEOPLE = pd.DataFrame({"year": [2014, 2015]}), pd.DataFrame({"people": [1 / 3, 2]})


@pytest.mark.parametrize(
    ("notes", "sheet_text"),
    [
        ((), ONE_TABLE_TEXT),
        (
            ("One.",),
            f"{ONE_TABLE_TEXT} See note 2 on the notes worksheet.",
        ),
    ],
)
def test_the_sheet_refers_to_its_notes(tmp_path, notes, sheet_text):
    spreadsheet.write_spreadsheets(tmp_path, topic, replace(topic.run(), notes=notes), ())
    rows = read_xlsx(tmp_path / "tables.xlsx")
    assert rows["Indicators"][1] == [sheet_text]
    assert [note for _, note in rows["Notes"][4:]] == list(notes)


def test_an_indicator_without_simulations_has_no_range(tmp_path):
    indicators = (
        Indicator("drawn", "Drawn", "count", 5, 4.0, 6.0),
        Indicator("fixed", "Fixed", "count", 5),
        Indicator("unknown", "Unknown", "count", None, missing_reason="nobody says"),
    )
    spreadsheet.write_spreadsheets(tmp_path, topic, replace(topic.run(), indicators=indicators), ())
    rows = read_xlsx(tmp_path / "tables.xlsx")["Indicators"]
    assert [row[2:6] for row in rows[-3:]] == [
        [5, "count", 4, 6],
        [5, "count", "[z]", "[z]"],
        ["[x]", "count", "[z]", "[z]"],
    ]


def test_tables_and_notes_of_a_part_have_the_title_of_its_topic(tmp_path):
    shared = make_table("shared", pd.DataFrame({"year": [2014]}))
    part = replace(
        topic.run(),
        notes=("Fares are of 2014.",),
        tables=(
            shared,
            make_table("fares", YEARS, "What a ride costs", year=Column("Year of the fare")),
            make_table("by_age", PEOPLE, "By age"),
        ),
    )
    combined = replace(
        topic.run(), notes=("All.",), tables=(shared,), part_outcomes={"rides": part}
    )
    combined_topic = replace(topic, name="combined", dependencies=(Dependency(topic),))
    tables = list(part_tables(combined_topic, combined))
    assert [(table.name, table.title) for table in tables] == [
        ("rides_fares", "Rides: What a ride costs"),
        ("rides_by_age", "Rides: By age"),
    ]
    spreadsheet.write_spreadsheets(tmp_path, combined_topic, combined, tables)
    rows = read_xlsx(tmp_path / "tables.xlsx")
    assert ["Year of the fare"] in rows["rides_fares"]
    assert [note for _, note in rows["Notes"][4:]] == ["All.", "Rides: Fares are of 2014."]
