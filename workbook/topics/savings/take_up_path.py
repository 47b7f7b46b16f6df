"""Paths of take-up from now on: the assumed logistic curve, or a forecast."""

from collections.abc import Callable
from functools import partial

import numpy as np
import numpy.typing as npt

from workbook.methods.adoption_curve import logistic_adoption
from workbook.methods.arrays import FloatArray, FloatOrArray

FORECAST_LEVELS = {
    "low_95": 0.025,
    "low_80": 0.1,
    "low_50": 0.25,
    "forecast": 0.5,
    "high_50": 0.75,
    "high_80": 0.9,
    "high_95": 0.975,
}
"""Columns of a forecast, and the probability that take-up lies below each."""

TakeUpPath = Callable[[float | FloatOrArray], FloatOrArray]
"""Function from years ahead to take-up, a fraction; one number or simulations, shape (draws,)."""


def assumed_path(
    start: FloatOrArray, target: FloatOrArray, years_to_target: FloatOrArray
) -> TakeUpPath:
    """Take-up that rises to a target along a logistic curve and then stays.

    Args:
        start: Take-up now.
        target: Take-up at the end.
        years_to_target: Years until the target is reached.

    Returns:
        Take-up by years from now.
    """
    return partial(logistic_adoption, start, target, years_to_target)


def forecast_path(forecast: FloatArray, level: FloatOrArray) -> TakeUpPath:
    """Take-up that follows a forecast at one level of its prediction interval.

    Args:
        forecast: Take-up, a row for each year from now and a column for each of FORECAST_LEVELS.
        level: Probability that take-up lies below the path, the same in every year.

    Returns:
        Take-up by years from now, linear between years and constant outside the forecast.
    """
    last_year = len(forecast) - 1
    levels = list(FORECAST_LEVELS.values())
    by_year = np.stack([np.interp(level, levels, row) for row in forecast])

    def interpolate_take_up(years_ahead: float | FloatOrArray) -> FloatOrArray:
        bounded_years = np.clip(years_ahead, 0, last_year)
        year_before = np.minimum(bounded_years, max(last_year - 1, 0)).astype(int)
        year_after = np.minimum(year_before + 1, last_year)
        start, end = (_select_years(by_year, row) for row in (year_before, year_after))
        return np.asarray(start + (bounded_years - year_before) * (end - start), np.float64)

    return interpolate_take_up


def _select_years(by_year: FloatArray, year_indices: npt.NDArray[np.int_]) -> FloatArray:
    """Select rows by year; if years differ by simulation, select one for each simulation."""
    if by_year.ndim == 1 or year_indices.ndim == 0:
        return np.asarray(by_year[year_indices], np.float64)
    return np.asarray(np.take_along_axis(by_year, year_indices[np.newaxis], axis=0)[0], np.float64)
