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

from workbook.snapshots.failure import RunFailedError, named
from workbook.snapshots.request import Request

FAILED = ".failed"
CAUSE = "cause.txt"


class SnapshotFailedError(RuntimeError):
    """A snapshot that was not made; ``kept`` is the folder with what there was and the cause."""

    def __init__(self, cause: str, kept: Path) -> None:
        self.kept = kept
        super().__init__(f"{cause}; what there was is kept in {kept}")


@contextmanager
def running(asked: Request) -> Iterator[Path]:
    """A folder of the run's own in the store: moved to the failed ones if it fails.

    Of an interrupted run nothing is kept. Raises SnapshotFailedError in place of what it failed by.
    """
    was_there = asked.store.exists()
    folder = asked.store / f".running-{asked.quarter}-{os.getpid()}-{secrets.token_hex(4)}"
    folder.mkdir(parents=True)
    try:
        yield folder
    except Exception as error:
        cause = _cause(error, asked)
        raise SnapshotFailedError(cause, _keep(folder, asked, cause, error)) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        if not was_there:
            with suppress(OSError):
                asked.store.rmdir()
        raise


def seal(folder: Path, asked: Request) -> None:
    """Make sure that all is on the disk, then let the snapshot appear in one move."""
    for path in sorted(folder.rglob("*"), reverse=True):
        _flush(path)
    _flush(folder)
    was_there = asked.target.parent.exists()
    asked.target.parent.mkdir(exist_ok=True)
    try:
        os.rename(folder, asked.target)  # noqa: PTH104  the one that never replaces a snapshot
    except OSError as error:
        if not was_there:
            asked.target.parent.rmdir()
        if asked.target.exists():
            msg = "another run has made it meanwhile, and what is kept is never written over"
            raise FileExistsError(error.errno, msg) from error
        raise
    _flush(asked.target.parent)
    _flush(asked.store)


def _cause(error: Exception, asked: Request) -> str:
    if isinstance(error, RunFailedError):
        return str(error)
    refused = error.strerror if isinstance(error, OSError) else None
    return f"{asked.quarter} could not be written: {refused.lower() if refused else named(error)}"


def _keep(folder: Path, asked: Request, cause: str, error: Exception) -> Path:
    """Move a failed run's folder aside with its cause; the place where it then is."""
    details = getattr(error, "details", "") or "".join(format_exception(error))
    with suppress(OSError):  # a full disk must not hide why the run failed
        (folder / CAUSE).write_text(f"{cause}\n\n{details}".rstrip() + "\n", encoding="utf-8")
    aside = asked.store / FAILED
    aside.mkdir(exist_ok=True)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    kept = aside / f"{asked.quarter}-{moment}"
    os.rename(folder, kept)  # noqa: PTH104  as above
    return kept


def _flush(path: Path) -> None:
    """Have a file, or a folder's list of names, written to the disk itself."""
    if path.is_dir() and os.name == "nt":  # Windows flushes no folder
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
