"""Exponential smoothing with a damped trend (statsmodels), fitted on a grid."""

from itertools import product
from typing import Any

import numpy as np

from workbook.methods.arrays import FloatArray
from workbook.methods.predictive_distribution import moderate_variance

_LEVEL_SMOOTHING = 0.9999
"""Weight of the latest share in the level: the largest that statsmodels allows. A published share
is a full count, so a smaller weight would forecast from out-of-date windows."""
_TREND_SMOOTHING_VALUES = (0.0, 0.25, 0.5, 0.75, 1.0)
_DAMPING_VALUES = (0.8, 0.9, 0.98)
"""From 0.8 to 0.98, as Hyndman and Athanasopoulos advise (Forecasting: Principles and Practice,
section 8.2)."""
_ESTIMATED_PARAMETER_COUNT = 2

PARAMETER_GRID = tuple(
    np.array([_LEVEL_SMOOTHING, _LEVEL_SMOOTHING * trend, phi])
    for trend, phi in product(_TREND_SMOOTHING_VALUES, _DAMPING_VALUES)
)

NO_TREND_REASON = "take-up has not changed, so there is no trend to smooth"


def forecast_damped_trend(shares: FloatArray, horizon: int) -> tuple[FloatArray, FloatArray, float]:
    """Forecast shares by exponential smoothing with a damped trend.

    The model is ETS(A, Ad, N) (Hyndman and Athanasopoulos, Forecasting: Principles and Practice,
    chapter 8). The first share is the initial level, and the initial trend is 0. The parameters
    with the highest likelihood on a grid are taken. An optimiser stops within a tolerance that
    differs between machines, takes longer and forecast the published services no better.

    Args:
        shares: Shares in order of time as fractions of 1, shape (windows,), not all equal.
        horizon: Number of quarters ahead.

    Returns:
        Location and scale at horizons 1 to ``horizon``, each of shape (horizon,), and the degrees
        of freedom of a Student's t distribution.
    """
    # Importing statsmodels takes more than a second, and only a forecast needs it.
    from statsmodels.tsa.exponential_smoothing.ets import ETSModel  # noqa: PLC0415

    model = ETSModel(
        shares,
        error="add",
        trend="add",
        damped_trend=True,
        initialization_method="known",
        initial_level=shares[0],
        initial_trend=0.0,
    )
    best_parameters = max(PARAMETER_GRID, key=model.loglike)
    fitted: Any = model.smooth(best_parameters)
    residual_degrees = max(shares.size - 1 - _ESTIMATED_PARAMETER_COUNT, 1)
    variance, total_degrees = moderate_variance(fitted.sse / residual_degrees, residual_degrees)
    scale = np.sqrt(variance * _variance_growth(best_parameters, horizon))
    return np.asarray(fitted.forecast(horizon), np.float64), scale, float(total_degrees)


def _variance_growth(parameters: FloatArray, horizon: int) -> FloatArray:
    """Variance of the forecast h quarters ahead, as a multiple of that one quarter ahead.

    1 + Σj<h (α + β (φ + … + φ^j))², with statsmodels' β and its trend damped before it is added
    (Hyndman, Koehler, Ord and Snyder, 2008, chapter 6).
    """
    alpha, beta, phi = parameters
    weights = alpha + beta * np.cumsum(phi ** np.arange(1, horizon))
    return np.concatenate([[1.0], 1 + np.cumsum(weights**2)])
