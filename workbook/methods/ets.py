"""Exponential smoothing with a damped trend on a bounded scale, fitted on a grid."""

import numpy as np
from scipy.special import expit, logit

from workbook.methods.arrays import FloatArray, IntArray
from workbook.methods.predictive_distribution import moderate_variance

TREND_SMOOTHING_VALUES = (0.0, 0.1, 0.25, 0.5, 0.75)
DAMPING_VALUES = (0.8, 0.9, 0.98)
"""From 0.8 to 0.98, as Hyndman and Athanasopoulos advise (Forecasting: Principles and Practice,
section 8.2)."""
_ESTIMATED_PARAMETER_COUNT = 2
_END_MARGIN = 0.05
"""Distance from the ends, as a fraction of the range, at which shares of 0 and of the ceiling lie
on the logit scale. Without it they have no logit. Smaller margins forecast the published services
less well."""

_TREND_GRID, _DAMPING_GRID = (
    grid.ravel() for grid in np.meshgrid(TREND_SMOOTHING_VALUES, DAMPING_VALUES, indexing="ij")
)

NO_TREND_REASON = "take-up has not changed, so there is no trend to smooth"


def bounded_logit(shares: FloatArray, ceiling: FloatArray) -> FloatArray:
    """Logit of shares as fractions of a ceiling, finite at 0 and at the ceiling.

    Args:
        shares: Shares as fractions of 1. One above the ceiling counts as at the ceiling.
        ceiling: The ceiling, broadcast to the shares.

    Returns:
        Logits in the broadcast shape.
    """
    fraction = np.minimum(shares / ceiling, 1)
    return np.asarray(logit(_END_MARGIN + (1 - 2 * _END_MARGIN) * fraction), np.float64)


def inverse_bounded_logit(logits: FloatArray, ceiling: FloatArray) -> FloatArray:
    """Shares from 0 to the ceiling, the inverse of ``bounded_logit``.

    Args:
        logits: Logits, any shape.
        ceiling: The ceiling, broadcast to the logits.

    Returns:
        Shares in the broadcast shape.
    """
    fraction = (expit(logits) - _END_MARGIN) / (1 - 2 * _END_MARGIN)
    return np.asarray(np.clip(fraction, 0, 1) * ceiling, np.float64)


def forecast_damped_trend(
    shares: FloatArray, origins: IntArray, horizon: int, ceilings: FloatArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Forecast shares by exponential smoothing with a damped trend, from each origin.

    The model is Holt's damped trend (Gardner and McKenzie, 1985) on the logit scale between 0 and
    the ceiling. The level is the latest share, because a published share is a full count. The
    first trend is 0. The parameters with the least squared errors of the shares on a grid are
    taken: an optimiser stops within a tolerance that differs between machines, and forecast the
    published services no better.

    Args:
        shares: Shares in order of time as fractions of 1, shape (windows,).
        origins: Number of windows known at each origin, shape (origins,), each at least 2.
        horizon: Number of quarters ahead.
        ceilings: The highest share that counts as possible at each origin, shape (origins,).

    Returns:
        Location and scale at horizons 1 to ``horizon``, each of shape (origins, horizons), and the
        degrees of freedom of Student's t distributions, shape (origins,).
    """
    ceiling = ceilings[:, None]
    logits = bounded_logit(shares, ceiling)
    trend, squares = _smooth_trends(shares, logits, origins, ceiling)
    best = np.argmin(squares, axis=1)
    rows, damping, smoothing = np.arange(len(origins)), _DAMPING_GRID[best], _TREND_GRID[best]
    damped_sums = np.cumsum(damping[:, None] ** np.arange(1, horizon + 1), axis=1)
    path = logits[rows, origins - 1, None] + trend[rows, best, None] * damped_sums
    residual_degrees = np.maximum(origins - 1 - _ESTIMATED_PARAMETER_COUNT, 1)
    variance, total_degrees = moderate_variance(
        squares[rows, best] / residual_degrees, residual_degrees
    )
    growth = _variance_growth(smoothing, damped_sums)
    return (
        inverse_bounded_logit(path, ceiling),
        np.sqrt(variance[:, None] * growth),
        total_degrees,
    )


def _smooth_trends(
    shares: FloatArray, logits: FloatArray, origins: IntArray, ceiling: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Latest trend, and squared errors of the shares, by origin and grid point."""
    trend, squares = np.zeros((2, len(origins), _TREND_GRID.size))
    for window in range(1, int(origins.max())):
        is_known = (window < origins)[:, None]
        step = _DAMPING_GRID * trend
        expected = logits[:, window - 1, None] + step
        error = shares[window] - inverse_bounded_logit(expected, ceiling)
        squares += np.where(is_known, np.square(error), 0.0)
        surprise = logits[:, window, None] - expected
        trend = np.where(is_known, step + _TREND_GRID * surprise, trend)
    return trend, squares


def _variance_growth(smoothing: FloatArray, damped_sums: FloatArray) -> FloatArray:
    """Variance of the forecast h quarters ahead, as a multiple of that one quarter ahead.

    1 + Σj<h (1 + β (φ + … + φ^j))² with the trend damped before it is added (Hyndman, Koehler, Ord
    and Snyder, 2008, chapter 6).
    """
    weights = 1 + smoothing[:, None] * damped_sums[:, :-1]
    first = np.ones((len(smoothing), 1))
    return np.concatenate([first, 1 + np.cumsum(np.square(weights), axis=1)], axis=1)
