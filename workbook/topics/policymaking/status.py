"""Each consultation as known on a day: whether it is open, waiting or answered, and for how long.

What happens after the day is not known yet: a later closing date is a plan, and a later answer is
not there. An answer without a date is known only from when the table was made, which is the newest
day in it at the earliest.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import numpy as np
import pandas as pd

from workbook.tables.derived_values import remember_by_source
from workbook.topics.policymaking.data import consultations_schema
from workbook.topics.policymaking.data_checks import ANSWERED as ANSWERED_MARK
from workbook.topics.policymaking.data_checks import CHANNEL_COLUMNS

OPEN: Final = "Open"
WAITING: Final = "Waiting for an answer"
ANSWERED: Final = "Answered"
ANSWERED_UNDATED: Final = "Answered, date not known"
ANSWER_POSSIBLY_LATER: Final = "Closed, not known if answered by then"
DATES_MISSING: Final = "Not known: dates missing"

UNDATED_STATUSES: Final = (ANSWERED_UNDATED, ANSWER_POSSIBLY_LATER)
"""Statuses of a closed consultation with an answer of which no date is given."""

CLOSED_STATUSES: Final = (WAITING, ANSWERED, *UNDATED_STATUSES)
"""Statuses of a consultation that has closed by the day."""

COUNT_COLUMNS: Final = ("responses", *CHANNEL_COLUMNS, "proposals", "proposals_changed")
_DAY_COLUMNS = ("opened", "closed", "feedback_published", "outcome_published")


@remember_by_source
def consultations_as_of(table: pd.DataFrame, day: date) -> pd.DataFrame:
    """Describe each consultation as it was known at the end of a day.

    Args:
        table: The table of consultations; columns that it need not have may be missing.
        day: The day.

    Returns:
        A row for each consultation that had opened by the day or whose opening is not known. It has
        the table's columns, where later answers and counts that were not known yet are missing, and
        ``first_answer`` (the earlier of feedback and outcome), ``status``, ``days_open``,
        ``days_to_answer``, ``days_to_outcome``, ``days_since_closing`` (negative while open) and
        ``days_waiting``, NaN where not known. One that has opened is open until it is known to have
        closed.
    """
    rows = table.reindex(columns=list(consultations_schema.schema.columns)).astype(object)
    days = {name: _to_day_numbers(rows[name]) for name in _DAY_COLUMNS}
    is_marked = rows["answered"].eq(ANSWERED_MARK)
    newest = _newest_day(days, is_marked)
    rows = rows[~(days["opened"] > day.toordinal())]
    days = {name: ordinals[rows.index] for name, ordinals in days.items()}
    today = day.toordinal()
    feedback, outcome = (days[name].where(days[name] <= today) for name in _DAY_COLUMNS[2:])
    first_answer = pd.concat([feedback, outcome], axis=1).min(axis=1)
    has_later_answer = (days["feedback_published"] > today) | (days["outcome_published"] > today)
    status = _find_status(
        days,
        today,
        is_answered=first_answer.notna(),
        is_marked=is_marked[rows.index] & ~has_later_answer,
        is_before_table=today < newest,
    )
    counts = rows[[*COUNT_COLUMNS]].apply(_to_numbers)
    # Responses are counted after closing, and proposals are changed by the answer.
    counts = counts.where(status.ne(OPEN), axis=0)
    days_since_closing = today - days["closed"]
    is_without_answer = status.isin([OPEN, WAITING, ANSWER_POSSIBLY_LATER])
    counts["proposals_changed"] = counts["proposals_changed"].mask(is_without_answer)
    return rows.assign(
        feedback_published=_iso_days(feedback),
        outcome_published=_iso_days(outcome),
        first_answer=_iso_days(first_answer),
        status=status,
        days_open=days["closed"] - days["opened"],
        days_to_answer=first_answer - days["closed"],
        days_to_outcome=outcome - days["closed"],
        days_since_closing=days_since_closing,
        days_waiting=days_since_closing.where(status == WAITING),
        **counts,
    ).reset_index(drop=True)


def _find_status(
    days: Mapping[str, "pd.Series[float]"],
    today: int,
    *,
    is_answered: "pd.Series[bool]",
    is_marked: "pd.Series[bool]",
    is_before_table: bool,
) -> "pd.Series[Any]":
    """Status of each consultation; ``is_marked`` are answers of which no date is given."""
    has_closed = days["closed"] <= today
    conditions = {
        ANSWERED: is_answered,
        ANSWER_POSSIBLY_LATER if is_before_table else ANSWERED_UNDATED: has_closed & is_marked,
        WAITING: has_closed,
        OPEN: (days["opened"] <= today)
        & ((days["closed"] > today) | (days["closed"].isna() & ~is_marked)),
    }
    texts = np.select([*conditions.values()], [*conditions], default=DATES_MISSING)
    return pd.Series(texts, index=is_answered.index, dtype=object)


def _newest_day(days: Mapping[str, "pd.Series[float]"], is_marked: "pd.Series[bool]") -> float:
    """The newest day that was past when the table was made, as a day number; NaN for none.

    A closing date may be a plan, but not that of a consultation with an answer.
    """
    past = [days[name] for name in _DAY_COLUMNS if name != "closed"]
    return float(pd.concat([*past, days["closed"][is_marked]]).max())


def _to_numbers(counts: "pd.Series[Any]") -> "pd.Series[float]":
    """Counts as floats, NaN where blank."""
    numbers = [np.nan if pd.isna(count) else float(count) for count in counts]
    return pd.Series(numbers, index=counts.index, dtype=float)


def _to_day_numbers(texts: "pd.Series[Any]") -> "pd.Series[float]":
    """Day numbers of ISO days, NaN where blank."""
    numbers = [
        date.fromisoformat(text).toordinal() if isinstance(text, str) and text else np.nan
        for text in texts
    ]
    return pd.Series(numbers, index=texts.index, dtype=float)


def _iso_days(ordinals: "pd.Series[float]") -> "pd.Series[Any]":
    """ISO days of day numbers, blank where missing."""
    texts = [
        "" if np.isnan(number) else date.fromordinal(int(number)).isoformat() for number in ordinals
    ]
    return pd.Series(texts, index=ordinals.index, dtype=object)
