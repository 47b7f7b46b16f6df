"""Snapshots are found by name, and give back what they recorded."""

import json
import shutil

import pytest

from tests import ROOT
from workbook.snapshots.jobs import prepare_snapshot
from workbook.snapshots.snapshot import make_snapshot
from workbook.snapshots.stored_snapshot import (
    StoredSnapshot,
    list_snapshots,
    locate_snapshot,
    open_snapshot,
)
from workbook.tables import sha256
from workbook.topics.take_up import topic

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """An archive with a snapshot of a topic that reads several tables."""
    folder = tmp_path_factory.mktemp("archive") / "store"
    make_snapshot(prepare_snapshot("2014-Q2", [(topic, topic.Scenario())], folder))
    return folder


@pytest.fixture(scope="module")
def stored(store):
    return open_snapshot("2014-Q2", store)


@pytest.fixture
def revised_store(tmp_path):
    """An archive whose quarter has eleven revisions, of no content."""
    for number in range(1, 12):
        (tmp_path / "2014-Q2" / f"r{number}").mkdir(parents=True)
    (tmp_path / "2014-Q1" / "r1").mkdir(parents=True)
    (tmp_path / ".failed" / "2014-Q2-20260101").mkdir(parents=True)
    (tmp_path / "comparisons" / "r1").mkdir(parents=True)
    return tmp_path


def test_every_table_is_kept_once_by_its_content(stored):
    hashes = stored.table_hashes("take_up")
    assert {path.name for path in (stored.folder / "inputs").iterdir()} == {
        f"{digest}.csv" for digest in hashes.values()
    }
    for name, digest in hashes.items():
        content = stored.input_file(digest).read_bytes()
        assert sha256(content) == digest
        assert content == (ROOT / "data" / f"{name}.csv").read_bytes()


def test_the_indicators_are_exactly_the_models(stored):
    indicators = topic.run(quarter="2014-Q2").indicators
    recorded = {indicator.name: indicator for indicator in stored.read_indicators("take_up")}
    assert list(recorded) == [indicator.name for indicator in indicators]
    for indicator in indicators:
        found = recorded[indicator.name]
        assert (found.value, found.low, found.high, found.unit, found.label) == (
            indicator.value,
            indicator.low,
            indicator.high,
            indicator.unit,
            indicator.label,
        )


def test_a_text_that_is_escaped_in_the_file_is_read_as_the_model_gave_it(tmp_path):
    path = tmp_path / "small" / "indicators.csv"
    path.parent.mkdir()
    path.write_text(
        "name,label,value,unit,low,high,reason\n"
        "gap,'-5% or less,,share,,,'=not measured\n"
        "quoted,'Quoted',0.5,share,,,\n",
        encoding="utf-8",
    )
    gap, quoted = StoredSnapshot("2014-Q2/r1", tmp_path, {}).read_indicators("small")
    assert (gap.label, gap.reason, gap.value) == ("-5% or less", "=not measured", None)
    assert (quoted.label, quoted.value) == ("'Quoted'", 0.5)


def test_the_parameters_make_the_scenario_again(stored):
    assert stored.topics == ("take_up",)
    assert stored.quarter == "2014-Q2"
    assert topic.Scenario(**stored.parameters("take_up")) == topic.Scenario()


@pytest.mark.parametrize("text", ["2014-Q2", "2014-Q2/r1"])
def test_a_snapshot_is_found_by_its_name(store, text):
    found = open_snapshot(text, store)
    assert (found.name, found.folder) == ("2014-Q2/r1", store / "2014-Q2" / "r1")


def test_a_snapshot_is_found_by_its_folder_wherever_it_is(store, tmp_path):
    moved = shutil.copytree(store / "2014-Q2" / "r1", tmp_path / "copy")
    assert locate_snapshot(str(moved), tmp_path) == ("", moved)
    assert open_snapshot(str(moved), tmp_path).name == "2014-Q2/r1"
    place = str(store / "2014-Q2" / "r1")
    assert locate_snapshot(place, tmp_path)[0] == "2014-Q2/r1"


def test_the_latest_revision_is_that_with_the_highest_number(revised_store):
    assert locate_snapshot("2014-Q2", revised_store)[0] == "2014-Q2/r11"
    assert locate_snapshot("2014-Q2/r1", revised_store)[0] == "2014-Q2/r1"
    names = list_snapshots(revised_store)
    assert names == ["2014-Q1/r1", *(f"2014-Q2/r{number}" for number in range(1, 12))]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2014-Q3", r"2014-Q3 is not in .*\. It has 2014-Q1/r1; 2014-Q2/r1; "),
        ("2014-Q2/r12", r"2014-Q2/r12 is not in .*\. It has 2014-Q1/r1; "),
        ("2014-Q2/", r'"2014-Q2/" is not a snapshot\. Write a quarter such as 2014-Q2, '),
        ("../2014-Q2/r1", r"is not a snapshot\. Write a quarter"),
        ("", r"blank is not a snapshot\. Write a quarter"),
        ("2014-Q2/r1", r"r1 is not a snapshot: its manifest\.json is missing"),
    ],
)
def test_what_is_not_a_snapshot_is_said_with_what_there_is(revised_store, text, message):
    with pytest.raises(ValueError, match=message):
        open_snapshot(text, revised_store)


def test_an_archive_without_snapshots_says_so(tmp_path):
    with pytest.raises(ValueError, match=r"is not in .*\. It has no snapshots"):
        open_snapshot("2014-Q2", tmp_path / "none")


@pytest.mark.parametrize("content", ["{}", "[]", "3", "{", '{"snapshot": "2014-Q1/r1"}'])
def test_a_damaged_manifest_is_said(revised_store, content):
    (revised_store / "2014-Q1" / "r1" / "manifest.json").write_text(content)
    with pytest.raises(ValueError, match=r"manifest\.json is damaged: it is not the manifest of"):
        open_snapshot("2014-Q1", revised_store)


def test_a_snapshot_of_an_earlier_version_says_that_it_has_no_tables(stored, tmp_path):
    manifest = dict(stored.manifest)
    manifest["files"] = [f for f in manifest["files"] if not f["file"].startswith("inputs/")]
    folder = tmp_path / "2014-Q2" / "r1"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text(json.dumps(manifest))
    earlier = open_snapshot("2014-Q2", tmp_path)
    with pytest.raises(ValueError, match=r"2014-Q2/r1 does not hold the table .* earlier version"):
        earlier.input_file(earlier.table_hashes("take_up")["take_up"])
    with pytest.raises(ValueError, match=r"take_up/indicators\.csv is missing or damaged"):
        earlier.read_indicators("take_up")
