"""The command that compares two snapshots: what it prints, writes and rejects."""

import json
import shutil

import pytest

from tests.snapshots.light_snapshots import write_snapshot
from workbook.analysis.change_attribution import CAUSES
from workbook.cli import main
from workbook.topics.registry import TOPICS

SETTINGS = {"baseline_people": 10_000_000, "reduction_target": 0.3}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """An archive with every topic in two quarters, the second with other assumptions."""
    store = tmp_path_factory.mktemp("archive")
    write_snapshot(store, "2014-Q2", TOPICS.values())
    write_snapshot(store, "2014-Q3", TOPICS.values(), SETTINGS)
    write_snapshot(store, "2013-Q4", [TOPICS["savings"]])
    write_snapshot(store, "2015-Q1", [TOPICS["digital_inclusion"]])
    return store


@pytest.fixture
def store(archive, tmp_path):
    """A copy of the archive that a test may change."""
    return shutil.copytree(archive, tmp_path / "snapshots")


@pytest.fixture
def compare(capsys, tmp_path, monkeypatch):
    """Run the command in an empty folder; returns its exit status, output and errors."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        with pytest.raises(SystemExit) as stopped:
            main(["compare", *map(str, arguments)])
        return stopped.value.code, *capsys.readouterr()

    return run


def test_json_has_every_indicator_of_every_topic_and_the_parts_add_up(compare, archive):
    status, output, errors = compare("2014-Q2", "2014-Q3", "--store", archive, "--json")
    assert (status, errors) == (0, "")
    content = json.loads(output)
    assert list(content) == ["from", "to", "order", "indicators"]
    assert (content["from"], content["to"]) == ("2014-Q2/r1", "2014-Q3/r1")
    assert content["order"] == ["new_periods", "revised_data", "assumptions", "code"]
    assert {entry["topic"] for entry in content["indicators"]} == set(TOPICS)
    keys = ["topic", "name", "from", "to", "difference", *CAUSES]
    for entry in content["indicators"]:
        assert list(entry) == keys
        name, parts = (entry["topic"], entry["name"]), [entry[cause] for cause in CAUSES]
        if entry["difference"] is None:
            assert parts == [None] * len(CAUSES), name
        else:
            size = max(abs(entry["from"]), abs(entry["to"]))
            total = sum(filter(None, parts))
            assert total == pytest.approx(entry["difference"], rel=1e-9, abs=1e-9 * size), name
            assert entry["code"] == 0, name  # both were made by today's code
            assert not entry["revised_data"], name  # from the same tables
    assert not (archive / "comparisons").exists()


def test_the_difference_is_that_of_the_assumption(compare, archive):
    _, output, _ = compare("2014-Q2", "2014-Q3", "--store", archive, "--json")
    [entry] = [
        entry
        for entry in json.loads(output)["indicators"]
        if (entry["topic"], entry["name"]) == ("digital_inclusion", "people_excluded")
    ]
    topic = TOPICS["digital_inclusion"]
    before = topic.run(quarter="2014-Q2")["people_excluded"].value
    moved = topic.run(quarter="2014-Q3")["people_excluded"].value
    now = topic.run(quarter="2014-Q3", **SETTINGS)["people_excluded"].value
    assert (entry["from"], entry["to"]) == (before, now)
    assert entry["new_periods"] == pytest.approx(moved - before)
    assert entry["assumptions"] == pytest.approx(now - moved)


def test_a_page_and_its_data_are_written_into_the_archive(compare, store):
    status, output, errors = compare("2014-Q2", "2014-Q3/r1", "--store", store)
    assert (status, errors) == (0, "")
    folder = store / "comparisons" / "2014-Q2_r1--2014-Q3_r1"
    assert [path.name for path in folder.parent.iterdir()] == [folder.name]
    assert f"Written: {folder}/index.html" in output.replace("\n", "")
    assert "Each difference is split in this order: new periods, revised data" in output
    assert sorted(path.name for path in folder.iterdir()) == ["changes.json", "index.html"]
    page = (folder / "index.html").read_text(encoding="utf-8")
    assert 'href="../../2014-Q2/r1/index.html"' in page
    assert "<svg" in page
    changes = json.loads((folder / "changes.json").read_text(encoding="utf-8"))
    assert {entry["change"] for entry in changes["indicators"]} == {"major", "minor", "none"}
    assert "reduction_target" in {entry["name"] for entry in changes["parameters"]}
    before = {path: path.read_bytes() for path in folder.iterdir()}
    compare("2014-Q2", "2014-Q3", "--store", store)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_the_page_can_be_written_elsewhere(compare, archive, tmp_path):
    compare("2014-Q2", "2014-Q3", "--store", archive, "--json", "-o", tmp_path / "page")
    assert sorted(path.name for path in (tmp_path / "page").iterdir()) == [
        "changes.json",
        "index.html",
    ]


def test_a_snapshot_may_be_a_folder(compare, archive):
    folders = archive / "2014-Q2" / "r1", archive / "2014-Q3" / "r1"
    status, output, _ = compare(*folders, "--json")
    assert (status, json.loads(output)["from"]) == (0, "2014-Q2/r1")


def test_the_same_name_in_two_archives_is_told_apart_by_its_folder(compare, archive, store):
    folders = [folder / "2013-Q4" / "r1" for folder in (archive, store)]
    status, output, _ = compare(*folders, "--json")
    content = json.loads(output)
    assert status == 0
    assert [content["from"], content["to"]] == [str(folder) for folder in folders]
    status, output, _ = compare(*folders, "--store", store)
    assert status == 0
    assert "None of" in output


def test_topics_of_one_snapshot_only_are_said(compare, store):
    status, output, _ = compare("2013-Q4", "2014-Q2", "--store", store)
    assert status == 0
    text = " ".join(output.split())
    assert "Digital inclusion is in 2014-Q2/r1 only and is not compared." in text


def damage_figure(store):
    path = store / "2014-Q2" / "r1" / "savings" / "indicators.csv"
    path.write_bytes(path.read_bytes().replace(b"1", b"2", 1))


def damage_table(store):
    path = next((store / "2014-Q2" / "r1" / "inputs").iterdir())
    path.write_bytes(path.read_bytes() + b"\n")


def make_older(store):
    path = store / "2014-Q2" / "r1" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    del manifest["seal"]
    path.write_text(json.dumps(manifest), encoding="utf-8")


def occupy_folder(store):
    (store / "comparisons" / "2014-Q2_r1--2014-Q3_r1" / "mine").mkdir(parents=True)


@pytest.mark.parametrize(
    ("names", "change", "words"),
    [
        ([], None, "Give two snapshots to compare"),
        (["2014-Q2"], None, "Give two snapshots to compare"),
        (["2014-Q2", "2014-Q3", "2013-Q4"], None, "Give two snapshots to compare"),
        (["2014-Q2", "2016-Q1"], None, "2016-Q1 is not in"),
        (["2014-Q2", "2014-Q3/r2"], None, "2014-Q3/r2 is not in"),
        (["2014-Q2", "nowhere"], None, '"nowhere" is not a snapshot'),
        (["2014-Q2", "2014-Q2/r1"], None, "Both are 2014-Q2/r1"),
        (["2013-Q4", "2015-Q1"], None, "have no topic in common"),
        (["2014-Q2", "2014-Q3"], damage_figure, "savings/indicators.csv was changed"),
        (["2014-Q2", "2014-Q3"], damage_table, "is not as it was sealed: inputs/"),
        (["2014-Q2", "2014-Q3"], make_older, "was made by an earlier version of the workbook"),
        (["2014-Q2", "2014-Q3"], occupy_folder, "is no comparison: choose another folder"),
        (["2014-Q2", "--release", "x"], None, "give no snapshot and no -o"),
    ],
)
def test_bad_input_is_said_in_a_sentence_and_nothing_is_written(
    compare, store, names, change, words
):
    if change:
        change(store)
    before = sorted(store.rglob("*"))
    status, output, errors = compare(*names, "--store", store)
    assert (status, output) == (2, "")
    assert words in errors
    assert errors.count("\n") == 1
    assert sorted(store.rglob("*")) == before
