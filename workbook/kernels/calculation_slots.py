"""Slots for long calculations: kernels that share a machine take turns, and leave room for answers.

An answer to a visitor takes milliseconds, the analyses that follow take half a second. Without
turns, the analyses of many visitors would delay each other's answers.
"""

import asyncio
import os
import random
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows has no such locks, and there kernels take no turns
    fcntl = None  # type: ignore[assignment]

SLOTS_VARIABLE = "WORKBOOK_CALCULATION_SLOTS"
"""Names the folder of the slots in the environment of a kernel that takes turns."""

_FIRST_RETRY_SECONDS, _LONGEST_RETRY_SECONDS = 0.02, 1.0
"""Time until a kernel asks for a slot again. It doubles each time, so that a hundred kernels that
wait cost the machine little."""

_ANSWERS_FILE = "answers"
"""File in the folder of the slots that is locked while a kernel answers a visitor."""

_PATIENCE_SECONDS = 0.5
"""Longest time for which a calculation lets answers go first."""

_REST_PER_SECOND = 3
"""Seconds for which a slot stays empty for each second of a calculation that held up an answer. On
a busy machine the calculations take a quarter of their slots' time, and leave the rest to answers.
"""


def make_slots(folder: Path, count: int) -> None:
    """Make the slots of a machine.

    Args:
        folder: The folder, which is made.
        count: Number of calculations that may run at once.
    """
    folder.mkdir()
    for name in (_ANSWERS_FILE, *map(str, range(count))):
        (folder / name).touch()


@contextmanager
def answer_visitor() -> Iterator[None]:
    """Answer a visitor in this block, before the calculations that other kernels start.

    Without slots in the environment, no other kernel knows of it.
    """
    folder = _slots_folder()
    if folder is None:
        yield
        return
    with (folder / _ANSWERS_FILE).open("rb") as file:
        fcntl.flock(file.fileno(), fcntl.LOCK_SH)
        yield


@asynccontextmanager
async def take_slot() -> AsyncIterator[None]:
    """Wait for a slot and hold it. Without slots in the environment, go on at once.

    The system frees the slot of a kernel that ends.
    """
    folder, delay = _slots_folder(), _FIRST_RETRY_SECONDS
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while folder is not None:
        may_start = time.monotonic() > deadline or not _is_anybody_answering(folder)
        for slot in _list_slots(folder) if may_start else ():
            with slot.open("rb") as file:
                if _try_locking(file.fileno()):
                    start = time.monotonic()
                    yield
                    if _is_anybody_answering(folder):
                        await asyncio.sleep(_REST_PER_SECOND * (time.monotonic() - start))
                    return
        await asyncio.sleep(delay * random.uniform(0.5, 1.5))  # noqa: S311  no secret
        delay = min(2 * delay, _LONGEST_RETRY_SECONDS)
    yield


def _slots_folder() -> Path | None:
    """Folder of the slots; None where kernels take no turns."""
    folder = os.environ.get(SLOTS_VARIABLE)
    return Path(folder) if folder and fcntl and Path(folder).is_dir() else None


def _list_slots(folder: Path) -> list[Path]:
    return sorted(folder.glob("[0-9]*"))


def _is_anybody_answering(folder: Path) -> bool:
    with (folder / _ANSWERS_FILE).open("rb") as file:
        return not _try_locking(file.fileno())


def _try_locking(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
