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
        A sentence.
    """
    commitment_count = len(assessed)
    with_target = assessed[assessed["target"].notna()]
    if not commitment_count:
        return (
            "No commitment beside them is one of those chosen."
            if is_filtered
            else f"No commitment had been reported by {quarter}."
        )
    if with_target.empty:
        single_commitment = "The one commitment followed has no published target."
        return (
            single_commitment
            if commitment_count == 1
            else f"None of {commitment_count} commitments have a published target."
        )
    on_track, off_track, unknown = (
        format_count(count_statuses(with_target)[status], "is", "are", none="none")
        for status in (ON_TRACK, OFF_TRACK, STATUS_UNKNOWN)
    )
    return (
        f"Of {format_count(len(with_target), 'commitment', one='one')} with a published target,"
        f" {on_track} on course, {off_track} off course, and {unknown} not known to be"
        f" either{_without_target_clause(commitment_count - len(with_target))}."
    )


def _without_target_clause(count: int) -> str:
    if not count:
        return ""
    return f"; {format_count(count, 'other has', 'others have')} none"


def commitment_notes(assessed: pd.DataFrame, day: date) -> Iterator[str]:
    """Note which commitments are off track, and why the status of others is not known.

    Args:
        assessed: Assessed commitments.
        day: The day of the assessment.

    Yields:
        A note of one or two sentences.
    """
    for row in assessed[assessed["on_course"] == OFF_TRACK].to_dict("records"):
        yield f"Off course: {row['commitment']}. {row['why']}"
    yield from _unknown_status_notes(assessed)
    yield from _data_vintage_note(assessed, day)


def _unknown_status_notes(assessed: pd.DataFrame) -> Iterator[str]:
    status_unknown = assessed[assessed["on_course"] == STATUS_UNKNOWN]
    without_target = int(status_unknown["target"].isna().sum())
    if without_target:
        yield (
            f"{_commitments_with_verb(without_target, len(assessed))} no published target: nothing"
            " published tells whether that is on course."
        )
    if len(status_unknown) > without_target:
        yield (
            f"{len(status_unknown) - without_target} more have a target, and no figure, date or"
            " pace that would tell whether it will be reached."
        )


def _data_vintage_note(assessed: pd.DataFrame, day: date) -> Iterator[str]:
    """Note if the newest published figure is from before the day."""
    is_published = ~assessed["rests_on"].str.contains("exemplars.", regex=False)
    published_periods = assessed[is_published]["period"]
    if len(published_periods) and period_end(newest := str(published_periods.max())) < day:
        yield (
            f"The newest report here is of {format_month(newest)}: nothing printed since is known."
        )


def _commitments_with_verb(count: int, commitment_count: int) -> str:
    """Number of commitments with a verb, as in ``3 of 5 commitments have``, or all of them."""
    if commitment_count == 1:
        return "The one commitment has"
    if count == commitment_count:
        return f"All {commitment_count} commitments have"
    return f"{count} of {commitment_count} commitments {choose_form(count, 'has', 'have')}"
