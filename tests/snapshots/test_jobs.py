"""An invalid snapshot request is rejected before any file is written."""

import pytest

from tests.snapshots.example_topic import DOUBLE_CELL, People, snapshot_job, topic, write_notebook
from workbook.snapshots.jobs import prepare_snapshot
from workbook.tables import TableError
from workbook.topics.digital_inclusion import topic as digital_inclusion


def error_message(folder, quarter="2014-Q2", small=topic, store="store", **values):
    """Error message of the invalid request; nothing may have been written."""
    before = sorted(folder.rglob("*"))
    with pytest.raises(ValueError, match=r".") as error:
        prepare_snapshot(quarter, [(small, small.Scenario(**values))], folder / store, folder)
    assert sorted(folder.rglob("*")) == before
    return str(error.value)


def test_a_valid_request_becomes_a_job(tmp_path):
    result = snapshot_job(tmp_path, people=7)
    [run] = result.runs
    assert (result.quarter, result.target_folder) == (
        "2014-Q2",
        tmp_path / "store" / "2014-Q2" / "r1",
    )
    assert (run.topic, run.scenario, run.notebook) == (
        topic,
        People(people=7),
        tmp_path / "small.ipynb",
    )
    assert not result.store.exists()


@pytest.mark.parametrize("quarter", ["2014-Q5", "2014", "../../2014-Q2", "2014-q2", ""])
def test_an_invalid_quarter_is_rejected(tmp_path, quarter):
    assert "such as 2014-Q2" in error_message(tmp_path, quarter)


def test_a_quarter_that_is_already_archived_is_rejected(tmp_path):
    write_notebook(tmp_path, DOUBLE_CELL)
    (tmp_path / "store" / "2014-Q2" / "r1").mkdir(parents=True)
    assert "2014-Q2/r1 already exists in" in error_message(tmp_path)


def store_with(folder, *revisions):
    for revision in revisions:
        (folder / "store" / "2014-Q2" / revision).mkdir(parents=True)
    write_notebook(folder, DOUBLE_CELL)


def prepare(folder, **options):
    return prepare_snapshot("2014-Q2", [(topic, People())], folder / "store", folder, **options)


@pytest.mark.parametrize(
    ("revisions", "name"), [(["r1"], "2014-Q2/r2"), (["r1", "r2", "r10", "notes"], "2014-Q2/r11")]
)
def test_a_revision_with_a_reason_comes_after_the_latest(tmp_path, revisions, name):
    store_with(tmp_path, *revisions)
    job = prepare(tmp_path, revise=" Late figures ")
    assert (job.name, job.revision_reason) == (name, "Late figures")
    assert job.target_folder == tmp_path / "store" / name


def test_the_message_names_the_latest_revision_and_what_to_do(tmp_path):
    store_with(tmp_path, "r1", "r2")
    message = error_message(tmp_path)
    assert "2014-Q2/r2 already exists in" in message
    assert "--revise REASON" in message
    assert "--trial" in message


def test_a_quarter_that_is_not_there_cannot_be_revised(tmp_path):
    store_with(tmp_path)
    with pytest.raises(ValueError, match=r"2014-Q2 is not in .*Leave out --revise"):
        prepare(tmp_path, revise="Late figures")


def test_a_trial_is_in_a_place_of_its_own_whatever_there_is(tmp_path):
    store_with(tmp_path, "r1")
    first, second = (prepare(tmp_path, is_trial=True) for _ in range(2))
    assert first.target_folder.parent == tmp_path / "store" / "trials"
    assert first.name.startswith("trials/2014-Q2-20")
    assert first.name != second.name
    assert first.unfinished_name == "trial-2014-Q2"


def test_a_scenario_of_another_quarter_is_rejected(tmp_path):
    write_notebook(tmp_path, DOUBLE_CELL)
    assert error_message(tmp_path, quarter="2014-Q1") == (
        "quarter is 2014-Q2 for small. It must be the snapshot's quarter, 2014-Q1"
    )


def test_a_topic_without_a_notebook_is_rejected(tmp_path):
    assert "small has no notebook: small.ipynb" in error_message(tmp_path)


def test_an_archive_path_that_is_a_file_is_rejected(tmp_path):
    write_notebook(tmp_path, DOUBLE_CELL)
    (tmp_path / "file").write_text("")
    assert "is not a folder" in error_message(tmp_path, store="file")
    with pytest.raises(ValueError, match="is not a folder"):
        prepare_snapshot("2014-Q2", [(topic, People())], type(tmp_path)("s3://bucket"), tmp_path)


def test_tables_that_do_not_match_their_hashes_are_rejected(tmp_path, monkeypatch):
    (tmp_path / "digital_inclusion.ipynb").write_text("")
    monkeypatch.setattr("workbook.tables.resource_folder", lambda *_: tmp_path)
    with pytest.raises(TableError, match=r"inclusion_observed\.csv is missing"):
        prepare_snapshot(
            "2014-Q2",
            [(digital_inclusion, digital_inclusion.Scenario())],
            tmp_path / "store",
            tmp_path,
        )
    assert not (tmp_path / "store").exists()
