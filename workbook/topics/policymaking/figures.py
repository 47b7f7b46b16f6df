"""Figures of the selected consultations: in time, long enough, responses and proposals."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.methods.arrays import FloatArray
from workbook.topics.policymaking.answer_times import AnswerTimes, estimate_answer_times
from workbook.topics.policymaking.data_checks import CHANNEL_COLUMNS
from workbook.topics.policymaking.parameters import Policymaking
from workbook.topics.policymaking.selection import ConsultationSelection
from workbook.topics.policymaking.status import (
    ANSWER_POSSIBLY_LATER,
    ANSWERED,
    CLOSED_STATUSES,
    DATES_MISSING,
    OPEN,
    UNDATED_STATUSES,
    WAITING,
)

CHANNEL_NAMES: Final = dict(
    zip(CHANNEL_COLUMNS, ("Online", "By email", "On paper", "At events"), strict=True)
)
ONLINE: Final = "responses_online"

_BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Part:
    """A part of some things: ``count`` of ``total``."""

    count: float
    total: float

    @property
    def share(self) -> float | None:
        """The part as a fraction; None where there is nothing."""
        return self.count / self.total if self.total else None


@dataclass(frozen=True, eq=False)
class ConsultationFigures:
    """Figures of the selected consultations at the quarter's end.

    Attributes:
        rows: The consultations, with ``open_long_enough`` and ``in_time``: True, False, or None
            where it is not known yet.
        counts: Number of consultations by status.
        closed: Consultations that have closed.
        median_days_open: Median days open of the closed ones; None where none is known.
        open_long_enough: Of the closed ones with both dates, those open long enough.
        in_time: Of those whose days to answer are over, those answered in time.
        not_due: Closed consultations whose days to answer are not over.
        times: How long answers take.
        responses: Responses of each consultation with a count.
        online: Online responses, of all responses to consultations with both counts.
        online_consultations: Number of these consultations.
        changed: Proposals changed, of all proposals of consultations with both counts.
    """

    rows: pd.DataFrame
    counts: Mapping[str, int]
    closed: int
    median_days_open: float | None
    open_long_enough: Part
    in_time: Part
    not_due: int
    times: AnswerTimes
    responses: "pd.Series[float]"
    online: Part
    online_consultations: int
    changed: Part

    @property
    def total(self) -> int:
        """Number of consultations."""
        return len(self.rows)

    @property
    def dated(self) -> int:
        """Number of consultations of which it is known whether they are open or closed."""
        return self.total - self.counts.get(DATES_MISSING, 0)

    @property
    def undated_answers(self) -> int:
        """Number of closed consultations with an answer of which the day is not known."""
        return sum(self.counts.get(status, 0) for status in UNDATED_STATUSES)

    @property
    def has_possibly_later_answers(self) -> bool:
        """Whether the answers without a date may be from after the quarter."""
        return ANSWER_POSSIBLY_LATER in self.counts

    @cached_property
    def open_without_closing_date(self) -> int:
        """Number of open consultations of which no closing date is known."""
        rows = self.rows[self.rows["status"].eq(OPEN)]
        return int(rows["days_since_closing"].isna().sum())

    @cached_property
    def missing_dates(self) -> str:
        """Which dates the consultations lack that count as neither open nor closed."""
        rows = self.rows[self.rows["status"].eq(DATES_MISSING)]
        for known, missing in (("opened", "closing"), ("closed", "opening")):
            if rows[known].fillna("").ne("").all():
                return f"{missing} dates"
        return "dates"

    @property
    def answered(self) -> int:
        """Number of consultations with an answer, on whatever day."""
        return self.counts.get(ANSWERED, 0) + self.undated_answers

    @cached_property
    def newest_day(self) -> str:
        """The newest day in the data up to the quarter's end; empty without dates."""
        has_closed = self.rows["days_since_closing"].ge(0)
        days = [
            *self.rows["opened"],
            *self.rows.loc[has_closed, "closed"],
            *self.rows["feedback_published"],
            *self.rows["outcome_published"],
        ]
        return max((str(day) for day in days if isinstance(day, str) and day), default="")


