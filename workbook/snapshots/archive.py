"""The archive: an unfinished folder for each quarter, and one move that publishes the snapshot.

``STORE/QUARTER/rN`` is complete or absent. A run works in ``STORE/.unfinished/QUARTER`` on the same
file system, and holds the lock beside it. Topics that an earlier try finished are taken over from
there. Whatever else a killed run has left is removed by the next.
"""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from workbook.snapshots.errors import describe_error
from workbook.snapshots.jobs import SnapshotJob
from workbook.snapshots.run_lock import hold_lock
from workbook.snapshots.topic_processes import TopicFailure
from workbook.snapshots.topic_record import TopicRecord, is_whole
from workbook.text.grammar import join_items

_FAILED_FOLDER: Final = ".failed"
_UNFINISHED_FOLDER: Final = ".unfinished"
_CAUSE_FILE: Final = "cause.txt"
_NO_FOLDER_FLUSH: Final = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})
"""What network shares answer that cannot flush a folder: they write its entries at once."""

_FLUSHES_AT_ONCE: Final = 16
"""Files that are flushed together: one after the other, each would wait for the disk in turn."""


class SnapshotFailedError(RuntimeError):
    """A snapshot that failed, with the cause in a sentence.

    ``kept`` is the folder of its unfinished files; None if it could not be written.
    """

    def __init__(
        self, cause: str, failed_folder: Path | None, finished: Iterable[str] = ()
    ) -> None:
        self.cause, self.kept = cause, failed_folder
        sentences = [cause]
        if failed_folder:
            sentences.append(f"The unfinished files are in {failed_folder}")
        if names := join_items(finished):
            sentences.append(f"The next run keeps what is finished: {names}")
        super().__init__(". ".join(sentences))


@dataclass(frozen=True)
class UnfinishedSnapshot:
    """Folder in which a quarter's snapshot is made.

    Args:
        folder: The folder, which only this run uses.
    """

    folder: Path

    @property
    def snapshot(self) -> Path:
        """Folder that becomes the snapshot."""
        return self.folder / "snapshot"

    def record_file(self, topic: str) -> Path:
        """File of a finished topic's record."""
        return self.folder / "records" / f"{topic}.json"

    def scratch(self, topic: str) -> Path:
        """Folder in which a topic's notebook runs. Files that it leaves there are not kept."""
        return self.folder / "scratch" / topic

    def keep_finished(self, keys: dict[str, str]) -> dict[str, TopicRecord]:
        """Keep the topics that an earlier try finished, and remove whatever else it left.

        Args:
            keys: The key of each topic's work now.

        Returns:
            Records of the topics that were kept, by name.
        """
        kept = {
            topic: record
            for topic, key in keys.items()
            if (record := TopicRecord.read(self.record_file(topic)))
            and record.key == key
            and is_whole(self.snapshot / topic, record)
        }
        for path in [*_list_entries(self.snapshot), *_list_entries(self.folder / "records")]:
            if path.stem not in kept:
                _remove_path(path)
        for path in _list_entries(self.folder):
            if path.name not in {"snapshot", "records"}:
                _remove_path(path)
        for name in ("snapshot", "records", "scratch"):
            (self.folder / name).mkdir(exist_ok=True)
        return kept


@contextmanager
def unfinished_snapshot(job: SnapshotJob) -> Iterator[UnfinishedSnapshot]:
    """Hold a quarter's unfinished folder in this block.

    Raises:
        LockedError: Another run makes the same snapshot.
        KeyboardInterrupt: As in the block. Nothing of this run is kept.
    """
    with hold_quarter(job.store, job.quarter, job.unfinished_name) as folder:
        try:
            yield UnfinishedSnapshot(folder)
        except KeyboardInterrupt:
            shutil.rmtree(folder, ignore_errors=True)
            raise


@contextmanager
def hold_quarter(store: Path, quarter: str, name: str = "") -> Iterator[Path]:
    """Hold the lock of a quarter in this block, with a folder for what is unfinished.

    Args:
        store: Folder of the archive.
        quarter: The quarter.
        name: Name of the folder and of its lock, if it is not the quarter's own.

    Yields:
        The folder. It stays where something is left in it, and the quarter's next run clears that.

    Raises:
        LockedError: Another run holds the lock.
        OSError: The store cannot be written.
    """
    store_existed = store.exists()
    folder = unfinished_folder(store, name or quarter)
    try:
        with hold_lock(folder.with_name(f"{folder.name}.lock"), quarter):
            folder.mkdir(exist_ok=True)
            try:
                yield folder
            finally:
                with suppress(OSError):  # something is left in it, or it is removed
                    folder.rmdir()
    finally:
        with suppress(OSError):  # another quarter's is there
            folder.parent.rmdir()
            if not store_existed:
                store.rmdir()


