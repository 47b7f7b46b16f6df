"""The store: a run's own folder inside it, and the one move by which a snapshot appears.

``STORE/QUARTER/rN`` is there as a whole or not at all. A run works in ``STORE/.running-…``, on the
same file system; one that was killed leaves that folder behind, and nobody takes it for a snapshot.
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
    """A snapshot that was not made; ``kept`` is the folder with what there was and the cause."""

    def __init__(self, cause: str, failed_folder: Path) -> None:
        self.kept = failed_folder
        super().__init__(f"{cause}; what there was is kept in {failed_folder}")


@contextmanager
def staging_folder(job: SnapshotJob) -> Iterator[Path]:
    """A folder of the run's own in the store: moved to the failed ones if it fails.

    Of an interrupted run nothing is kept. Raises SnapshotFailedError in place of what it failed by.
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
    """Make sure that all is on the disk, then let the snapshot appear in one move."""
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
            msg = "another run has made it meanwhile, and what is kept is never written over"
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
    """Move a failed run's folder aside with its cause; the place where it then is."""
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
    """Have a file, or a folder's list of names, written to the disk itself."""
    if path.is_dir() and os.name == "nt":  # Windows flushes no folder
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
