"""Preparation of the topics in the process from which the kernels of their pages are forked."""

from collections.abc import Iterable
from contextlib import suppress

from workbook.outcome import Outcome
from workbook.topic import Topic
from workbook.topics.registry import TOPICS, evaluate_defaults
from workbook.widgets.evaluation import find_prepared_outcome, prepare_default


def prepare_topics() -> None:
    """Evaluate the default scenario of each topic, for all kernels to share.

    A topic that fails here fails on its page, where the visitor is told.
    """
    for topic in TOPICS.values():
        with suppress(Exception):
            prepare_default(topic)


def evaluate_unprepared(
    topics: Iterable[Topic],
) -> tuple[list[tuple[Topic, Outcome | None]], list[str]]:
    """Evaluate the default scenario of each topic, unless this process has prepared it.

    Args:
        topics: The topics.

    Returns:
        Each topic with its outcome, None if it failed, and a sentence for each failure.
    """
    prepared = [(topic, find_prepared_outcome(topic)) for topic in topics]
    missing = [topic for topic, outcome in prepared if outcome is None]
    evaluated, errors = evaluate_defaults(missing)
    outcomes = iter(outcome for _, outcome in evaluated)
    return [(topic, outcome or next(outcomes)) for topic, outcome in prepared], errors
