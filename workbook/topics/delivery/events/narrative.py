"""Sentences on how many events are done, under way or planned."""

from collections.abc import Iterator

import pandas as pd

from workbook.text.grammar import format_count, join_items
from workbook.topics.delivery.events.data import STATES


def events_note(events: pd.DataFrame) -> Iterator[str]:
    """Note how many events there are by state.

    Args:
        events: The latest state of each event.

    Yields:
        One note, if there are any.
    """
    if count := len(events):
        yield f"{format_count(count, 'event')}: {count_states(events)}."


def count_states(events: pd.DataFrame) -> str:
    """Say how many events have each state.

    Args:
        events: The latest state of each event.

    Returns:
        Such as ``88 done, 40 under way and 17 planned``.
    """
    counts = events["state"].value_counts()
    return join_items(
        f"{counts[state]} {state}" for state in reversed(STATES) if state in counts.index
    )
