"""Sentence on how many commitments were or would be met, for the headline."""

from datetime import date

import pandas as pd

from workbook.periods import period_end
from workbook.text.dates import format_day
from workbook.text.grammar import (
    capitalise_first,
    choose_form,
    choose_none,
    format_count,
    join_items,
)
from workbook.topics.delivery.commitments.kinds import COMMITMENT
from workbook.topics.delivery.commitments.status import OFF_TRACK, ON_TRACK, STATUS_UNKNOWN
from workbook.topics.delivery.commitments.status_labels import count_statuses

_PROJECTED_MISS = "would be missed at recent rates"
"""Off track by the slowest and the fastest rate of the last quarters."""

_FROM_DATA_HELD = " from the data held"
"""Ends a sentence on targets that were due: an outcome can be published and not held."""


def status_sentence(assessed: pd.DataFrame, day: date, all_count: int) -> str:
    """Write how many commitments have a target in the report, and how many of them are on track.

    Args:
        assessed: The selected commitments with their status, and what else is followed.
        day: The day of the assessment.
        all_count: Number of commitments, selected or not, that had been reported by the day.

    Returns:
        One or two sentences. Figures and events that are followed do not count.
    """
    commitments = assessed[assessed["kind"] == COMMITMENT]
    with_target = commitments[commitments["target"].notna()]
    count, target_count = len(commitments), len(with_target)
    if not all_count:
        return f"No commitment had been reported by {format_day(day)}."
    if not count:
        return f"The selection has none of the {all_count} commitments."
    if target_count > 1:
        return f"Of {_name_targets(with_target, day)}, {list_statuses(with_target, day)}."
    verdict = _describe_status(with_target, day) if target_count else "has no target in the report"
    if count == 1:
        return f"{_count_selected(count, all_count)} It {verdict}."
    if target_count:
        return f"1 of {count} commitments has a target in the report. It {verdict}."
    none = capitalise_first(choose_none(count))
    return f"{_count_selected(count, all_count)} {none} has a target in the report."


def _name_targets(with_target: pd.DataFrame, day: date) -> str:
    """How many targets there are: in two words where a projection takes more of the headline."""
    is_short = not are_all_missed(with_target, day)
    noun = "targets" if is_short else "commitments with a target"
    return f"{len(with_target)} {noun}"


def _count_selected(count: int, all_count: int) -> str:
    """How many commitments are selected, or how many there are if all are."""
    if count == all_count:
        return f"The report makes {format_count(count, 'commitment')}."
    verb = choose_form(count, "is", "are")
    return f"{count} of the {all_count} commitments {verb} selected."


def _describe_status(with_target: pd.DataFrame, day: date) -> str:
    """The status of the one commitment with a target, to follow "it"."""
    status, target_date = with_target[["on_course", "target_date"]].iloc[0]
    is_due = was_due(target_date, day)
    if status == STATUS_UNKNOWN:
        return f"cannot be judged{_FROM_DATA_HELD if is_due else ''}"
    if status == ON_TRACK:
        return "was met" if is_due else "is on track"
    return "was missed" if is_due else _PROJECTED_MISS


def list_statuses(with_target: pd.DataFrame, day: date) -> str:
    """List how many commitments have each status.

    Once all dates have passed, commitments were met or missed. Before, a commitment that is not
    known to be on track may still be: the figures only fail to show it.

    Args:
        with_target: Assessed commitments that have a target, more than one.
        day: The day of the assessment.

    Returns:
        Such as ``none can be shown on track, one was missed and 17 cannot be judged``.
    """
    counts = count_statuses(with_target)
    none, are_due = choose_none(len(with_target)), _are_all_due(with_target, day)
    unknown = counts[STATUS_UNKNOWN]
    if unknown == len(with_target):
        return f"{none} can be judged{_FROM_DATA_HELD if are_due else ''}"
    parts = []
    if on_track := counts[ON_TRACK]:
        is_met = "met" if are_due else "on track"
        verbs = ("was", "were") if are_due else ("is", "are")
        parts.append(f"{format_count(on_track, *verbs, one='one')} {is_met}")
    elif not are_due:
        parts.append(f"{none} can be shown on track")
    if off_track := counts[OFF_TRACK]:
        parts.append(_count_missed(with_target, off_track, day))
    if unknown:
        limit = _FROM_DATA_HELD if are_due else ""
        parts.append(f"{'one' if unknown == 1 else unknown} cannot be judged{limit}")
    return join_items(parts)


def _count_missed(with_target: pd.DataFrame, off_track: int, day: date) -> str:
    """How many targets were missed, or would be at the rates of the last quarters."""
    count = "one" if off_track == 1 else str(off_track)
    off_track_dates = with_target.loc[with_target["on_course"] == OFF_TRACK, "target_date"]
    if are_all_missed(with_target, day):
        return f"{count} {choose_form(off_track, 'was', 'were')} missed"
    if any(was_due(target_date, day) for target_date in off_track_dates):
        return f"{count} were or would be missed"
    return f"{count} {_PROJECTED_MISS}"


def _are_all_due(with_target: pd.DataFrame, day: date) -> bool:
    """Whether every target with a date was due by a day, and at least one has a date."""
    dates = [date for date in with_target["target_date"] if isinstance(date, str) and date]
    return bool(dates) and all(was_due(target_date, day) for target_date in dates)


def are_all_missed(with_target: pd.DataFrame, day: date) -> bool:
    """Whether every target that is off track was due by a day, and so is missed.

    Args:
        with_target: Assessed commitments that have a target.
        day: The day of the assessment.

    Returns:
        True also if none is off track.
    """
    target_dates = with_target.loc[with_target["on_course"] == OFF_TRACK, "target_date"]
    return all(was_due(target_date, day) for target_date in target_dates)


def was_due(target_date: object, day: date) -> bool:
    """Whether a target was due by a day.

    Args:
        target_date: The month by whose end it is due; blank or missing if it has no date.
        day: The day.

    Returns:
        False for a target without a date.
    """
    return isinstance(target_date, str) and bool(target_date) and period_end(target_date) <= day
