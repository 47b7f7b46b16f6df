"""Paths of take-up from now on: the assumed logistic curve, or a forecast."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from workbook.methods.adoption_curve import integrate_logistic_rise, logistic_adoption
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


class TakeUpPath(Protocol):
    """Take-up by years from now, a fraction; one number or simulations, shape (draws,)."""

    def __call__(self, years_ahead: float | FloatOrArray) -> FloatOrArray:
        """Take-up at a time."""

    def integrate_rise(self, years_ahead: float | FloatOrArray) -> FloatOrArray:
        """Integral of the rise in take-up from now to a time, in years; 0 up to now."""


@dataclass(frozen=True, eq=False)
class AssumedPath:
    """Take-up that rises to a target along a logistic curve and then stays.

    Attributes:
        start: Take-up now.
        target: Take-up at the end.
        years_to_target: Years until the target is reached.
    """

    start: FloatOrArray
    target: FloatOrArray
    years_to_target: FloatOrArray

    def __call__(self, years_ahead: float | FloatOrArray) -> FloatOrArray:
        """Take-up at a time."""
        return logistic_adoption(self.start, self.target, self.years_to_target, years_ahead)

    def integrate_rise(self, years_ahead: float | FloatOrArray) -> FloatOrArray:
        """Integral of the rise in take-up from now to a time, in years; 0 up to now."""
        return integrate_logistic_rise(self.start, self.target, self.years_to_target, years_ahead)


class ForecastPath:
    """Take-up that follows a forecast at one level of its prediction interval.

    It is linear between years and constant after the forecast.
    """

    def __init__(self, forecast: FloatArray, level: FloatOrArray) -> None:
        """Select the level.

        Args:
            forecast: Take-up, a row for each year from now and a column for each of
                FORECAST_LEVELS.
            level: Probability that take-up lies below the path, the same in every year.
        """
        levels = list(FORECAST_LEVELS.values())
        self._last_year = len(forecast) - 1
        self._by_year: FloatArray = np.stack([np.interp(level, levels, row) for row in forecast])
        rises = self._by_year - self._by_year[0]
        self._integrals: FloatArray = np.concatenate(
            [np.zeros_like(rises[:1]), np.cumsum((rises[1:] + rises[:-1]) / 2, axis=0)]
        )

    def __call__(self, years_ahead: float | FloatOrArray) -> FloatOrArray:
        """Take-up at a time."""
        start, end, _, elapsed = self._locate(years_ahead)
        return np.asarray(start + elapsed * (end - start), np.float64)

    def integrate_rise(self, years_ahead: float | FloatOrArray) -> FloatOrArray:
        """Integral of the rise in take-up from now to a time, in years; 0 up to now."""
        start, end, integral, elapsed = self._locate(years_ahead)
        rise_at_start = start - self._by_year[0]
        level_years = np.maximum(np.asarray(years_ahead) - self._last_year, 0.0)
        return np.asarray(
            integral
            + elapsed * (rise_at_start + elapsed * (end - start) / 2)
            + level_years * (self._by_year[-1] - self._by_year[0]),
            np.float64,
        )

    def _locate(
        self, years_ahead: float | FloatOrArray
    ) -> tuple[FloatArray, FloatArray, FloatArray, FloatOrArray]:
        """Take-up at the whole years around a time, integral at the first, and years since it."""
        bounded_years = np.clip(years_ahead, 0, self._last_year)
        year_before = np.minimum(bounded_years, max(self._last_year - 1, 0)).astype(int)
        year_after = np.minimum(year_before + 1, self._last_year)
        return (
            _select_years(self._by_year, year_before),
            _select_years(self._by_year, year_after),
            _select_years(self._integrals, year_before),
            bounded_years - year_before,
        )


def _select_years(by_year: FloatArray, year_indices: npt.NDArray[np.int_]) -> FloatArray:
    """Select rows by year; if years differ by simulation, select one for each simulation."""
    if by_year.ndim == 1 or year_indices.ndim == 0:
        return np.asarray(by_year[year_indices], np.float64)
    return np.asarray(np.take_along_axis(by_year, year_indices[np.newaxis], axis=0)[0], np.float64)
