"""One process at a time writes in a folder of scenarios."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from workbook.scenario.store.locations import FOLDER_VARIABLE

_LOCK_FILE: Final = ".lock"
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})


class ScenarioFolderError(RuntimeError):
    """A folder of scenarios cannot be written. Nothing in it has changed.

    Args:
        message: What is wrong, for who knows the folder.
        reason: Why, in a few words that do not name the folder.
    """

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


@contextmanager
def locked_folder(folder: Path, history: Path) -> Iterator[None]:
    """Let one process at a time write in a folder of scenarios.

    Args:
        folder: The folder. It is made if it is missing.
        history: The folder of its history, which holds the lock. It is made too.

    Raises:
        ScenarioFolderError: The folder is full, read-only or no folder, here or in the block.
    """
    try:
        history.mkdir(parents=True, exist_ok=True)
        descriptor = _open_lock_file(history / _LOCK_FILE)
        try:
            _wait_for_lock(descriptor)
            yield
        finally:
            os.close(descriptor)  # releases the lock, as the end of the process does
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        advice = f". Name another folder in {FOLDER_VARIABLE}" if error.errno in _FORBIDDEN else ""
        msg = f"Nothing was saved. The folder {folder} cannot be written: {reason}{advice}"
        raise ScenarioFolderError(msg, reason) from error


def _open_lock_file(path: Path) -> int:
    """Open the lock file. Reading is enough where another user has made it."""
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except PermissionError:
        return os.open(path, os.O_RDONLY)


if sys.platform == "win32":
    import msvcrt

    def _wait_for_lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)

else:
    import fcntl

    def _wait_for_lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
