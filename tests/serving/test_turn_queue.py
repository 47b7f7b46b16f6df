"""The queue with a limit: first come, first served, and full at its limit."""

import asyncio

import pytest

from workbook.serving.turn_queue import QueueFullError, TurnQueue


async def visit(queue: TurnQueue, name: int, served: list[int], end: asyncio.Event) -> None:
    """Take a turn, and have it until the event."""
    async with queue.take_turn():
        served.append(name)
        await end.wait()


def test_visitors_are_served_in_order_and_none_below_the_limit_is_refused() -> None:
    async def arrive() -> tuple[list[int], list[int]]:
        queue, served, end = TurnQueue(concurrent_turns=2, most_waiting=8), [], asyncio.Event()
        visits = [asyncio.create_task(visit(queue, name, served, end)) for name in range(10)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        first, waiting = list(served), queue.waiting_count
        assert (waiting, queue.is_full) == (8, True)
        with pytest.raises(QueueFullError):
            await visit(queue, 10, served, end)
        end.set()
        await asyncio.gather(*visits)
        assert (queue.waiting_count, queue.is_full) == (0, False)
        return first, served

    assert asyncio.run(arrive()) == ([0, 1], list(range(10)))


def test_a_page_that_fails_or_is_given_up_frees_its_turn() -> None:
    async def arrive() -> list[int]:
        queue, served, end = TurnQueue(concurrent_turns=1, most_waiting=2), [], asyncio.Event()
        with pytest.raises(ZeroDivisionError):
            async with queue.take_turn():
                raise ZeroDivisionError
        given_up = asyncio.create_task(visit(queue, 0, served, end))
        waiting = asyncio.create_task(visit(queue, 1, served, end))
        await asyncio.sleep(0)
        given_up.cancel()
        end.set()
        await waiting
        return served

    assert asyncio.run(arrive())[-1] == 1
