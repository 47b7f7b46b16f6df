"""The store: a snapshot appears as a whole or not at all."""

import pytest

from tests.snapshots.example_topic import snapshot_job
from workbook.snapshots.archive import SnapshotFailedError, publish_snapshot, staging_folder
from workbook.snapshots.manifest import code_version


@pytest.fixture
def job(tmp_path):
    return snapshot_job(tmp_path)


def write_report(folder):
    (folder / "small").mkdir()
    (folder / "small" / "report.html").write_text("report")


def test_it_appears_in_one_move(job):
    with staging_folder(job) as folder:
        write_report(folder)
        assert folder.parent == job.store
        assert not job.target_folder.exists()
        publish_snapshot(folder, job)
    assert (job.target_folder / "small" / "report.html").read_text() == "report"
    assert [path.name for path in job.store.iterdir()] == ["2014-Q2"]


def finish_late(asked_):
    """A run that is done after another one."""
    with staging_folder(asked_) as mine:
        (mine / "other.html").write_text("other")
        with staging_folder(asked_) as first:
            write_report(first)
            publish_snapshot(first, asked_)
        publish_snapshot(mine, asked_)


def test_two_runs_do_not_write_over_each_other(job):
    with pytest.raises(SnapshotFailedError, match="another run has published it") as failed:
        finish_late(job)
    assert [path.name for path in job.target_folder.iterdir()] == ["small"]
    assert (failed.value.kept / "other.html").read_text() == "other"


def interrupt_run(asked_):
    """A run that is told to stop after it has written something."""
    with staging_folder(asked_) as folder:
        write_report(folder)
        raise KeyboardInterrupt


def test_failures_are_kept_apart_from_each_other(job):
    kept = set()
    for cause in ("one", "two"):
        with pytest.raises(SnapshotFailedError) as failed, staging_folder(job):
            raise ValueError(cause)
        kept.add(failed.value.kept)
        assert cause in (failed.value.kept / "cause.txt").read_text()
    assert len(kept) == 2
    assert not job.target_folder.parent.exists()


def test_of_an_interrupted_run_nothing_is_kept(job):
    with pytest.raises(KeyboardInterrupt):
        interrupt_run(job)
    assert not job.store.exists()


def test_a_store_that_was_there_stays(job):
    job.store.mkdir()
    with pytest.raises(KeyboardInterrupt):
        interrupt_run(job)
    assert list(job.store.iterdir()) == []


def test_the_code_of_another_projects_checkout_is_not_ours(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.setattr("workbook.snapshots.manifest.PACKAGE", tmp_path / "lib" / "workbook")
    assert code_version() == {"commit": None, "modified": None}
