"""The take-up topic's forecast, by year from now, and how far ahead it has been tested."""

from dataclasses import dataclass

import numpy as np

from workbook.methods.arrays import FloatArray
from workbook.outcome import Outcome
from workbook.periods import QUARTERS_PER_YEAR

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

MEDIAN_LEVEL = FORECAST_LEVELS["forecast"]

_LEAST_WINDOWS = 2
"""Windows from which there is a forecast: one alone shows no change."""

_INTERVAL_COLUMNS = [name for name in FORECAST_LEVELS if name != "forecast"]


@dataclass(frozen=True, eq=False)
class TakeUpForecast:
    """Forecast take-up by year.

    Each year is a window of twelve months, so its take-up is the average of that year.

    Attributes:
        by_year: Take-up, a row for each year from now and a column for each of FORECAST_LEVELS.
            The first row is the observed take-up. Intervals are missing where they are untested.
        needed_quarters: Quarters ahead of the last row.
        tested_quarters: Quarters ahead up to which the forecast has prediction intervals. There are
            none at a horizon at which it could not be tested.
    """

    by_year: FloatArray
    needed_quarters: int
    tested_quarters: int

    @property
    def is_tested(self) -> bool:
        """Whether all years have prediction intervals."""
        return self.tested_quarters >= self.needed_quarters

    @property
    def central(self) -> FloatArray:
        """The central forecast, shape (years,)."""
        central: FloatArray = self.by_year[:, list(FORECAST_LEVELS).index("forecast")]
        return central


def read_take_up_forecast(outcome: Outcome, horizon: int) -> TakeUpForecast | None:
    """Read the forecast from an outcome of the take-up topic.

    Args:
        outcome: The outcome.
        horizon: The last year of the appraisal. A forecast that ends earlier stays level.

    Returns:
        The forecast; None if one window of twelve months is all there is.
    """
    table = outcome.frame("forecast")
    future = table[table["forecast"].notna()]
    observed_take_up = table[table["forecast"].isna()]["take_up"].dropna()
    has_interval = future[_INTERVAL_COLUMNS].notna().all(axis=1).to_numpy()
    tested_quarters = int(has_interval.cumprod().sum())
    if len(observed_take_up) < _LEAST_WINDOWS or future.empty:
        return None
    years_ahead = future[list(FORECAST_LEVELS)].to_numpy(float)[
        QUARTERS_PER_YEAR - 1 :: QUARTERS_PER_YEAR
    ]
    current_row = np.full((1, len(FORECAST_LEVELS)), float(observed_take_up.iloc[-1]))
    by_year = np.concatenate([current_row, years_ahead])[: horizon + 1]
    return TakeUpForecast(by_year, (len(by_year) - 1) * QUARTERS_PER_YEAR, tested_quarters)
