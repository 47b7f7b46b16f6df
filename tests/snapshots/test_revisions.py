"""Revisions are added beside the first snapshot with their reasons; a trial stays apart."""

import json
import re

import pytest

from tests.snapshots.example_topic import DISPLAY_CELL, DOUBLE_CELL, People, topic, write_notebook
from workbook.snapshots.jobs import prepare_snapshot
from workbook.snapshots.seal import verify_snapshot, verify_store
from workbook.snapshots.snapshot import make_snapshot
from workbook.snapshots.stored_snapshot import list_snapshots, open_snapshot

pytestmark = pytest.mark.slow

REASON = "The release of <July> came late"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with an archive of two revisions and a trial."""
    path = tmp_path_factory.mktemp("revisions")
    write_notebook(path, DOUBLE_CELL, DISPLAY_CELL)
    for people, options in ((3, {}), (4, {"revise": REASON}), (5, {"is_trial": True})):
        runs = [(topic, People(people=people))]
        make_snapshot(prepare_snapshot("2014-Q2", runs, path / "store", path, **options))
    return path


@pytest.fixture
def store(folder):
    return folder / "store"


def test_a_revision_is_added_and_the_latest_is_found(store):
    assert list_snapshots(store) == ["2014-Q2/r1", "2014-Q2/r2"]
    assert open_snapshot("2014-Q2", store).parameters("small")["people"] == 4
    assert open_snapshot("2014-Q2/r1", store).parameters("small")["people"] == 3
    assert not any(report.mismatches for report in verify_store(store))


def test_the_manifest_has_the_line_of_revisions(store):
    [first] = open_snapshot("2014-Q2/r1", store).manifest["revisions"]
    assert (first["snapshot"], first["reason"]) == ("2014-Q2/r1", "")
    lines = open_snapshot("2014-Q2", store).manifest["revisions"]
    assert lines[0] == first
    assert (lines[1]["snapshot"], lines[1]["reason"]) == ("2014-Q2/r2", REASON)


def test_the_page_of_a_revision_shows_the_line(store):
    page = (store / "2014-Q2" / "r2" / "index.html").read_text(encoding="utf-8")
    assert '<a href="../r1/index.html">r1</a>, made on 20' in page
    assert '<a href="../r2/index.html">r2</a>, made on 20' in page
    assert ": The release of &lt;July&gt; came late</li>" in page
    assert "Revisions" not in (store / "2014-Q2" / "r1" / "index.html").read_text(encoding="utf-8")


def test_a_trial_is_sealed_and_no_snapshot_of_the_quarter(store):
    [trial] = (store / "trials").iterdir()
    page = (trial / "index.html").read_text(encoding="utf-8")
    assert "Trial of 2014-Q2" in page
    assert "Trial: a what-if, not the record of the quarter." in page
    manifest = json.loads((trial / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["snapshot"] == f"trials/{trial.name}"
    assert manifest["revisions"] == []
    assert not verify_snapshot("", trial).mismatches


def test_a_revision_after_a_damaged_one_says_so(store, folder):
    manifest = store / "2014-Q2" / "r2" / "manifest.json"
    content = manifest.read_bytes()
    manifest.write_text("{")
    runs = [(topic, People())]
    try:
        made = make_snapshot(prepare_snapshot("2014-Q2", runs, store, folder, revise="Again"))
    finally:
        manifest.write_bytes(content)
    lines = json.loads((made / "manifest.json").read_text(encoding="utf-8"))["revisions"]
    assert lines[1]["reason"].startswith("unknown: ")
    assert str(store) not in json.dumps(lines)


def test_the_page_describes_a_dataset_of_schema_org(store):
    page = (store / "2014-Q2" / "r1" / "index.html").read_text(encoding="utf-8")
    [text] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    dataset = json.loads(text)
    assert (dataset["@type"], dataset["name"]) == (
        "Dataset",
        "Policy Workbook: snapshot of 2014-Q2",
    )
    for file in dataset["distribution"]:
        assert (store / "2014-Q2" / "r1" / file["contentUrl"]).is_file()


def test_the_research_object_lists_every_file(store):
    revision = store / "2014-Q2" / "r1"
    crate = json.loads((revision / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    listed = {part["@id"] for part in entities["./"]["hasPart"]}
    files = {p.relative_to(revision).as_posix() for p in revision.rglob("*") if p.is_file()}
    assert listed == files - {"ro-crate-metadata.json"}
    assert entities["#run"]["@type"] == "CreateAction"
