"""Control chart of individual values: which points differ by more than chance."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray

_LIMIT_FACTOR = 2.66
"""3 / d2 with d2 = 1.128, the mean range of two normal values of variance 1 (Shewhart)."""

_MINIMUM_POINTS = 2
"""Neighbouring points that a moving range needs."""


@dataclass(frozen=True)
class ControlLimits:
    """Centre and limits of a control chart, in the unit of the values."""

    centre: float
    low: float
    high: float
    moving_range: float
    outside: npt.NDArray[np.bool_]


def xmr_limits(
    values: npt.ArrayLike, *, low: float = -np.inf, high: float = np.inf
) -> ControlLimits:
    """Limits of an XmR chart: mean ± 2.66 times the mean moving range (Shewhart, 1931).

    Neighbouring rolling windows overlap. Their moving range is smaller than that of independent
    quarters, so the limits are narrower.

    Args:
        values: Values in order of time, shape (points,). A NaN is left out, and the points before
            and after it do not count as neighbours.
        low: Lowest possible value, at which the lower limit is cut: 0 for shares.
        high: Highest possible value, at which the upper limit is cut: 1 for shares.

    Returns:
        Centre, limits, mean moving range and which points lie outside.

    Raises:
        ValueError: If there are no two neighbouring points.

    Example:
        >>> limits = xmr_limits([10, 12, 11, 13, 12, 30])
        >>> round(limits.centre, 2), round(limits.low, 2), round(limits.high, 2)
        (14.67, 1.9, 27.43)
        >>> limits.outside.tolist()
        [False, False, False, False, False, True]
    """
    points = np.asarray(values, np.float64)
    steps = np.abs(np.diff(points))
    if not (~np.isnan(steps)).any():
        raise ValueError(
            f"a control chart needs at least {_MINIMUM_POINTS} neighbouring points, not"
            f" {points.tolist()}"
        )
    centre, mean_range = float(np.nanmean(points)), float(np.nanmean(steps))
    limits = (
        max(centre - _LIMIT_FACTOR * mean_range, low),
        min(centre + _LIMIT_FACTOR * mean_range, high),
    )
    return ControlLimits(centre, *limits, mean_range, _points_outside(points, *limits))


def _points_outside(points: FloatArray, low: float, high: float) -> npt.NDArray[np.bool_]:
    # The mean of equal values may differ from them by rounding, which puts no point outside.
    """Which points lie outside the limits, shape (points,)."""
    tolerance = 1e-12 * float(np.nanmax(np.abs(points)))
    return (points < low - tolerance) | (points > high + tolerance)
