"""The control chart of individual values: what is chance, and what is not."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray

_LIMIT_FACTOR = 2.66
"""3 / d2 with d2 = 1.128, the mean range of two normal values of variance 1 (Shewhart)."""

_MINIMUM_POINTS = 2
"""Points without which there is no moving range."""


@dataclass(frozen=True)
class ControlLimits:
    """Centre and limits in the values' own unit, and which of the points lie outside."""

    centre: float
    low: float
    high: float
    moving_range: float
    outside: npt.NDArray[np.bool_]


def xmr_limits(
    values: npt.ArrayLike, *, low: float = -np.inf, high: float = np.inf
) -> ControlLimits:
    """Limits at the mean ± 2.66 times the mean moving range (XmR chart).

    Args:
        values: In order of time, shape (points,); a NaN is left out of centre and ranges, and the
            points on its two sides are no neighbours.
        low: The least that the values can be, at which a limit is cut: 0 for shares.
        high: The most that they can be: 1 for shares.

    Neighbouring windows overlap, so their moving range is smaller than that of independent
    quarters and the limits are narrower. Raises ValueError for fewer than two neighbouring points.
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
    # The mean of equal values may differ from them by a rounding, which puts none outside.
    tolerance = 1e-12 * float(np.nanmax(np.abs(points)))
    return (points < low - tolerance) | (points > high + tolerance)
