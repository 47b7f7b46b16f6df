"""Status of a commitment on a day: on track, off track or not known, and why."""

import operator
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from workbook.periods import MONTHS_PER_QUARTER, is_day, months_between, period_end, shift_month
from workbook.text.dates import format_day, format_month
from workbook.text.numbers import format_value
from workbook.topics.delivery.commitments.amounts import describe_target, format_amount

AT_LEAST, MORE_THAN, FEWER_THAN = "at least", "more than", "fewer than"
"""How a target is meant."""

ON_TRACK, OFF_TRACK, STATUS_UNKNOWN = "yes", "no", "not known"
_TARGET_TESTS: Final = {AT_LEAST: operator.ge, MORE_THAN: operator.gt, FEWER_THAN: operator.lt}
MISSED_PREFIX: Final = "Target missed: "
"""How the reason of a commitment begins whose target was missed."""

_LEAST_PACES = 2
"""Quarters whose pace must be known before a target ahead can be judged."""

_OUTCOME_MISSING = "This workbook holds no outcome at the due date."
_ONE_PACE_WARNING = "One quarter’s rate is too little to judge by."
CommitmentRow = dict[Hashable, Any]
"""The columns of one commitment."""

StatusWithReason = tuple[str, str]
"""A status, and the reason in a sentence."""


