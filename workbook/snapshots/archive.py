"""The archive: a staging folder for each run, and one move that publishes the snapshot.

``STORE/QUARTER/rN`` is complete or absent. A run works in ``STORE/.running-…`` on the same file
system. A run that is killed leaves this folder behind; it is never read as a snapshot.
"""

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from traceback import format_exception

from workbook.snapshots.errors import RunFailedError, describe_error
from workbook.snapshots.jobs import SnapshotJob

_FAILED_FOLDER = ".failed"
_CAUSE_FILE = "cause.txt"


class SnapshotFailedError(RuntimeError):
    """A snapshot that failed; ``kept`` is the folder of its unfinished files and the cause."""

    def __init__(self, cause: str, failed_folder: Path) -> None:
        self.kept = failed_folder
        super().__init__(f"{cause}. The unfinished files are in {failed_folder}")


@contextmanager
def staging_folder(job: SnapshotJob) -> Iterator[Path]:
    """Give a run a folder of its own in the store.

    The folder of a failed run is kept under ``.failed``. Nothing of an interrupted run is kept.

    Raises:
        SnapshotFailedError: In place of any error inside the block.
    """
    store_existed = job.store.exists()
    folder = job.store / f".running-{job.quarter}-{os.getpid()}-{secrets.token_hex(4)}"
    folder.mkdir(parents=True)
    try:
        yield folder
    except Exception as error:
        cause = _describe_cause(error, job)
        raise SnapshotFailedError(cause, _move_to_failed(folder, job, cause, error)) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if not store_existed:
            with suppress(OSError):
                job.store.rmdir()
        raise


def publish_snapshot(folder: Path, job: SnapshotJob) -> None:
    """Flush every file to disk, then publish the snapshot in one move.

    Raises:
        FileExistsError: If another run has published the same snapshot meanwhile.
    """
    for path in sorted(folder.rglob("*"), reverse=True):
        _flush_to_disk(path)
    _flush_to_disk(folder)
    quarter_existed = job.target_folder.parent.exists()
    job.target_folder.parent.mkdir(exist_ok=True)
    try:
        os.rename(folder, job.target_folder)  # noqa: PTH104  the one that never replaces a snapshot
    except OSError as error:
        if not quarter_existed:
            job.target_folder.parent.rmdir()
        if job.target_folder.exists():
            msg = "another run has published it meanwhile, and a snapshot is never overwritten"
            raise FileExistsError(error.errno, msg) from error
        raise
    _flush_to_disk(job.target_folder.parent)
    _flush_to_disk(job.store)


def _describe_cause(error: Exception, job: SnapshotJob) -> str:
    if isinstance(error, RunFailedError):
        return str(error)
    system_message = error.strerror if isinstance(error, OSError) else None
    return (
        f"{job.quarter} could not be written:"
        f" {system_message.lower() if system_message else describe_error(error)}"
    )


def _move_to_failed(folder: Path, job: SnapshotJob, cause: str, error: Exception) -> Path:
    """Move a failed run's folder to ``.failed``, with its cause, and return the new path."""
    details = getattr(error, "details", "") or "".join(format_exception(error))
    with suppress(OSError):  # a full disk must not hide why the run failed
        (folder / _CAUSE_FILE).write_text(f"{cause}\n\n{details}".rstrip() + "\n", encoding="utf-8")
    failed_runs = job.store / _FAILED_FOLDER
    failed_runs.mkdir(exist_ok=True)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    failed_folder = failed_runs / f"{job.quarter}-{moment}"
    os.rename(folder, failed_folder)  # noqa: PTH104  as above
    return failed_folder


def _flush_to_disk(path: Path) -> None:
    """Flush a file, or the entries of a folder, to disk."""
    if path.is_dir() and os.name == "nt":  # Windows flushes no folder
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
