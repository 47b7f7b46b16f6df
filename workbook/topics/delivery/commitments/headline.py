"""Sentence on how many commitments are met, on track, off track or missed, for the headline."""

from datetime import date

import pandas as pd

from workbook.department_figures import write_departments
from workbook.periods import period_end
from workbook.scenario import split_list
from workbook.text.dates import format_day
from workbook.text.grammar import capitalise_first, choose_form, format_count, join_items
from workbook.topics.delivery.commitments.status import (
    MET,
    MISSED,
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
)
from workbook.topics.delivery.commitments.status_counts import count_statuses

_MOST_STATUSES_IN_FULL = 3
"""Beyond this number of statuses a sentence has room for "unknown" only."""

_CANNOT_BE_JUDGED = "cannot be judged yet"
_PRESENT, _PAST = ("is", "are"), ("was", "were")
_VERBS = {MET: _PAST, ON_TRACK: _PRESENT, OFF_TRACK: _PRESENT, MISSED: _PAST}
_SENTENCE_ORDER = (MET, ON_TRACK, OFF_TRACK, MISSED, STATUS_UNKNOWN)
"""Statuses in the order of a sentence."""


def status_sentence(
    assessed: pd.DataFrame, day: date, all_count: int, departments: str = ""
) -> str:
    """Write how many targets government set, and how many of them have each status.

    The sentence stands first on the page, so it names nothing that a reader must already know.

    Args:
        assessed: The selected commitments with their status.
        day: The day of the assessment.
        all_count: Number of commitments, selected or not, that had been reported by the day.
        departments: The departments of the selection, as a list with semicolons. Empty if it is
            not by department alone.

    Returns:
        One sentence.
    """
    count = len(assessed)
    targets = format_count(all_count, "digital target")
    if not all_count:
        return f"Government had published no digital target with a date by {format_day(day)}."
    if departments:
        owners = capitalise_first(write_departments(departments))
        verb = choose_form(len(split_list(departments)), "owns", "own")
        part = f"{count or 'none'} of government’s {targets} with a date"
        return f"{owners} {verb} {part}{f': {list_statuses(assessed)}' if count else ''}."
    if not count:
        return f"None of government’s {targets} with a date is selected."
    if count < all_count:
        verb = choose_form(count, "is", "are")
        return f"{count} of {targets} {verb} selected: {list_statuses(assessed)}."
    dates = choose_form(count, "a date", "dates")
    return f"Government set {targets} with {dates}: {list_statuses(assessed)}."


def list_statuses(assessed: pd.DataFrame) -> str:
    """List how many commitments have each status.

    Args:
        assessed: Assessed commitments.

    Returns:
        Such as ``1 is off track and 10 cannot be judged yet``; of one commitment ``it is met``.
    """
    counts = {status: count for status, count in count_statuses(assessed).items() if count}
    if len(assessed) == 1:
        (status,) = counts
        return f"it {_describe_status(1, status)}"
    if set(counts) == {STATUS_UNKNOWN}:
        none = "neither" if len(assessed) == len(("one", "other")) else "none"
        return f"{none} can be judged yet"
    is_short = len(counts) > _MOST_STATUSES_IN_FULL
    return join_items(
        f"{counts[status]} {status if is_short else _describe_status(counts[status], status)}"
        for status in _SENTENCE_ORDER
        if status in counts
    )


def _describe_status(count: int, status: str) -> str:
    """What so many targets are, to follow their number: ``is off track``, ``were missed``."""
    if status == STATUS_UNKNOWN:
        return _CANNOT_BE_JUDGED
    return f"{choose_form(count, *_VERBS[status])} {status}"


def was_due(target_date: str, day: date) -> bool:
    """Whether a target was due by a day.

    Args:
        target_date: The month by whose end it is due.
        day: The day.

    Returns:
        True on the last day of that month and later.
    """
    return period_end(target_date) <= day