def calculate_figures(selection: ConsultationSelection) -> ConsultationFigures:
    """Calculate the figures of a selection.

    Args:
        selection: The selected consultations.

    Returns:
        The figures.
    """
    scenario, rows = selection.scenario, _judge_consultations(selection.rows, selection.scenario)
    closed = rows[rows["status"].isin(CLOSED_STATUSES)]
    days_open, days_closed = (
        _known_numbers(closed[name]) for name in ("days_open", "days_since_closing")
    )
    long_enough = _known_numbers(closed["open_long_enough"])
    in_time = _known_numbers(rows["in_time"])
    responses, online = (rows[name].to_numpy(float) for name in ("responses", ONLINE))
    return ConsultationFigures(
        rows=rows,
        counts=Counter(rows["status"]),
        closed=len(closed),
        median_days_open=float(np.median(days_open)) if days_open.size else None,
        open_long_enough=Part(int(long_enough.sum()), long_enough.size),
        in_time=Part(int(in_time.sum()), in_time.size),
        not_due=int((days_closed < scenario.standard_days).sum()),
        times=estimate_answer_times(rows),
        responses=rows["responses"].dropna().astype(float),
        online=_sum_part(online, responses),
        online_consultations=int((~np.isnan(online + responses)).sum()),
        changed=_sum_part(
            *(rows[name].to_numpy(float) for name in ("proposals_changed", "proposals"))
        ),
    )


def _judge_consultations(rows: pd.DataFrame, scenario: Policymaking) -> pd.DataFrame:
    """Judge each consultation by the standards.

    Whether an answer is in time is judged once the days to answer are over, for all alike. To judge
    early answers at once would count them and leave out those that are still waiting.
    """
    days_open, days_to_answer, days_since_closing = (
        rows[name].to_numpy(float) for name in ("days_open", "days_to_answer", "days_since_closing")
    )
    status = rows["status"]
    is_judged = (
        (days_since_closing >= scenario.standard_days)
        & ~status.isin([OPEN, DATES_MISSING, *UNDATED_STATUSES]).to_numpy()
        & (~np.isnan(days_to_answer) | status.eq(WAITING).to_numpy())
    )
    return rows.assign(
        in_time=_keep_known(days_to_answer <= scenario.standard_days, is_judged),
        open_long_enough=_keep_known(days_open >= scenario.minimum_open_days, ~np.isnan(days_open)),
    )


def _keep_known(is_met: _BoolArray, is_known: _BoolArray) -> npt.NDArray[np.object_]:
    """Whether a standard is met by each; None where that is not known."""
    judgements = is_met.astype(object)
    judgements[~is_known] = None
    return judgements


def _known_numbers(values: "pd.Series[Any]") -> FloatArray:
    """The numbers of a column, without those that are missing."""
    numbers: FloatArray = values.to_numpy(float)
    return numbers[~np.isnan(numbers)]


def _sum_part(part: FloatArray, whole: FloatArray) -> Part:
    """Sum a count and what it is part of, over the consultations with both."""
    has_both = ~np.isnan(part + whole)
    return Part(float(part[has_both].sum()), float(whole[has_both].sum()))


def channels_table(figures: ConsultationFigures) -> pd.DataFrame:
    """Responses by channel.

    Args:
        figures: The figures.

    Returns:
        A row for each channel with a count: its responses, and how many consultations have a count.
    """
    counts = figures.rows[list(CHANNEL_NAMES)].astype(float)
    rows = [
        (CHANNEL_NAMES[name], counts[name].sum(), int(counts[name].notna().sum()))
        for name in CHANNEL_NAMES
        if counts[name].notna().any()
    ]
    return pd.DataFrame(rows, columns=["channel", "responses", "counted"])
