"""Kinds of change of an indicator between two quarters."""

import math
from typing import NamedTuple

from workbook.indicators import Indicator

RISEN, FALLEN, CHANGED_OTHERWISE = "risen", "fallen", "changed"
LIST_CHANGED = "list changed"
RECALCULATED_SAME, NOT_UPDATED, CANNOT_CHANGE = (
    "calculated again and the same",
    "not updated",
    "cannot change",
)
FIRST_FIGURE, NO_FIGURE_NOW, NOT_KNOWN = "first figure", "no figure now", "not known"

MOVED_KINDS = (RISEN, FALLEN, CHANGED_OTHERWISE)
"""Changes between two known values that cover the same things."""

SAME_KINDS = (RECALCULATED_SAME, NOT_UPDATED, CANNOT_CHANGE)
LISTED_KINDS = (*MOVED_KINDS, LIST_CHANGED, FIRST_FIGURE, NO_FIGURE_NOW)
"""Kinds that the table of changes lists: all but values that are the same or not known."""

_RELATIVE_TOLERANCE = 1e-9
"""Two numbers this close are the same: they differ by rounding in the calculation only."""


class DataPeriods(NamedTuple):
    """The newest period of the data behind a value, in the earlier quarter and in the later one.

    A period is empty where the value rests on assumptions alone.
    """

    previous: str
    current: str

    @property
    def is_same(self) -> bool:
        """Whether the later quarter has no newer data."""
        return self.previous == self.current


def classify_change(
    previous: Indicator | None, current: Indicator, periods: DataPeriods, *, has_other_list: bool
) -> str:
    """Classify how an indicator changed between two quarters.

    Numbers are compared, not how they are written. A first figure is not a change, and neither is
    a value of another list of services or commitments.

    Args:
        previous: The indicator in the earlier quarter; None if it was not there.
        current: The indicator in the later quarter.
        periods: The newest period of the data behind the value in both quarters.
        has_other_list: Whether the value covers other services or commitments than before.

    Returns:
        One of the kinds.
    """
    previous_value = None if previous is None else previous.value
    if previous_value is None or current.value is None:
        return _classify_missing_value(previous, current)
    if has_other_list:
        return LIST_CHANGED
    if isinstance(previous_value, str) or isinstance(current.value, str):
        is_same = previous_value == current.value
        return _classify_same_value(periods) if is_same else CHANGED_OTHERWISE
    if math.isclose(previous_value, current.value, rel_tol=_RELATIVE_TOLERANCE):
        return _classify_same_value(periods)
    return RISEN if current.value > previous_value else FALLEN


def _classify_missing_value(previous: Indicator | None, current: Indicator) -> str:
    if current.value is not None:
        return FIRST_FIGURE
    return NOT_KNOWN if previous is None or previous.value is None else NO_FIGURE_NOW


def _classify_same_value(periods: DataPeriods) -> str:
    if not periods.current:
        return CANNOT_CHANGE
    return NOT_UPDATED if periods.is_same else RECALCULATED_SAME
