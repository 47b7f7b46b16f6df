"""Slots for long calculations: kernels that share a machine take turns, and leave room for answers.

An answer to a visitor takes milliseconds, the analyses that follow take half a second. Without
turns, the analyses of many visitors would delay each other's answers.
"""

import asyncio
import os
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
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


def make_slots(folder: Path, count: int) -> None:
    """Make the slots of a machine.

    Args:
        folder: The folder, which is made.
        count: Number of calculations that may run at once.
    """
    folder.mkdir()
    for number in range(count):
        (folder / str(number)).touch()


@asynccontextmanager
async def take_slot() -> AsyncIterator[None]:
    """Wait for a slot and hold it. Without slots in the environment, go on at once.

    The system frees the slot of a kernel that ends.
    """
    slots, delay = _find_slots(), _FIRST_RETRY_SECONDS
    while slots:
        for slot in slots:
            with slot.open("rb") as file:
                if _try_locking(file.fileno()):
                    yield
                    return
        await asyncio.sleep(delay * random.uniform(0.5, 1.5))  # noqa: S311  no secret
        delay = min(2 * delay, _LONGEST_RETRY_SECONDS)
    yield


def _find_slots() -> list[Path]:
    folder = os.environ.get(SLOTS_VARIABLE)
    return sorted(Path(folder).glob("*")) if folder and fcntl else []


def _try_locking(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
