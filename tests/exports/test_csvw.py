"""CSV files with CSVW metadata that describe their columns."""

import csv
import io
import json
import math

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.result_tables import make_table
from workbook.exports import csvw
from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.result_table import Column
from workbook.scenario import Scenario

FRAME = pd.DataFrame(
    {
        "year": [2014, 2015],
        "share": [0.21, math.nan],
        "people": pd.array([11_000_000, None], dtype="Int64"),
        "source": ["Answer, April 2014", "=HYPERLINK()"],
    }
)
COLUMNS = {"share": Column("Share of adults", "share"), "people": Column("People", "people")}


def exported_table(frame=FRAME, name="path"):
    return make_table(name, frame, "The path", **COLUMNS)


def write_and_read(folder, *arguments, **options):
    table = exported_table(*arguments, **options)
    csvw.write_csvw(folder, table)
    content = (folder / f"{table.name}.csv").read_bytes().decode("utf-8")
    described = (folder / f"{table.name}.csv-metadata.json").read_text(encoding="utf-8")
    return content, json.loads(described)


def test_the_file_is_plain_csv(tmp_path):
    content, _ = write_and_read(tmp_path)
    assert content == (
        'year,share,people,source\n2014,0.21,11000000,"Answer, April 2014"\n2015,,,\'=HYPERLINK()\n'
    )


def test_the_metadata_describe_every_column(tmp_path):
    _, described = write_and_read(tmp_path)
    assert described["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "en"}]
    assert (described["url"], described["dc:title"]) == ("path.csv", "The path")
    assert described["tableSchema"]["columns"] == [
        {"name": "year", "titles": ["year"], "datatype": "integer", "dc:title": "year"},
        {
            "name": "share",
            "titles": ["share", "Share of adults"],
            "datatype": "number",
            "dc:title": "Share of adults",
            "schema:unitText": "share",
            "dc:description": "Fraction of 1: 21% is 0.21.",
        },
        {
            "name": "people",
            "titles": ["people", "People"],
            "datatype": "integer",
            "dc:title": "People",
            "schema:unitText": "people",
            "dc:description": "Number of people.",
        },
        {"name": "source", "titles": ["source"], "datatype": "string", "dc:title": "source"},
    ]


def test_a_heading_is_escaped_and_its_name_is_valid_in_a_url(tmp_path):
    content, described = write_and_read(tmp_path, pd.DataFrame({"=a b-c": [1]}))
    assert content == "'=a b-c\n1\n"
    [column] = described["tableSchema"]["columns"]
    assert (column["name"], column["titles"][0]) == ("%3Da%20b%2Dc", "'=a b-c")


def test_a_table_without_rows_has_only_a_header(tmp_path):
    content, _ = write_and_read(tmp_path, FRAME.iloc[:0])
    assert content == "year,share,people,source\n"


def test_a_file_that_cannot_be_read_back_is_not_written(tmp_path, monkeypatch):
    monkeypatch.setattr(
        csvw, "serialise_cell", lambda value: "" if value is None else f"{value:.0f}"
    )
    with pytest.raises(ValueError, match=r"path\.csv would change the values of column share"):
        csvw.write_csvw(tmp_path, exported_table(FRAME[["year", "share"]]))
    assert not list(tmp_path.iterdir())


@given(
    st.lists(
        st.tuples(
            st.text(st.characters(codec="utf-8", exclude_characters="\0")),
            st.floats(allow_nan=True, allow_infinity=False),
            st.integers(),
            st.one_of(st.integers(), st.text("=+-@ab"), st.none()),
        )
    )
)
def test_any_table_can_be_read_back(tmp_path_factory, rows):
    frame = pd.DataFrame(rows, columns=["text", "float", "whole", "mixed"], dtype=object)
    folder = tmp_path_factory.mktemp("csv")
    content, _ = write_and_read(folder, frame)  # the function reads the file back and compares
    assert len(list(csv.reader(io.StringIO(content, newline="")))) == len(rows) + 1


def test_indicators_have_the_columns_of_the_run_record(tmp_path):
    indicators = (
        Indicator("people", "People, all years", "people", 756_000.1, 1.0, 2.0),
        Indicator("reached", "Reached in", "quarter", None, missing_reason="-never"),
        Indicator("start", "From", "quarter", "2014-Q2"),
    )
    csvw.write_indicators(tmp_path / "i.csv", Outcome(Scenario(), "So many.", indicators))
    assert (tmp_path / "i.csv").read_text(encoding="utf-8") == (
        "name,label,value,unit,low,high,reason\n"
        'people,"People, all years",756000.1,people,1.0,2.0,\n'
        "reached,Reached in,,quarter,,,'-never\n"
        "start,From,2014-Q2,quarter,,,\n"
    )
