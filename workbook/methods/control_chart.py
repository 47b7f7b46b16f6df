"""Control chart of individual values: which points differ by more than chance."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import BoolArray, FloatArray
from workbook.methods.overlapping_windows import QUARTERS_PER_WINDOW

_LIMIT_FACTOR = 2.66
"""3 / d2 with d2 = 1.128, the mean range of two normal values of variance 1 (Shewhart)."""

_MINIMUM_POINTS = 2
"""Neighbouring points that a moving range needs."""
LEAST_ROLLING_WINDOWS = 8
"""Rolling windows below which a shift of any size could hardly be found: three separate years."""
FALSE_ALARM_RATE = 0.04
"""Share of stable services of which some window lies outside the limits, by chance alone."""
_SIMULATED_SERIES, _SEED = 10_000, 2014


@dataclass(frozen=True)
class ControlLimits:
    """Centre and limits of a control chart, in the unit of the values.

    The limits are the centre ± ``factor`` times the mean ``moving_range``.
    """

    centre: float
    low: float
    high: float
    moving_range: float
    factor: float
    outside: BoolArray


def xmr_limits(
    values: npt.ArrayLike, *, low: float = -np.inf, high: float = np.inf
) -> ControlLimits:
    """Limits of an XmR chart: mean ± 2.66 times the mean moving range (Shewhart, 1931).

    The points must be independent. For windows that overlap see ``rolling_limits``.

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
    return _build_limits(np.asarray(values, np.float64), _LIMIT_FACTOR, low, high)


def rolling_limits(
    values: npt.ArrayLike, *, low: float = -np.inf, high: float = np.inf
) -> ControlLimits:
    """Limits for rolling twelve-month windows, a quarter apart, of a service that may be stable.

    Neighbouring windows share nine months, so their moving ranges are too small for the usual
    factor of 2.66, and windows outside come in runs. The factor is that with which 4 in 100 stable
    services would have any window outside, by simulation of independent normal quarters: about what
    the usual factor gives for as many independent points.

    Args:
        values: Values of consecutive windows, shape (windows,). A NaN is left out.
        low: Lowest possible value, at which the lower limit is cut: 0 for shares.
        high: Highest possible value, at which the upper limit is cut: 1 for shares.

    Returns:
        Centre, limits, mean moving range and which windows lie outside.

    Raises:
        ValueError: If there are no two neighbouring windows.
    """
    points = np.asarray(values, np.float64)
    _validate_neighbours(points)
    return _build_limits(points, _rolling_factor(tuple((~np.isnan(points)).tolist())), low, high)


def _build_limits(points: FloatArray, factor: float, low: float, high: float) -> ControlLimits:
    """Centre ± factor × mean moving range, cut at the lowest and highest possible value."""
    _validate_neighbours(points)
    centre = float(np.nanmean(points))
    mean_range = float(np.nanmean(np.abs(np.diff(points))))
    limits = max(centre - factor * mean_range, low), min(centre + factor * mean_range, high)
    return ControlLimits(centre, *limits, mean_range, factor, _points_outside(points, *limits))


def _validate_neighbours(points: FloatArray) -> None:
    if np.isnan(np.diff(points)).all():
        raise ValueError(
            f"a control chart needs at least {_MINIMUM_POINTS} neighbouring points, not"
            f" {points.tolist()}"
        )


@lru_cache(maxsize=64)
def _rolling_factor(is_reported: tuple[bool, ...]) -> float:
    """Factor of the limits for windows of which some may be missing."""
    reported: BoolArray = np.array(is_reported)
    quarters = np.random.default_rng(_SEED).normal(
        size=(_SIMULATED_SERIES, len(is_reported) + QUARTERS_PER_WINDOW - 1)
    )
    windows = np.lib.stride_tricks.sliding_window_view(quarters, QUARTERS_PER_WINDOW, axis=1).mean(
        axis=-1
    )
    is_step = reported[1:] & reported[:-1]
    mean_ranges = np.abs(np.diff(windows, axis=1))[:, is_step].mean(axis=1)
    reported_windows = windows[:, reported]
    deviations = np.abs(reported_windows - reported_windows.mean(axis=1, keepdims=True))
    return float(np.quantile(deviations.max(axis=1) / mean_ranges, 1 - FALSE_ALARM_RATE))


def _points_outside(points: FloatArray, low: float, high: float) -> BoolArray:
    """Which points lie outside the limits, shape (points,)."""
    # The mean of equal values may differ from them by rounding, which puts no point outside.
    tolerance = 1e-12 * float(np.nanmax(np.abs(points)))
    return (points < low - tolerance) | (points > high + tolerance)
