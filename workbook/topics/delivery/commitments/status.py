"""Status of a commitment on a day: on track, off track or not known, and why."""

import operator
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

import pandas as pd

from workbook.periods import period_end, quarter_of, quarters_between
from workbook.text.dates import format_month
from workbook.text.numbers import format_value

AT_LEAST, MORE_THAN, FEWER_THAN = "at least", "more than", "fewer than"
"""How a target is meant."""

ON_TRACK, OFF_TRACK, STATUS_UNKNOWN = "yes", "no", "not known"
STATUS_LABELS: Final = {
    ON_TRACK: "on track",
    OFF_TRACK: "off track",
    STATUS_UNKNOWN: "unknown",
}
_TARGET_TESTS: Final = {AT_LEAST: operator.ge, MORE_THAN: operator.gt, FEWER_THAN: operator.lt}
CommitmentRow = dict[Hashable, Any]
"""The columns of one commitment."""

StatusWithReason = tuple[str, str]
"""A status, and the reason in a sentence."""


@dataclass(frozen=True)
class CommitmentStatus:
    """The figures from which a commitment's status follows. None or blank means not known.

    Attributes:
        unit: Unit of the value and the target.
        period: The month or day for which the value holds.
        value: The current value.
        added: How much of the value the quarter up to the period added.
        sense: How the target is meant: at least, more than or fewer than.
        target: The target.
        target_date: The month by whose end the target is due.
    """

    unit: str
    period: str
    value: float | None = None
    added: float | None = None
    sense: str = ""
    target: float | None = None
    target_date: str = ""

    def assess(self, day: date) -> StatusWithReason:
        """Assess the status on a day.

        A target reached in time is on track, and a target missed at its date is off track. Before
        its date a target is projected at the pace of the last quarter. Where a figure is missing,
        the status is not known.

        Args:
            day: The day of the assessment.

        Returns:
            The status and the reason.
        """
        if self.target is None or self.sense not in _TARGET_TESTS:
            return STATUS_UNKNOWN, self._explain_missing_target()
        if self.value is None:
            return STATUS_UNKNOWN, self._explain_missing_value(self.target, day)
        if self._meets_target(self.value, self.target):
            return self._status_when_reached()
        if not self.target_date:
            return STATUS_UNKNOWN, f"{self._compare_with_target()}. No target date is published."
        if period_end(self.target_date) <= day or self._is_at_target_date():
            return self._status_when_missed()
        return self._projected_status(self.value, self.target)

    def _meets_target(self, value: float, target: float) -> bool:
        return bool(_TARGET_TESTS[self.sense](value, target))

    def _status_when_reached(self) -> StatusWithReason:
        reached_late = self.target_date and period_end(self.period) > period_end(self.target_date)
        if reached_late:
            due = format_month(self.target_date)
            return (
                STATUS_UNKNOWN,
                f"{self._compare_with_target()}. Whether it was met by {due} is not known.",
            )
        return ON_TRACK, f"Target met: {self._compare_with_target()}."

    def _status_when_missed(self) -> StatusWithReason:
        due = format_month(self.target_date)
        if self._is_at_target_date():
            return OFF_TRACK, f"Target missed: {self._compare_with_target()}, due by {due}."
        return (
            STATUS_UNKNOWN,
            f"The target was due by {due}. Latest figure: {self._compare_with_target()}.",
        )

    def _is_at_target_date(self) -> bool:
        """Whether the value is for the target's date or later."""
        return period_end(self.period) >= period_end(self.target_date)

    def _projected_status(self, value: float, target: float) -> StatusWithReason:
        if self.added is None:
            return (
                STATUS_UNKNOWN,
                f"{self._compare_with_target()}. No earlier figure shows the rate of progress.",
            )
        projected = value + self.added * self._quarters_to_target()
        meets_target = self._meets_target(projected, target)
        return (
            (ON_TRACK if meets_target else OFF_TRACK),
            (
                f"{self._compare_with_target()}. At last quarter’s rate of"
                f" {self._format_amount(self.added)}, the figure would be"
                f" {self._format_amount(projected)} by {format_month(self.target_date)}."
            ),
        )

    def _explain_missing_target(self) -> str:
        if self.target is None:
            return "No target is published."
        return (
            f"The report does not say whether {self._format_amount(self.target)} is a minimum or a"
            " maximum."
        )

    def _explain_missing_value(self, target: float, day: date) -> str:
        is_due = bool(self.target_date) and period_end(self.target_date) <= day
        if self.added is None or not self.target_date or is_due:
            return (
                f"The target is {self._describe_target(target)}. The current value is not"
                " published."
            )
        needed = target - self.added * self._quarters_to_target()
        return (
            f"The value in {format_month(self.period)} is not published. At last quarter’s rate of"
            f" {self._format_amount(self.added)}, it would have to be"
            f" {self._describe_target(needed)} to reach {self._describe_target(target)} by"
            f" {format_month(self.target_date)}."
        )

    def _quarters_to_target(self) -> int:
        return quarters_between(quarter_of(self.period), quarter_of(self.target_date))

    def _compare_with_target(self) -> str:
        """Compare value and target: ``3 in June 2014 against a target of at least 7``."""
        value, target = self.value or 0.0, self.target or 0.0
        return (
            f"{self._format_amount(value)} in {format_month(self.period)} against a target of"
            f" {self._describe_target(target)}"
        )

    def _describe_target(self, target: float) -> str:
        return f"{self.sense} {self._format_amount(target)}"

    def _format_amount(self, value: float) -> str:
        return format_value(float(value), self.unit)


def count_statuses(assessed: pd.DataFrame) -> dict[str, int]:
    """Count commitments by status.

    Args:
        assessed: Assessed commitments.

    Returns:
        The number for each of ON_TRACK, OFF_TRACK and STATUS_UNKNOWN.
    """
    return {
        status: int((assessed["on_course"] == status).sum())
        for status in (ON_TRACK, OFF_TRACK, STATUS_UNKNOWN)
    }
