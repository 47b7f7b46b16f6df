"""Archive: a snapshot is published completely or not at all."""

import errno
import os
from pathlib import Path

import pytest

from tests.snapshots.example_topic import snapshot_job
from workbook.snapshots.archive import keep_failures, publish_snapshot, unfinished_snapshot
from workbook.snapshots.run_lock import LockedError
from workbook.snapshots.topic_processes import TopicFailure
from workbook.snapshots.topic_record import TopicRecord, hash_files


@pytest.fixture
def job(tmp_path):
    return snapshot_job(tmp_path)


def write_report(unfinished, topic="small", key="k"):
    """Write a finished topic with its record."""
    unfinished.keep_finished({})
    folder = unfinished.snapshot / topic
    folder.mkdir()
    (folder / "report.html").write_text("report")
    record = TopicRecord(key, [], {}, "3", dict(hash_files(folder)))
    record.write(unfinished.record_file(topic))


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_snapshot_is_published_in_one_move(job):
    with unfinished_snapshot(job) as unfinished:
        write_report(unfinished)
        assert not job.target_folder.exists()
        publish_snapshot(unfinished, job)
    assert (job.target_folder / "small" / "report.html").read_text() == "report"
    assert names(job.store) == ["2014-Q2"]


def test_a_second_run_of_the_quarter_is_told_who_makes_it(job):
    with unfinished_snapshot(job) as unfinished:
        write_report(unfinished)
        with (
            pytest.raises(LockedError, match=f"2014-Q2 is being made by process {os.getpid()} of"),
            unfinished_snapshot(job),
        ):
            pass
        publish_snapshot(unfinished, job)
    assert names(job.target_folder) == ["small"]


def test_a_snapshot_that_was_published_meanwhile_is_never_overwritten(job):
    with unfinished_snapshot(job) as unfinished:
        write_report(unfinished)
        job.target_folder.mkdir(parents=True)
        (job.target_folder / "other.html").write_text("other")
        with pytest.raises(FileExistsError, match="another run has published it meanwhile"):
            publish_snapshot(unfinished, job)
    assert names(job.target_folder) == ["other.html"]


def fail(job, *topics, finished=()):
    """A run in which these topics fail; the error, and what the store holds afterwards."""
    with unfinished_snapshot(job) as unfinished:
        unfinished.keep_finished({})
        for topic in finished:
            write_report(unfinished, topic)
        for topic in topics:
            (unfinished.snapshot / topic).mkdir()
        failures = [TopicFailure(topic, f"{topic} failed: because", "trace") for topic in topics]
        return keep_failures(unfinished, job, failures)


def test_each_failed_run_is_kept_in_a_separate_folder(job):
    kept = {fail(job, "one").kept, fail(job, "one", "two").kept}
    assert {tuple(names(folder)) for folder in kept} == {
        ("cause.txt", "one"),
        ("cause.txt", "one", "two"),
    }
    for folder in kept:
        assert "one failed: because\n\ntrace" in (folder / "cause.txt").read_text()
    assert names(job.store) == [".failed"]


def test_what_is_finished_is_kept_for_the_next_run(job):
    error = fail(job, "one", finished=["small"])
    assert str(error).endswith("The next run keeps what is finished: small")
    with unfinished_snapshot(job) as unfinished:
        assert list(unfinished.keep_finished({"small": "k"})) == ["small"]
        assert names(unfinished.snapshot) == ["small"]


@pytest.mark.parametrize(
    "change",
    [
        lambda unfinished: (unfinished.snapshot / "small" / "report.html").write_text("other"),
        lambda unfinished: (unfinished.snapshot / "small" / "more.html").write_text("more"),
        lambda unfinished: (unfinished.snapshot / "small" / "report.html").unlink(),
        lambda unfinished: unfinished.record_file("small").write_text("{"),
        lambda unfinished: unfinished.record_file("small").unlink(),
    ],
    ids=["changed", "added", "missing", "damaged record", "no record"],
)
def test_what_is_not_whole_or_of_other_inputs_is_removed(job, change):
    fail(job, "one", finished=["small"])
    with unfinished_snapshot(job) as unfinished:
        change(unfinished)
        (unfinished.folder / "left").mkdir()
        assert unfinished.keep_finished({"small": "k"}) == {}
        assert names(unfinished.folder) == ["records", "scratch", "snapshot"]
        assert not any(names(folder) for folder in unfinished.folder.iterdir())


def test_work_with_other_inputs_is_done_again(job):
    fail(job, "one", finished=["small"])
    with unfinished_snapshot(job) as unfinished:
        assert unfinished.keep_finished({"small": "another key"}) == {}


def interrupt_run(job):
    """Run a job that is interrupted after it has written a file."""
    with unfinished_snapshot(job) as unfinished:
        write_report(unfinished)
        raise KeyboardInterrupt


def test_an_interrupted_run_leaves_no_files(job):
    with pytest.raises(KeyboardInterrupt):
        interrupt_run(job)
    assert not job.store.exists()


def test_an_interrupted_run_keeps_an_existing_archive_folder(job):
    job.store.mkdir()
    with pytest.raises(KeyboardInterrupt):
        interrupt_run(job)
    assert list(job.store.iterdir()) == []


@pytest.mark.parametrize("number", [errno.EINVAL, errno.ENOTSUP])
def test_a_network_share_that_cannot_flush_a_folder_is_tolerated(job, monkeypatch, number):
    flush = os.fsync

    def refuse(handle):
        if Path(f"/proc/self/fd/{handle}").is_dir():
            raise OSError(number, os.strerror(number))
        flush(handle)

    if not Path("/proc/self/fd").is_dir():
        pytest.skip("looks for files in /proc")
    monkeypatch.setattr(os, "fsync", refuse)
    with unfinished_snapshot(job) as unfinished:
        write_report(unfinished)
        publish_snapshot(unfinished, job)
    assert names(job.target_folder) == ["small"]


def test_a_disk_that_fails_is_not_tolerated(job, monkeypatch):
    def refuse(_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", refuse)
    with unfinished_snapshot(job) as unfinished:
        write_report(unfinished)
        with pytest.raises(OSError, match="Input/output error"):
            publish_snapshot(unfinished, job)
    assert not job.target_folder.exists()
