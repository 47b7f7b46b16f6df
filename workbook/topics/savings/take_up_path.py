"""Paths of take-up from now on: the assumed logistic curve, or a forecast."""

from itertools import accumulate
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.topics.savings.parameters.take_up import HIGHEST_TAKE_UP, LOWEST_TAKE_UP
from workbook.topics.savings.take_up_forecast import (
    FORECAST_LEVELS,
    MEDIAN_LEVEL,
    TakeUpForecast,
)


class TakeUpPath(Protocol):
    """Take-up by years from now, a fraction; one number or simulations, shape (draws,)."""

    def __call__(self, years_ahead: float | FloatOrArray, /) -> FloatOrArray:
        """Take-up at a time."""

    def integrate_rise(self, years_ahead: float | FloatOrArray, /) -> FloatOrArray:
        """Integral of the rise in take-up from now to a time, in years; 0 up to now."""


class ForecastPath:
    """Take-up that follows a forecast at one level of its prediction interval.

    The forecast is of years, so a year's average take-up is the forecast itself. Take-up at a time
    is linear between the ends of years, and constant after the forecast.
    """

    def __init__(
        self, forecast: TakeUpForecast, level: FloatOrArray, start: FloatOrArray | None = None
    ) -> None:
        """Select the level.

        Args:
            forecast: The forecast by year.
            level: Probability that take-up lies below the path, the same in every year.
            start: Take-up now, where it is not that of the services in the forecast. The forecast's
                change from today then applies to it on the logit scale: the odds change in the same
                ratio.
        """
        by_year = _select_level(forecast, level)
        if start is not None:
            change = logit(_bound_share(by_year)) - logit(
                _bound_share(forecast.central_forecast[0])
            )
            added_axes = tuple(range(1, 1 + np.ndim(start) - np.ndim(level)))
            by_year = expit(np.expand_dims(change, added_axes) + logit(start))
        rises = by_year - by_year[0]
        self._last_year = len(by_year) - 1
        self._by_year: FloatArray = by_year
        # Adding rows is several times as fast as a cumulative sum along the first axis.
        self._integrals: FloatArray = np.stack(list(accumulate(rises)))

    def __call__(self, years_ahead: float | FloatOrArray) -> FloatOrArray:
        """Take-up at a time."""
        return self._interpolate_years(self._by_year, years_ahead)

    def integrate_rise(self, years_ahead: float | FloatOrArray) -> FloatOrArray:
        """Integral of the rise in take-up from now to a time, in years; 0 up to now."""
        integral = self._interpolate_years(self._integrals, years_ahead)
        level_years = np.maximum(np.asarray(years_ahead) - self._last_year, 0.0)
        if not level_years.any():
            return integral
        last_rise = self._by_year[-1] - self._by_year[0]
        return np.asarray(integral + level_years * last_rise, np.float64)

    def _interpolate_years(self, rows: FloatArray, years_ahead: float | FloatOrArray) -> FloatArray:
        """Value at a time, linear between years."""
        bounded_years = np.clip(years_ahead, 0, self._last_year)
        if bounded_years.ndim == 0 and float(bounded_years).is_integer():
            return np.asarray(rows[int(bounded_years)], np.float64)
        year_before = np.minimum(bounded_years, max(self._last_year - 1, 0)).astype(int)
        year_after = np.minimum(year_before + 1, self._last_year)
        first, last = (_select_years(rows, year) for year in (year_before, year_after))
        return np.asarray(first + (bounded_years - year_before) * (last - first), np.float64)


def _select_level(forecast: TakeUpForecast, level: FloatOrArray) -> FloatArray:
    """Take-up by year at one level, or at the level of each simulation."""
    if np.ndim(level) == 0 and level == MEDIAN_LEVEL:
        return forecast.central_forecast
    levels = list(FORECAST_LEVELS.values())
    return np.stack([np.interp(level, levels, row) for row in forecast.by_year])


def _bound_share(share: FloatOrArray) -> FloatArray:
    """A share whose logit is finite."""
    return np.asarray(np.clip(share, LOWEST_TAKE_UP, HIGHEST_TAKE_UP), np.float64)


def _select_years(by_year: FloatArray, year_indices: npt.NDArray[np.int_]) -> FloatArray:
    """Select rows by year; if years differ by simulation, select one for each simulation."""
    if by_year.ndim == 1 or year_indices.ndim == 0:
        return np.asarray(by_year[year_indices], np.float64)
    return np.asarray(np.take_along_axis(by_year, year_indices[np.newaxis], axis=0)[0], np.float64)
