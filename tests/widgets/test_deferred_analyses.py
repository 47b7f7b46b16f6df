"""Deferred analyses: run in steps, cancelled by the next outcome, with failures reported."""

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
    """Analyses with these steps, where None is a step without a result."""
    yield from results


async def run_until_end(analyses: DeferredAnalyses) -> list[Exception]:
    """Start the analyses, wait for their end, and return the reported errors."""
    ended = asyncio.Event()
    errors: list[Exception] = []
    analyses.start(errors.append, ended.set)
    await ended.wait()
    return errors


def test_all_run_before_the_call_returns(analyses: DeferredAnalyses, shown: list[Any]) -> None:
    analyses.replace(steps(None, "curve", None, "tornado"))
    analyses.run_all()
    assert shown == ["curve", "tornado"]


def test_they_run_in_the_background(analyses: DeferredAnalyses, shown: list[Any]) -> None:
    analyses.replace(steps(None, "curve", "tornado"))
    assert asyncio.run(run_until_end(analyses)) == []
    assert shown == ["curve", "tornado"]


def test_a_new_outcome_cancels_the_older_analyses(
    analyses: DeferredAnalyses, shown: list[Any]
) -> None:
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


def test_the_remaining_steps_can_be_started_later(
    analyses: DeferredAnalyses, shown: list[Any]
) -> None:
    analyses.replace(steps("curve", "tornado"))
    assert analyses._run_step()
    asyncio.run(run_until_end(analyses))
    assert shown == ["curve", "tornado"]


def test_a_failure_is_reported_and_ends_the_analyses(
    analyses: DeferredAnalyses, shown: list[Any]
) -> None:
    def failing() -> Iterator[Any]:
        yield "curve"
        raise ZeroDivisionError

    analyses.replace(failing())
    [error] = asyncio.run(run_until_end(analyses))
    assert isinstance(error, ZeroDivisionError)
    assert shown == ["curve"]
