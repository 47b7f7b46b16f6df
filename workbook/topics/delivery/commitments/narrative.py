"""Sentences about commitments: how many are on track, which are not, and why some are unknown."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from workbook.periods import last_day_of_quarter, period_end
from workbook.text.dates import format_day, format_month
from workbook.text.grammar import choose_form, format_count, join_items
from workbook.topics.delivery.commitments.kinds import COMMITMENT
from workbook.topics.delivery.commitments.status import (
    OFF_TRACK,
    ON_TRACK,
    STATUS_LABELS,
    STATUS_UNKNOWN,
    count_statuses,
)


def status_sentence(assessed: pd.DataFrame, quarter: str, *, is_filtered: bool) -> str:
    """Write how many commitments have a published target, and how many of them are on track.

    Args:
        assessed: Assessed commitments.
        quarter: The scenario's quarter.
        is_filtered: Whether only some departments or programmes are selected.

    Returns:
        A sentence. Figures and events that are followed do not count.
    """
    commitments = assessed[assessed["kind"] == COMMITMENT]
    if commitments.empty:
        return (
            "No commitment matches the selection."
            if is_filtered
            else f"No commitment had been reported by {format_day(last_day_of_quarter(quarter))}."
        )
    with_target = commitments[commitments["target"].notna()]
    if len(commitments) == 1:
        label = STATUS_LABELS[commitments["on_course"].iloc[0]]
        return (
            "The one commitment has no published target."
            if with_target.empty
            else f"Status of the one commitment: {label}."
        )
    if with_target.empty:
        return f"None of the {len(commitments)} commitments has a published target."
    subject = (
        f"All {len(commitments)} commitments have"
        if len(with_target) == len(commitments)
        else f"Of {len(commitments)} commitments,"
        f" {format_count(len(with_target), 'has', 'have', one='one')}"
    )
    statuses = list_statuses(with_target, last_day_of_quarter(quarter))
    return f"{subject} a published target: {statuses}."


def list_statuses(with_target: pd.DataFrame, day: date) -> str:
    """List how many commitments have each status.

    Args:
        with_target: Assessed commitments that have a target.
        day: The day of the assessment. A target that was due by then is missed, not off track.

    Returns:
        Such as ``none is on track, one was missed and 17 cannot be judged``.
    """
    counts = count_statuses(with_target)
    off_track_dates = with_target.loc[with_target["on_course"] == OFF_TRACK, "target_date"]
    missed = sum(_was_due(target_date, day) for target_date in off_track_dates)
    on_track, off_track = (
        format_count(count, "is", "are", one="one") if count else "none is"
        for count in (counts[ON_TRACK], counts[OFF_TRACK] - missed)
    )
    parts = [f"{on_track} on track"]
    if counts[OFF_TRACK] > missed or not missed:
        parts.append(f"{off_track} off track")
    if missed:
        parts.append(f"{format_count(missed, 'was', 'were', one='one')} missed")
    return join_items([*parts, f"{counts[STATUS_UNKNOWN] or 'none'} cannot be judged"])


def _was_due(target_date: object, day: date) -> bool:
    """Whether a target was due by a day; a target without a date never is."""
    return isinstance(target_date, str) and bool(target_date) and period_end(target_date) <= day


def commitment_notes(assessed: pd.DataFrame, day: date) -> Iterator[str]:
    """Note which commitments are off track, and why the status of others is not known.

    Args:
        assessed: Assessed commitments.
        day: The day of the assessment.

    Yields:
        A note of one or two sentences.
    """
    for row in assessed[assessed["on_course"] == OFF_TRACK].to_dict("records"):
        label = "Missed" if _was_due(row["target_date"], day) else "Off track"
        yield f"{label}: {row['commitment']}. {row['why']} {row['reported']}".strip()
    yield from _unknown_status_notes(assessed)
    yield from _data_vintage_note(assessed, day)


def _unknown_status_notes(assessed: pd.DataFrame) -> Iterator[str]:
    commitments = assessed[assessed["kind"] == COMMITMENT]
    status_unknown = commitments[commitments["on_course"] == STATUS_UNKNOWN]
    without_target = int(status_unknown["target"].isna().sum())
    if without_target:
        yield (
            f"{_commitments_with_verb(without_target, len(commitments))} no published target, so"
            " progress cannot be assessed."
        )
    if with_target := len(status_unknown) - without_target:
        subject = format_count(with_target, "commitment has", "commitments have", one="One")
        yield (
            f"{subject} a target, but too little is published to judge by. That takes a value, a"
            " date, and the pace of more than one quarter."
        )
    if followed := len(assessed) - len(commitments):
        subject = format_count(followed, "figure or event", "figures and events")
        yield (
            f"The report also follows {subject}. A figure or event has no status, because nothing"
            " was promised about it."
        )


def _data_vintage_note(assessed: pd.DataFrame, day: date) -> Iterator[str]:
    """Note if the newest published figure is from before the day."""
    is_published = ~assessed["rests_on"].str.contains("exemplars.", regex=False)
    published_periods = assessed[is_published]["period"]
    if len(published_periods) and period_end(newest := str(published_periods.max())) < day:
        yield (
            f"The latest report is from {format_month(newest)}. Nothing published since then is"
            " included."
        )


def _commitments_with_verb(count: int, commitment_count: int) -> str:
    """Number of commitments with a verb, as in ``3 of 5 commitments have``, or all of them."""
    if commitment_count == 1:
        return "The one commitment has"
    if count == commitment_count:
        return f"All {commitment_count} commitments have"
    return f"{count} of {commitment_count} commitments {choose_form(count, 'has', 'have')}"
