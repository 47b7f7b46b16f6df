"""Status of a commitment on a day: met, on track, off track, missed or unknown, and why."""

import operator
from dataclasses import dataclass
from datetime import date
from typing import Final

from workbook.periods import MONTHS_PER_QUARTER, is_day, months_between, period_end, shift_month
from workbook.text.dates import format_day, format_month
from workbook.text.numbers import format_value
from workbook.topics.delivery.amounts import describe_target, format_amount

AT_LEAST, MORE_THAN, FEWER_THAN = "at least", "more than", "fewer than"
"""How a target is meant."""

MET, ON_TRACK, OFF_TRACK, MISSED, STATUS_UNKNOWN = (
    "met",
    "on track",
    "off track",
    "missed",
    "unknown",
)
STATUSES: Final = (MISSED, OFF_TRACK, STATUS_UNKNOWN, ON_TRACK, MET)
"""Every status, those that need attention first."""

_TARGET_TESTS: Final = {AT_LEAST: operator.ge, MORE_THAN: operator.gt, FEWER_THAN: operator.lt}
_LEAST_PACES = 2
"""Quarters whose pace must be known before a target ahead can be judged."""

_OUTCOME_MISSING = "This workbook holds no outcome at the due date."
_VALUE_MISSING = "The current value is not published."
_ONE_PACE_WARNING = "One quarter’s rate is too little to judge by."
StatusWithReason = tuple[str, str]
"""A status, and the reason in a sentence."""


