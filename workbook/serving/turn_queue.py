"""A queue with a limit: what takes long is done in the order of the requests, a few at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class QueueFullError(Exception):
    """Too many requests wait already."""


class TurnQueue:
    """The queue of the requests that wait for their turn.

    Args:
        concurrent_turns: Requests that have a turn at the same time.
        most_waiting: Requests that may wait.
    """

    def __init__(self, concurrent_turns: int, most_waiting: int) -> None:
        self._concurrent_turns, self._most_waiting = concurrent_turns, most_waiting
        self._turns = asyncio.Semaphore(concurrent_turns)
        self._count = 0

    @property
    def waiting_count(self) -> int:
        """Number of the requests that wait for their turn."""
        return max(0, self._count - self._concurrent_turns)

    @property
    def is_full(self) -> bool:
        """Whether the next request cannot wait."""
        return self._count >= self._concurrent_turns + self._most_waiting

    @asynccontextmanager
    async def take_turn(self) -> AsyncIterator[None]:
        """Wait for a turn, first come, first served, and have it until the block ends.

        Raises:
            QueueFullError: Too many wait already.
        """
        if self.is_full:
            raise QueueFullError
        self._count += 1
        try:
            async with self._turns:
                yield
        finally:
            self._count -= 1