@dataclass(frozen=True, kw_only=True)
class CommitmentStatus:
    """The figures from which a commitment's status follows. None or blank means not known.

    Attributes:
        unit: Unit of the value and the target.
        period: The month or day for which the value holds.
        value: The current value.
        paces: How much each quarter added, the quarter up to the period first.
        sense: How the target is meant: at least, more than or fewer than.
        target: The target.
        target_date: The month by whose end the target is due.
        date_printed: The date in the words of the report, if it names no month.
        counted_from: The month in which counting begins; blank if everything to date counts.
        reported: What the report says about the value.
    """

    unit: str
    period: str
    value: float | None = None
    paces: tuple[float, ...] = ()
    sense: str = ""
    target: float | None = None
    target_date: str = ""
    date_printed: str = ""
    counted_from: str = ""
    reported: str = ""

    def assess_on(self, day: date) -> StatusWithReason:
        """Assess the status on a day.

        A target reached in time is on track, and a target missed at its date is off track. Before
        its date a target is projected at the slowest and at the fastest pace of the last quarters:
        it is on track if both reach it, and off track if neither does. One quarter's pace is too
        little to judge by, and time that has passed is not progress. Where that leaves a doubt, or
        a figure is missing, the status is not known.

        Args:
            day: The day of the assessment.

        Returns:
            The status and the reason.
        """
        if self.target is None or self.sense not in _TARGET_TESTS:
            return STATUS_UNKNOWN, self._explain_missing_target()
        if self.counted_from and period_end(shift_month(self.counted_from, -1)) >= day:
            return STATUS_UNKNOWN, self._explain_not_begun(self.target)
        if self.value is None:
            return STATUS_UNKNOWN, self._explain_missing_value(self.target, day)
        if self._counts_time():
            return STATUS_UNKNOWN, self._explain_elapsed_time(self.value, self.target, day)
        if self._meets_target(self.value, self.target):
            return self._status_when_reached()
        return self._status_ahead(self.value, self.target, day)

    def _status_ahead(self, value: float, target: float, day: date) -> StatusWithReason:
        """Status of a target that is not reached: missed, or projected to its date."""
        if not self.target_date:
            return (
                STATUS_UNKNOWN,
                f"{self._compare_with_target()}. The report gives no target date.",
            )
        if self._is_due(day) or self._is_at_target_date():
            return self._status_when_missed()
        return self._projected_status(value, target)

    def _meets_target(self, value: float, target: float) -> bool:
        return bool(_TARGET_TESTS[self.sense](value, target))

    def _counts_time(self) -> bool:
        """Whether the value is time that has passed towards a number of months."""
        return self.unit == "months" and self.sense != FEWER_THAN

    def _status_when_reached(self) -> StatusWithReason:
        reached_late = self.target_date and period_end(self.period) > period_end(self.target_date)
        if reached_late:
            doubt = f"Whether it was met by {self._due_date()} is not known."
            return STATUS_UNKNOWN, f"{self._compare_with_target()}. {doubt}"
        return ON_TRACK, f"Target met: {self._compare_with_target()}."

    def _status_when_missed(self) -> StatusWithReason:
        if self._is_at_target_date():
            reason = f"{self._compare_with_target()}, due by {self._due_date()}."
            return OFF_TRACK, f"{MISSED_PREFIX}{reason}"
        latest = f"Latest figure: {self._compare_with_target()}."
        return STATUS_UNKNOWN, f"The target was due by {self._due_date()}. {latest}"

    def _is_at_target_date(self) -> bool:
        """Whether the value is for the target's date or later."""
        return period_end(self.period) >= period_end(self.target_date)

    def _projected_status(self, value: float, target: float) -> StatusWithReason:
        if not self.paces:
            return (
                STATUS_UNKNOWN,
                f"{self._compare_with_target()}. No earlier figure shows the rate of progress.",
            )
        slowest, fastest = (
            value + pace * self._quarters_to_target() for pace in (min(self.paces), max(self.paces))
        )
        reached = {self._meets_target(projected, target) for projected in (slowest, fastest)}
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

    def _explain_not_begun(self, target: float) -> str:
        explanation = (
            f"Counting begins in {format_month(self.counted_from)}. The target is"
            f" {self._describe_target(target)}{self._due_text()}."
        )
        if not self.paces or not self.target_date:
            return explanation
        projected = self.paces[0] * self._quarters_to_target()
        projection = self._describe_projection(projected, projected)
        return f"{explanation} {projection} {_ONE_PACE_WARNING}"

    def _explain_missing_target(self) -> str:
        if self.target is None:
            return "The report gives no target."
        return (
            f"The report does not say whether {self._format_amount(self.target)} is a minimum or a"
            " maximum."
        )

    def _explain_missing_value(self, target: float, day: date) -> str:
        if not self.paces or not self.target_date or self._is_due(day) or self.counted_from:
            missing = (
                _OUTCOME_MISSING if self._is_due(day) else "The current value is not published."
            )
            return f"{self._describe_rule(target)} {missing}"
        needed = target - self.paces[0] * self._quarters_to_target()
        return (
            f"The value in {format_month(self.period)} is not published. At last quarter’s rate of"
            f" {self._format_amount(self.paces[0])}, it would have to be"
            f" {self._describe_target(needed)} to reach {self._describe_target(target)} by"
            f" {self._due_date()}."
        )

    def _describe_rule(self, target: float) -> str:
        """The target with its date, or with the day from which it applies if it has no date."""
        if self.counted_from and not self.target_date:
            start = format_day(f"{self.counted_from}-01")
            return f"From {start} the target is {self._describe_target(target)}."
        return f"The target is {self._describe_target(target)}{self._due_text()}."

    def _explain_elapsed_time(self, value: float, target: float, day: date) -> str:
        """Say how much time had passed, such as ``3 of 6 months had passed in June 2014``."""
        elapsed = (
            f"{format_value(value, self.unit)} of {self._format_amount(target)} had passed"
            f" {_describe_when(self.period)}."
        )
        doubt = (
            _OUTCOME_MISSING
            if self._is_due(day)
            else "Time that has passed does not show progress."
        )
        return " ".join(filter(None, (elapsed, self.reported, doubt)))

    def _is_due(self, day: date) -> bool:
        return bool(self.target_date) and period_end(self.target_date) <= day

    def _quarters_to_target(self) -> float:
        months = months_between(f"{period_end(self.period):%Y-%m}", self.target_date)
        return months / MONTHS_PER_QUARTER

    def _due_date(self) -> str:
        """The target's date: ``November 2014 (published as “Autumn 2014”)``."""
        printed = f" (published as “{self.date_printed}”)" if self.date_printed else ""
        return f"{format_month(self.target_date)}{printed}"

    def _due_text(self) -> str:
        return f" by {self._due_date()}" if self.target_date else ""

    def _compare_with_target(self) -> str:
        """Compare value and target: ``3 in June 2014 against a target of at least 7``."""
        value, target = self.value or 0.0, self.target or 0.0
        return (
            f"{self._format_amount(value)} {_describe_when(self.period)} against a target of"
            f" {self._describe_target(target)}"
        )

    def _describe_target(self, target: float) -> str:
        return describe_target(target, self.unit, self.sense)

    def _format_amount(self, value: float) -> str:
        return format_amount(value, self.unit)


def _describe_when(period: str) -> str:
    """When a value holds: ``in June 2014``, ``on 27 March 2015``."""
    return f"on {format_day(period)}" if is_day(period) else f"in {format_month(period)}"
