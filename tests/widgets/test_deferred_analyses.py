"""Deferred analyses: run step by step, dropped by the next outcome, failures reported."""

import asyncio
from collections.abc import Iterator
from typing import Any

import pytest

from workbook.widgets.deferred_analyses import DeferredAnalyses


@pytest.fixture
def shown() -> list[Any]:
    """The results that were shown, in order."""
    return []


@pytest.fixture
def analyses(shown: list[Any]) -> DeferredAnalyses:
    return DeferredAnalyses(shown.append)


def steps(*results: Any) -> Iterator[Any]:
    """An analysis with these steps; None is a step without a result."""
    yield from results


async def run_until_end(analyses: DeferredAnalyses) -> list[Exception]:
    """Start the analyses and wait for their end; gives the errors that were reported."""
    ended = asyncio.Event()
    errors: list[Exception] = []
    analyses.start(errors.append, ended.set)
    await ended.wait()
    return errors


def test_all_run_at_once_where_nobody_waits(analyses: DeferredAnalyses, shown: list[Any]) -> None:
    analyses.replace(steps(None, "curve", None, "tornado"))
    analyses.run_all()
    assert shown == ["curve", "tornado"]


def test_they_run_in_the_background_until_their_end(
    analyses: DeferredAnalyses, shown: list[Any]
) -> None:
    analyses.replace(steps(None, "curve", "tornado"))
    assert asyncio.run(run_until_end(analyses)) == []
    assert shown == ["curve", "tornado"]


def test_a_new_outcome_drops_the_older_one_s(analyses: DeferredAnalyses, shown: list[Any]) -> None:
    async def change_twice() -> None:
        ends: list[str] = []
        analyses.replace(steps("old"))
        analyses.start(lambda _: None, lambda: ends.append("old"))
        await asyncio.sleep(0)
        analyses.replace(steps("new"))
        await run_until_end(analyses)
        assert ends == []

    asyncio.run(change_twice())
    assert shown == ["new"]


def test_what_is_left_goes_on_where_nothing_new_came(
    analyses: DeferredAnalyses, shown: list[Any]
) -> None:
    analyses.replace(steps("curve", "tornado"))
    next(analyses._show_steps())
    asyncio.run(run_until_end(analyses))
    assert shown == ["curve", "tornado"]


def test_a_failure_is_reported_and_ends_them(analyses: DeferredAnalyses, shown: list[Any]) -> None:
    def failing() -> Iterator[Any]:
        yield "curve"
        raise ZeroDivisionError

    analyses.replace(failing())
    [error] = asyncio.run(run_until_end(analyses))
    assert isinstance(error, ZeroDivisionError)
    assert shown == ["curve"]
