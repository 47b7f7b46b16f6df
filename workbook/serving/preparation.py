"""Preparation of a server, before the process is forked from which its kernels are forked.

What is in memory by then is there once. What the server looks at later is copied in part.
"""

import gc
import sys
from collections.abc import Iterable
from contextlib import suppress
from functools import cache

import nbformat

from workbook.outcome import Outcome
from workbook.serving.home_cards import TopicCard, build_cards
from workbook.topic import Topic
from workbook.topics.registry import TOPIC_ERRORS, TOPICS, evaluate_defaults
from workbook.widgets.evaluation import find_prepared_outcome, prepare_default


def prepare_topics() -> None:
    """Evaluate the default scenario of each topic, for all kernels to share.

    A topic that fails here fails on its page, where the visitor is told.
    """
    for topic in TOPICS.values():
        with suppress(Exception):
            prepare_default(topic)


def prepare_server() -> None:
    """Build the home page's cards, and read each notebook, which compiles nbformat's checks.

    It comes last, and removes the garbage of all that was prepared.
    """
    current_cards()
    for topic in TOPICS.values():
        with suppress(Exception):  # the page reports it
            notebook = nbformat.read(topic.notebook_path, nbformat.NO_CONVERT)  # type: ignore[no-untyped-call]
            nbformat.validate(notebook, relax_add_props=True)  # as nbconvert does
    gc.collect()


@cache
def current_cards() -> tuple[TopicCard, ...]:
    """Run each topic on its default scenario, and report on standard error what failed.

    Returns:
        A card for each topic, without its picture. The topics run once in a process.
    """
    outcomes, failures = _evaluate_unprepared(TOPICS.values())
    cards, chart_failures = build_cards(outcomes)
    sentences = (*TOPIC_ERRORS, *failures, *chart_failures)
    sys.stderr.writelines(f"{sentence}\n" for sentence in sentences)
    return tuple(cards)


def _evaluate_unprepared(
    topics: Iterable[Topic],
) -> tuple[list[tuple[Topic, Outcome | None]], list[str]]:
    """Evaluate the default scenario of each topic, unless this process has prepared it."""
    prepared = [(topic, find_prepared_outcome(topic)) for topic in topics]
    missing = [topic for topic, outcome in prepared if outcome is None]
    evaluated, errors = evaluate_defaults(missing)
    outcomes = iter(outcome for _, outcome in evaluated)
    return [(topic, outcome or next(outcomes)) for topic, outcome in prepared], errors
