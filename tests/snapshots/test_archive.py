"""The store: a snapshot appears as a whole or not at all."""

import pytest

from tests.snapshots.small import snapshot_job
from workbook.snapshots.archive import SnapshotFailedError, publish_snapshot, staging_folder
from workbook.snapshots.manifest import code_version


@pytest.fixture
def request_(tmp_path):
    return snapshot_job(tmp_path)


def write_report(folder):
    (folder / "small").mkdir()
    (folder / "small" / "report.html").write_text("report")


def test_it_appears_in_one_move(request_):
    with staging_folder(request_) as folder:
        write_report(folder)
        assert folder.parent == request_.store
        assert not request_.target.exists()
        publish_snapshot(folder, request_)
    assert (request_.target / "small" / "report.html").read_text() == "report"
    assert [path.name for path in request_.store.iterdir()] == ["2014-Q2"]


def finish_late(asked_):
    """A run that is done after another one."""
    with staging_folder(asked_) as mine:
        (mine / "other.html").write_text("other")
        with staging_folder(asked_) as first:
            write_report(first)
            publish_snapshot(first, asked_)
        publish_snapshot(mine, asked_)


def test_two_runs_do_not_write_over_each_other(request_):
    with pytest.raises(SnapshotFailedError, match="another run has made it") as failed:
        finish_late(request_)
    assert [path.name for path in request_.target.iterdir()] == ["small"]
    assert (failed.value.kept / "other.html").read_text() == "other"


def interrupt_run(asked_):
    """A run that is told to stop after it has written something."""
    with staging_folder(asked_) as folder:
        write_report(folder)
        raise KeyboardInterrupt


def test_failures_are_kept_apart_from_each_other(request_):
    kept = set()
    for cause in ("one", "two"):
        with pytest.raises(SnapshotFailedError) as failed, staging_folder(request_):
            raise ValueError(cause)
        kept.add(failed.value.kept)
        assert cause in (failed.value.kept / "cause.txt").read_text()
    assert len(kept) == 2
    assert not request_.target.parent.exists()


def test_of_an_interrupted_run_nothing_is_kept(request_):
    with pytest.raises(KeyboardInterrupt):
        interrupt_run(request_)
    assert not request_.store.exists()


def test_a_store_that_was_there_stays(request_):
    request_.store.mkdir()
    with pytest.raises(KeyboardInterrupt):
        interrupt_run(request_)
    assert list(request_.store.iterdir()) == []


def test_the_code_of_another_projects_checkout_is_not_ours(tmp_path, monkeypatch):
    (tmp_path / ".git").mkdir()
    monkeypatch.setattr("workbook.snapshots.manifest.PACKAGE", tmp_path / "lib" / "workbook")
    assert code_version() == {"commit": None, "modified": None}
