"""Whether one commitment is on course on a day, and why, in a sentence."""

import operator
from dataclasses import dataclass
from datetime import date
from typing import Final

from workbook import words
from workbook.quarters import between, period_end, quarter_of
from workbook.topics.delivery.tables import AT_LEAST, FEWER_THAN, MORE_THAN

YES, NO, NOT_KNOWN = "yes", "no", "not known"
MEETS: Final = {AT_LEAST: operator.ge, MORE_THAN: operator.gt, FEWER_THAN: operator.lt}
Verdict = tuple[str, str]
"""Yes, no or not known, and why."""


@dataclass(frozen=True)
class Course:
    """A commitment's figures: None or blank is what is not known.

    ``period`` is the month or day of which the value is, ``added`` what the quarter up to it added.
    """

    unit: str
    period: str
    value: float | None = None
    added: float | None = None
    sense: str = ""
    target: float | None = None
    target_date: str = ""

    def judged(self, day: date) -> Verdict:
        """On course or not by a day, and why.

        A target that was reached in time is on course, one that was not is off course. Ahead of its
        date it is judged by the pace of the last quarter. Whatever lacks a figure is not known.
        """
        if self.target is None or self.sense not in MEETS:
            return NOT_KNOWN, self._without_target()
        if self.value is None:
            return NOT_KNOWN, self._without_value(self.target, day)
        if self._met(self.value, self.target):
            return self._reached()
        if not self.target_date:
            return NOT_KNOWN, f"{self._stands()}; by when is not published."
        if period_end(self.target_date) <= day or self._of_then():
            return self._missed()
        return self._ahead(self.value, self.target)

    def _met(self, value: float, target: float) -> bool:
        return bool(MEETS[self.sense](value, target))

    def _reached(self) -> Verdict:
        late = self.target_date and period_end(self.period) > period_end(self.target_date)
        if late:
            due = _when(self.target_date)
            return NOT_KNOWN, f"{self._stands()}; whether by {due} is not known."
        return YES, f"{self._stands()}: it is reached."

    def _missed(self) -> Verdict:
        due = _when(self.target_date)
        if self._of_then():
            return NO, f"{self._stands()}: it was due by {due}."
        return NOT_KNOWN, f"It was due by {due}; the newest figure is {self._stands()}."

    def _of_then(self) -> bool:
        """Whether the value is of the date of the target, or later."""
        return period_end(self.period) >= period_end(self.target_date)

    def _ahead(self, value: float, target: float) -> Verdict:
        if self.added is None:
            return NOT_KNOWN, f"{self._stands()}; no earlier figure tells at what pace."
        reached = value + self.added * self._quarters()
        met = self._met(reached, target)
        return (YES if met else NO), (
            f"{self._stands()}; at the last quarter's pace of {self._said(self.added)} it would be "
            f"{self._said(reached)} by {_when(self.target_date)}."
        )

    def _without_target(self) -> str:
        if self.target is None:
            return "No target is published."
        return f"Whether {self._said(self.target)} is to be the least or the most is not told."

    def _without_value(self, target: float, day: date) -> str:
        due = bool(self.target_date) and period_end(self.target_date) <= day
        if self.added is None or not self.target_date or due:
            return f"The target is {self._aim(target)}; where it stands is not published."
        needed = target - self.added * self._quarters()
        return (
            f"At the last quarter's pace of {self._said(self.added)} it takes "
            f"{self._aim(needed)} by {_when(self.period)} to reach {self._aim(target)} by "
            f"{_when(self.target_date)}; how many there were is not published."
        )

    def _quarters(self) -> int:
        return between(quarter_of(self.period), quarter_of(self.target_date))

    def _stands(self) -> str:
        """The value beside the target: ``3 in June 2014 against at least 7``."""
        value, target = self.value or 0.0, self.target or 0.0
        return f"{self._said(value)} in {_when(self.period)} against {self._aim(target)}"

    def _aim(self, target: float) -> str:
        return f"{self.sense} {self._said(target)}"

    def _said(self, value: float) -> str:
        return words.value_in(float(value), self.unit)


def _when(period: str) -> str:
    """A month or a day as it is read: ``June 2014``."""
    return f"{period_end(period):%B %Y}"
