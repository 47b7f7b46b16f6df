"""Classify the change of an indicator between two snapshots: major, minor or none."""

import math
from typing import Final, Literal

from workbook.indicators import Indicator

ChangeSize = Literal["major", "minor", "none"]

MAJOR: Final = "major"
MINOR: Final = "minor"
NONE: Final = "none"

SIZE_RULE: Final = (
    "A change is major if the later value lies outside the earlier P10 to P90. Where there is no"
    " such range, it is major from 1 percentage point for a share, and from 5% of the earlier value"
    " for any other figure. A value that becomes known or unknown is a major change, and so is"
    " another quarter. Every other change, also of P10 or P90 alone, is minor."
)
"""The rule in sentences."""

_LEAST_POINTS: Final = 0.01
_LEAST_PART: Final = 0.05
_ROUNDING: Final = 1e-9
"""Part of a value below which a difference is rounding error of the processor."""


def classify_size(earlier: Indicator, later: Indicator) -> ChangeSize:
    """Classify the change of an indicator by ``SIZE_RULE``.

    Args:
        earlier: The indicator in the earlier snapshot.
        later: The indicator in the later snapshot.

    Returns:
        Major, minor or none.

    Example:
        >>> jobs = Indicator("jobs", "Jobs", "count", 100, low=90, high=120)
        >>> classify_size(jobs, Indicator("jobs", "Jobs", "count", 119))
        'minor'
        >>> classify_size(jobs, Indicator("jobs", "Jobs", "count", 121))
        'major'
    """
    before, after = earlier.value, later.value
    if before is None or after is None or isinstance(before, str) or isinstance(after, str):
        return NONE if before == after else MAJOR
    if math.isclose(before, after, rel_tol=_ROUNDING):
        return NONE if _have_same_range(earlier, later) else MINOR
    if earlier.low is not None and earlier.high is not None:
        return MINOR if earlier.low <= after <= earlier.high else MAJOR
    least = _LEAST_POINTS if earlier.unit == "share" else _LEAST_PART * abs(before)
    # 0.61 less 0.60 is a little below 0.01 in binary
    return MAJOR if abs(after - before) >= least * (1 - _ROUNDING) else MINOR


def _have_same_range(earlier: Indicator, later: Indicator) -> bool:
    ends = ((earlier.low, later.low), (earlier.high, later.high))
    return all(
        before == after
        or (
            before is not None
            and after is not None
            and math.isclose(before, after, rel_tol=_ROUNDING)
        )
        for before, after in ends
    )
