"""Sentences about commitments: how many are on track, which are not, and why some are unknown."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from workbook.periods import period_end
from workbook.text.dates import format_month
from workbook.text.grammar import choose_form, format_count
from workbook.topics.delivery.commitments.status import (
    OFF_TRACK,
    ON_TRACK,
    STATUS_LABELS,
    STATUS_UNKNOWN,
    count_statuses,
)


def status_sentence(assessed: pd.DataFrame, quarter: str, *, is_filtered: bool) -> str:
    """Write how many commitments with a published target are on track.

    Args:
        assessed: Assessed commitments.
        quarter: The scenario's quarter.
        is_filtered: Whether only some departments or programmes are selected.

    Returns:
        One or two sentences.
    """
    commitment_count = len(assessed)
    with_target = assessed[assessed["target"].notna()]
    if not commitment_count:
        return (
            "No other commitment matches the selection."
            if is_filtered
            else f"No commitment had been reported by {quarter}."
        )
    if with_target.empty:
        single_commitment = "The one commitment has no published target."
        return (
            single_commitment
            if commitment_count == 1
            else f"None of the {commitment_count} commitments has a published target."
        )
    return _summarise_statuses(with_target) + _without_target_sentence(
        commitment_count - len(with_target)
    )


def _summarise_statuses(with_target: pd.DataFrame) -> str:
    if len(with_target) == 1:
        label = STATUS_LABELS[with_target["on_course"].iloc[0]]
        return f"Status of the one commitment with a published target: {label}."
    counts = count_statuses(with_target)
    on_track, off_track = (
        format_count(counts[status], "is", "are", none="none") for status in (ON_TRACK, OFF_TRACK)
    )
    unknown = format_count(counts[STATUS_UNKNOWN], "has", "have", none="none")
    return (
        f"Of {len(with_target)} commitments with a published target, {on_track} on track,"
        f" {off_track} off track and {unknown} unknown status."
    )


def _without_target_sentence(count: int) -> str:
    if not count:
        return ""
    return f" {format_count(count, 'more has', 'more have')} no published target."


def commitment_notes(assessed: pd.DataFrame, day: date) -> Iterator[str]:
    """Note which commitments are off track, and why the status of others is not known.

    Args:
        assessed: Assessed commitments.
        day: The day of the assessment.

    Yields:
        A note of one or two sentences.
    """
    for row in assessed[assessed["on_course"] == OFF_TRACK].to_dict("records"):
        yield f"Off track: {row['commitment']}. {row['why']} {row['reported']}".strip()
    yield from _unknown_status_notes(assessed)
    yield from _data_vintage_note(assessed, day)


def _unknown_status_notes(assessed: pd.DataFrame) -> Iterator[str]:
    status_unknown = assessed[assessed["on_course"] == STATUS_UNKNOWN]
    without_target = int(status_unknown["target"].isna().sum())
    if without_target:
        yield (
            f"{_commitments_with_verb(without_target, len(assessed))} no published target, so"
            " progress cannot be assessed."
        )
    if len(status_unknown) > without_target:
        yield (
            f"{format_count(len(status_unknown) - without_target, 'more has', 'more have')} a"
            " target, but no published figure, date or rate that shows whether it will be met."
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
