"""The take-up topic's forecast, by year from year 0, and how far ahead it has been tested."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray
from workbook.outcome import Outcome
from workbook.periods import QUARTERS_PER_YEAR
from workbook.topics.savings.parameters import Savings

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
        by_year: Take-up, a row for each year from year 0 and a column for each of FORECAST_LEVELS.
            The first row is observed. Intervals are missing where they are untested.
        needed_quarters: Quarters from the latest observed window to the last row.
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


def read_take_up_forecast(outcome: Outcome, scenario: Savings) -> TakeUpForecast | None:
    """Read the forecast from an outcome of the take-up topic.

    For all of government the path begins with the twelve months that end with year 0. Where these
    have passed, its first years are observed. Otherwise, and for one service, whose other figures
    are its latest, it begins with the latest twelve months.

    Args:
        outcome: The outcome.
        scenario: The scenario. A forecast that ends before the appraisal stays level.

    Returns:
        The forecast; None if one window of twelve months is all there is.
    """
    table = outcome.frame("forecast")
    is_future = table["forecast"].notna().to_numpy()
    has_interval = table[is_future][_INTERVAL_COLUMNS].notna().all(axis=1).to_numpy()
    last = len(table) - int(is_future.sum()) - 1
    if last + 1 < _LEAST_WINDOWS or not is_future.any():
        return None
    levels = np.where(
        is_future[:, None],
        table[list(FORECAST_LEVELS)].to_numpy(float),
        table[["take_up"]].to_numpy(float),
    )
    start = last if scenario.service else _position_of_year_zero(table, scenario, last)
    rows = range(start, len(table), QUARTERS_PER_YEAR)[: scenario.horizon + 1]
    needed_quarters = max(rows[-1] - last, 0)
    return TakeUpForecast(levels[rows], needed_quarters, int(has_interval.cumprod().sum()))


def _position_of_year_zero(table: pd.DataFrame, scenario: Savings, last: int) -> int:
    """Row of the window that ends with year 0, or of the nearest one that is observed."""
    end_of_year_zero = f"{int(scenario.price_year[:4]) + 1}-Q1"
    return min(int((table["quarter"] < end_of_year_zero).sum()), last)
