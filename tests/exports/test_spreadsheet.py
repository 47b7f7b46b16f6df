"""An outcome as a spreadsheet, read back as a reader's program reads it."""

import math
import time
import zipfile

import pandas as pd
import pytest

from tests.analysis.tiny import topic
from workbook.exports import spreadsheet
from workbook.exports.exported import Exported
from workbook.outcome import Column

LONG = "probability_of_target_by_programme_starts"
FRAME = pd.DataFrame(
    {
        "year": [2014, 2015],
        "people": [1 / 3, None],
        "=note": ["=1+1", "two\nlines"],
        "ok": [True, False],
    }
)
TABLES = (
    Exported("path", "The path", FRAME, {"people": Column("People excluded", "people")}),
    Exported(LONG, "One that has a long name", FRAME[["year"]]),
    Exported(f"{LONG}_2", "Another one", FRAME[["year"]].iloc[:0]),
)


def write(path):
    spreadsheet.write(path, topic, topic.run(), TABLES)
    return path


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    return write(tmp_path_factory.mktemp("ods") / "tables.ods")


@pytest.fixture(scope="module")
def sheets(file):
    return pd.read_excel(file, sheet_name=None, engine="odf", header=None)


def test_a_sheet_each_under_a_name_that_every_program_takes(sheets):
    names = list(sheets)
    assert names[:4] == ["Contents", "Indicators", "Scenario", "path"]
    assert names[4:] == [LONG[:31], f"{LONG[:29]}_2"]


def test_the_contents_say_what_each_column_holds(sheets):
    rows = sheets["Contents"].fillna("").to_numpy().tolist()
    assert [row[0] for row in rows[:3]] == [
        "Rides",
        "How many rides are sold?",
        "5 rides are sold.",
    ]
    assert ["path", "The path", "People excluded", "people"] in rows


def test_numbers_are_numbers_in_full_and_blanks_are_blank(sheets):
    path = sheets["path"]
    assert path[0].tolist() == ["year", 2014, 2015]
    label, third, blank = path[1].tolist()
    assert (label, third) == ("People excluded", 1 / 3)
    assert math.isnan(blank)
    assert path[3].tolist() == ["ok", True, False]


def test_a_text_is_never_a_formula(file, sheets):
    assert sheets["path"][2].tolist()[:2] == ["'=note", "'=1+1"]
    assert b"formula" not in zipfile.ZipFile(file).read("content.xml")


def test_indicators_and_the_scenario_are_in_it(sheets):
    indicators = sheets["Indicators"].set_index(0)
    assert indicators.loc["sold", 2] == 5
    assert indicators.loc["word", 2] == "2014-Q2"
    scenario = sheets["Scenario"].set_index(0)
    assert scenario.loc["paying"].tolist()[:4] == ["Share who pay", 0.5, 0.5, "share"]


def test_the_same_outcome_gives_the_same_bytes(file, tmp_path, monkeypatch):
    later = time.localtime(time.time() + 86_400)
    monkeypatch.setattr(time, "localtime", lambda *_: later)
    assert write(tmp_path / "again.ods").read_bytes() == file.read_bytes()


def test_the_file_is_what_the_format_asks_for(file):
    parts = zipfile.ZipFile(file).infolist()
    assert (parts[0].filename, parts[0].compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert {"content.xml", "META-INF/manifest.xml"} <= {part.filename for part in parts}