@dataclass(frozen=True, kw_only=True)
class CommitmentStatus:
    """The figures from which a commitment's status follows. None or blank means not known.

    Attributes:
        unit: Unit of the value and the target.
        period: The month or day for which the value holds.
        sense: How the target is meant: at least, more than or fewer than.
        target: The target.
        target_date: The month by whose end the target is due.
        value: The current value.
        paces: How much each quarter added, the quarter up to the period first.
        date_printed: The date in the words of the report, if it names no month.
        counted_from: The month in which counting begins; blank if everything to date counts.
        reported: What the report says about the value.
    """

    unit: str
    period: str
    sense: str
    target: float
    target_date: str
    value: float | None = None
    paces: tuple[float, ...] = ()
    date_printed: str = ""
    counted_from: str = ""
    reported: str = ""

    def assess_on(self, day: date) -> StatusWithReason:
        """Assess the status on a day.

        A target reached in time is met, and a target not reached at its date is missed. A limit
        that must not be exceeded is met at its date, and on track before. Before its date any
        other target is projected at the slowest and at the fastest pace of the last quarters: it
        is on track if both reach it, and off track if neither does. One quarter's pace is too
        little to judge by, and time that has passed is not progress. Where that leaves a doubt, or
        a figure is missing, the status is unknown.

        Args:
            day: The day of the assessment.

        Returns:
            The status and the reason.
        """
        if self.counted_from and period_end(shift_month(self.counted_from, -1)) >= day:
            return STATUS_UNKNOWN, self._explain_not_begun()
        if self.value is None:
            return STATUS_UNKNOWN, self._explain_missing_value(day)
        if self._counts_time():
            return STATUS_UNKNOWN, self._explain_elapsed_time(self.value, day)
        if self._meets_target(self.value):
            return self._status_when_reached()
        if self._is_due(day) or self._is_at_target_date():
            return self._status_when_missed()
        return self._projected_status(self.value)

    def _meets_target(self, value: float) -> bool:
        return bool(_TARGET_TESTS[self.sense](value, self.target))

    def _counts_time(self) -> bool:
        """Whether the value is time that has passed towards a number of months."""
        return self.unit == "months" and self.sense != FEWER_THAN

    def _status_when_reached(self) -> StatusWithReason:
        if period_end(self.period) > period_end(self.target_date):
            doubt = f"Whether it was met by {self._due_date()} is not known."
            return STATUS_UNKNOWN, f"{self._compare_with_target()}. {doubt}"
        if self.sense == FEWER_THAN and not self._is_at_target_date():
            return ON_TRACK, f"{self._compare_with_target()}, due by {self._due_date()}."
        return MET, f"{self._compare_with_target()}, due by {self._due_date()}."

    def _status_when_missed(self) -> StatusWithReason:
        if self._is_at_target_date():
            return MISSED, f"{self._compare_with_target()}, due by {self._due_date()}."
        latest = f"Latest figure: {self._compare_with_target()}."
        return STATUS_UNKNOWN, f"The target was due by {self._due_date()}. {latest}"

    def _is_at_target_date(self) -> bool:
        """Whether the value is for the target's date or later."""
        return period_end(self.period) >= period_end(self.target_date)

    def _projected_status(self, value: float) -> StatusWithReason:
        if not self.paces:
            return (
                STATUS_UNKNOWN,
                f"{self._compare_with_target()}. No earlier figure shows the rate of progress.",
            )
        slowest, fastest = (
            value + pace * self._quarters_to_target() for pace in (min(self.paces), max(self.paces))
        )
        reached = {self._meets_target(projected) for projected in (slowest, fastest)}
        explanation = (
            f"{self._compare_with_target()}. {self._describe_projection(slowest, fastest)}"
        )
        if len(self.paces) < _LEAST_PACES:
            return STATUS_UNKNOWN, f"{explanation} {_ONE_PACE_WARNING}"
        if len(reached) > 1:
            return STATUS_UNKNOWN, explanation
        return (ON_TRACK if reached.pop() else OFF_TRACK), explanation

    def _describe_projection(self, slowest: float, fastest: float) -> str:
        due = self._due_date()
        if len(self.paces) == 1:
            return (
                f"At last quarter’s rate of {self._format_amount(self.paces[0])}, the figure would"
                f" be {self._format_amount(fastest)} by {due}."
            )
        added, projected = (
            " to ".join(dict.fromkeys(self._format_amount(amount) for amount in ends))
            for ends in ((min(self.paces), max(self.paces)), (slowest, fastest))
        )
        return (
            f"The last {len(self.paces)} quarters added {added} each, so the figure would be"
            f" {projected} by {due}."
        )

    def _explain_not_begun(self) -> str:
        explanation = (
            f"Counting begins in {format_month(self.counted_from)}. {self._describe_rule()}"
        )
        if not self.paces:
            return explanation
        projected = self.paces[0] * self._quarters_to_target()
        projection = self._describe_projection(projected, projected)
        return f"{explanation} {projection} {_ONE_PACE_WARNING}"

    def _explain_missing_value(self, day: date) -> str:
        if not self.paces or self._is_due(day) or self.counted_from:
            return f"{self._describe_rule()} {self._describe_missing(day)}"
        needed = self.target - self.paces[0] * self._quarters_to_target()
        return (
            f"The value in {format_month(self.period)} is not published. At last quarter’s rate of"
            f" {self._format_amount(self.paces[0])}, it would have to be"
            f" {self._describe_target(needed)} to reach {self._describe_target(self.target)} by"
            f" {self._due_date()}."
        )

    def _describe_missing(self, day: date) -> str:
        if self._is_due(day):
            return _OUTCOME_MISSING
        return "Whether it is done is not published." if self._is_done_once() else _VALUE_MISSING

    def _describe_rule(self) -> str:
        if self._is_done_once():
            return f"It is due by {self._due_date()}."
        return f"The target is {self._describe_target(self.target)} by {self._due_date()}."

    def _is_done_once(self) -> bool:
        """Whether the target is to do one thing, so that its number says nothing."""
        return (self.unit, self.sense, self.target) == ("count", AT_LEAST, 1)

    def _explain_elapsed_time(self, value: float, day: date) -> str:
        """Say how much time had passed, such as ``3 of 6 months had passed in June 2014``."""
        elapsed = (
            f"{format_value(value, self.unit)} of {self._format_amount(self.target)} had passed"
            f" {_describe_when(self.period)}."
        )
        doubt = (
            _OUTCOME_MISSING
            if self._is_due(day)
            else "Time that has passed does not show progress."
        )
        return " ".join(filter(None, (elapsed, self.reported, doubt)))

    def _is_due(self, day: date) -> bool:
        return period_end(self.target_date) <= day

    def _quarters_to_target(self) -> float:
        months = months_between(f"{period_end(self.period):%Y-%m}", self.target_date)
        return months / MONTHS_PER_QUARTER

    def _due_date(self) -> str:
        """The target's date: ``November 2014 (published as “Autumn 2014”)``."""
        printed = f" (published as “{self.date_printed}”)" if self.date_printed else ""
        return f"{format_month(self.target_date)}{printed}"

    def _compare_with_target(self) -> str:
        """Compare value and target: ``3 in June 2014 against a target of at least 7``."""
        value = self.value or 0.0
        return (
            f"{self._format_amount(value)} {_describe_when(self.period)} against a target of"
            f" {self._describe_target(self.target)}"
        )

    def _describe_target(self, target: float) -> str:
        return describe_target(target, self.unit, self.sense)

    def _format_amount(self, value: float) -> str:
        return format_amount(value, self.unit)


def _describe_when(period: str) -> str:
    """When a value holds: ``in June 2014``, ``on 27 March 2015``."""
    return f"on {format_day(period)}" if is_day(period) else f"in {format_month(period)}"
