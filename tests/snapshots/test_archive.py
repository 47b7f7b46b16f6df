"""Archive: a snapshot is published completely or not at all."""

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


def test_a_snapshot_is_published_in_one_move(job):
    with staging_folder(job) as folder:
        write_report(folder)
        assert folder.parent == job.store
        assert not job.target_folder.exists()
        publish_snapshot(folder, job)
    assert (job.target_folder / "small" / "report.html").read_text() == "report"
    assert [path.name for path in job.store.iterdir()] == ["2014-Q2"]


def finish_late(job):
    """Run a job that finishes after another run has published the same quarter."""
    with staging_folder(job) as staging:
        (staging / "other.html").write_text("other")
        with staging_folder(job) as first:
            write_report(first)
            publish_snapshot(first, job)
        publish_snapshot(staging, job)


def test_two_runs_do_not_write_over_each_other(job):
    with pytest.raises(SnapshotFailedError, match="another run has published it") as failed:
        finish_late(job)
    assert [path.name for path in job.target_folder.iterdir()] == ["small"]
    assert (failed.value.kept / "other.html").read_text() == "other"


def interrupt_run(job):
    """Run a job that is interrupted after it has written a file."""
    with staging_folder(job) as folder:
        write_report(folder)
        raise KeyboardInterrupt


def test_each_failed_run_is_kept_in_a_separate_folder(job):
    kept = set()
    for cause in ("one", "two"):
        with pytest.raises(SnapshotFailedError) as failed, staging_folder(job):
            raise ValueError(cause)
        kept.add(failed.value.kept)
        assert cause in (failed.value.kept / "cause.txt").read_text()
    assert len(kept) == 2
    assert not job.target_folder.parent.exists()


def test_an_interrupted_run_leaves_no_files(job):
    with pytest.raises(KeyboardInterrupt):
        interrupt_run(job)
    assert not job.store.exists()


def test_an_interrupted_run_keeps_an_existing_archive_folder(job):
    job.store.mkdir()
    with pytest.raises(KeyboardInterrupt):
        interrupt_run(job)
    assert list(job.store.iterdir()) == []


def test_the_commit_of_another_projects_checkout_is_ignored(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.setattr("workbook.snapshots.manifest.PACKAGE", tmp_path / "lib" / "workbook")
    assert code_version() == {"commit": None, "modified": None}
