"""The lock of a run: only one makes the snapshot of a quarter at a time.

The system lifts the lock when the process ends, however it ends. So a lock is never left behind.
"""

import errno
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from typing import Final

from workbook.snapshots.manifest import format_timestamp

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_MOST_TRIES: Final = 100
"""Times that the file of a lock is opened, at most, while other runs remove its folder."""

_LOCKED_BYTE: Final = 1 << 30
"""Where Windows locks the file: far behind the owner's name, which others must be able to read."""


class LockedError(ValueError):
    """Another run holds the lock, or the folder cannot be locked."""


@contextmanager
def hold_lock(path: Path, purpose: str) -> Iterator[None]:
    """Hold a lock in this block.

    Args:
        path: File of the lock. It is removed afterwards. Its folder is made where it is missing.
        purpose: What the lock is for, such as a quarter: it begins the message.

    Raises:
        LockedError: Another process holds it, which the message names, or the file system has no
            locks.
        OSError: The folder cannot be written.
    """
    descriptor = _open_locked(path, purpose)
    try:
        owner = {
            "process": os.getpid(),
            "host": socket.gethostname(),
            "user": _user_name(),
            "since": format_timestamp(datetime.now(UTC)),
        }
        os.ftruncate(descriptor, 0)
        os.write(descriptor, json.dumps(owner).encode())
        yield
    finally:
        with suppress(OSError):  # Windows keeps an open file
            path.unlink()
        os.close(descriptor)


def _open_locked(path: Path, purpose: str) -> int:
    while True:
        descriptor = _open_file(path)
        try:
            _lock_file(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise LockedError(_describe_refusal(error, path, purpose)) from None
        if _is_same_file(descriptor, path):
            return descriptor
        os.close(descriptor)  # the run that held it has removed it meanwhile


def _open_file(path: Path, tries: int = _MOST_TRIES) -> int:
    """Open the file of a lock. A run that ends meanwhile may remove its empty folder."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except (FileNotFoundError, FileExistsError):
        if tries == 1:
            raise
    return _open_file(path, tries - 1)


def _lock_file(descriptor: int) -> None:
    if sys.platform == "win32":
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        os.lseek(descriptor, 0, os.SEEK_SET)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _is_same_file(descriptor: int, path: Path) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(os.fstat(descriptor), path.stat())
    return False


def _describe_refusal(error: OSError, path: Path, purpose: str) -> str:
    if error.errno not in {errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK}:
        reason = (error.strerror or str(error)).lower()
        return (
            f"{path.parent} cannot be locked ({reason}). Give a folder on a file system with locks"
        )
    try:
        owner = json.loads(path.read_text(encoding="utf-8"))
        holder = f"process {owner['process']} of {owner['user']} on {owner['host']}"
        holder += f", since {owner['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        holder = "another process"
    return f"{purpose} is being made by {holder}. Wait until it has ended"


def _user_name() -> str:
    try:
        return getuser()
    except (ImportError, KeyError, OSError):
        return "an unknown user"