def unfinished_folder(store: Path, name: str) -> Path:
    """Folder of an unfinished snapshot: that of its quarter, or of a trial."""
    return store / _UNFINISHED_FOLDER / name


def publish_snapshot(unfinished: UnfinishedSnapshot, job: SnapshotJob) -> None:
    """Publish the snapshot of a job, as ``publish_folder`` does."""
    publish_folder(unfinished.snapshot, job.target_folder, job.store)
    shutil.rmtree(unfinished.folder, ignore_errors=True)


def publish_folder(folder: Path, target: Path, store: Path) -> None:
    """Flush every file to disk, then publish a revision in one move.

    Args:
        folder: The finished revision, in the store.
        target: The folder that it becomes, in that of its quarter.
        store: Folder of the archive.

    Raises:
        FileExistsError: Another run has published the same revision meanwhile.
    """
    with ThreadPoolExecutor(_FLUSHES_AT_ONCE) as executor:
        for _ in executor.map(_flush_to_disk, (folder, *folder.rglob("*"))):
            pass  # raises what a flush has raised
    quarter_existed = target.parent.exists()
    target.parent.mkdir(exist_ok=True)
    try:
        os.rename(folder, target)  # noqa: PTH104  the one that never replaces a snapshot
    except OSError as error:
        if not quarter_existed:
            target.parent.rmdir()
        if target.exists():
            msg = "another run has published it meanwhile, and a snapshot is never overwritten"
            raise FileExistsError(error.errno, msg) from error
        raise
    _flush_to_disk(target.parent)
    _flush_to_disk(store)


def keep_failures(
    unfinished: UnfinishedSnapshot, job: SnapshotJob, failures: list[TopicFailure]
) -> SnapshotFailedError:
    """Move what failed to ``.failed``, with its cause, and leave what is finished for the next run.

    Args:
        unfinished: The unfinished folder.
        job: The job.
        failures: Why topics failed. One without a topic is of the whole snapshot.

    Returns:
        The error to raise.
    """
    cause = ". ".join(failure.sentence for failure in failures)
    details = "\n\n".join(f"{failure.sentence}\n\n{failure.details}" for failure in failures)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    failed_folder = job.store / _FAILED_FOLDER / f"{job.quarter}-{moment}"
    with suppress(OSError):  # a full disk must not hide why the run failed
        _move_failed(unfinished, failed_folder, failures, details)
    finished = sorted(path.stem for path in _list_entries(unfinished.folder / "records"))
    if not finished:
        shutil.rmtree(unfinished.folder, ignore_errors=True)
    return SnapshotFailedError(cause, failed_folder if failed_folder.is_dir() else None, finished)


def describe_system_failure(error: Exception, job: SnapshotJob) -> str:
    """Say in a sentence why a snapshot could not be written."""
    return f"{job.quarter} could not be written: {describe_system_error(error)}"


def describe_system_error(error: Exception) -> str:
    """Describe an error that the system may have raised.

    Args:
        error: The error.

    Returns:
        What the system says of it, in lower case; the kind and message of another error.
    """
    system_message = error.strerror if isinstance(error, OSError) else None
    return system_message.lower() if system_message else describe_error(error)


def _move_failed(
    unfinished: UnfinishedSnapshot,
    failed_folder: Path,
    failures: list[TopicFailure],
    details: str,
) -> None:
    failed_folder.mkdir(parents=True)
    for failure in failures:
        folder = unfinished.snapshot / failure.topic
        if failure.topic and folder.is_dir():
            os.rename(folder, failed_folder / failure.topic)  # noqa: PTH104  as above
    (failed_folder / _CAUSE_FILE).write_text(details.rstrip() + "\n", encoding="utf-8")


def _list_entries(folder: Path) -> list[Path]:
    return [*folder.iterdir()] if folder.is_dir() else []


def _remove_path(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def _flush_to_disk(path: Path) -> None:
    """Flush a file, or the entries of a folder, to disk."""
    if path.is_dir() and os.name == "nt":  # Windows flushes no folder
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    except OSError as error:
        if not (path.is_dir() and error.errno in _NO_FOLDER_FLUSH):
            raise
    finally:
        os.close(handle)
