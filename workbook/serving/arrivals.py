"""Arrivals: visitors whose pages are made in the order in which they came, a few at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class ServerFullError(Exception):
    """Too many visitors wait for their pages."""


class Arrivals:
    """The queue of the visitors who wait for a page.

    Args:
        at_once: Pages that are made at the same time. More would only make all of them later.
        most_waiting: Visitors who may wait.
    """

    def __init__(self, at_once: int, most_waiting: int) -> None:
        self._at_once, self._most_waiting = at_once, most_waiting
        self._turns = asyncio.Semaphore(at_once)
        self._count = 0

    @property
    def waiting_count(self) -> int:
        """Number of the visitors who wait for their turn."""
        return max(0, self._count - self._at_once)

    @property
    def is_full(self) -> bool:
        """Whether the next visitor cannot wait."""
        return self._count >= self._at_once + self._most_waiting

    @asynccontextmanager
    async def take_turn(self) -> AsyncIterator[None]:
        """Wait for a turn, first come, first served, and have it until the block ends.

        Raises:
            ServerFullError: Too many wait already.
        """
        if self.is_full:
            raise ServerFullError
        self._count += 1
        try:
            async with self._turns:
                yield
        finally:
            self._count -= 1
