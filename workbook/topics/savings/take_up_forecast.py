"""The take-up topic's forecast by year from year 0, as far ahead as it has been tested."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray
from workbook.outcome import Outcome
from workbook.periods import QUARTERS_PER_YEAR, last_day_of_quarter
from workbook.tables.derived_values import remember_by_source
from workbook.text.dates import format_month
from workbook.text.grammar import format_count
from workbook.text.numbers import format_share
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
_CENTRAL_POSITION = list(FORECAST_LEVELS).index("forecast")

_LEAST_WINDOWS = 2
"""Windows from which there is a forecast: one alone shows no change."""

_INTERVAL_COLUMNS = [name for name in FORECAST_LEVELS if name != "forecast"]


class DatedTakeUp(NamedTuple):
    """Take-up of the forecast's services, a fraction, in the 12 months that end with a quarter."""

    take_up: float
    quarter: str

    @property
    def year(self) -> str:
        """The 12 months in words: ``the year to March 2015``."""
        return f"the year to {format_month(last_day_of_quarter(self.quarter))}"


class ForecastRecord(NamedTuple):
    """Past forecasts as far ahead as the forecast has been tested.

    Attributes:
        outcomes: Number of outcomes that they are compared with.
        inside: Number of them inside the prediction interval.
        interval: Level of the interval.
    """

    outcomes: int
    inside: int
    interval: float

    def describe(self) -> str:
        """Count them: ``2 of 3 outcomes that far ahead lay inside the 80% interval``."""
        outcomes = format_count(self.outcomes, "outcome")
        return (
            f"{self.inside} of {outcomes} that far ahead lay inside the"
            f" {format_share(self.interval)} interval"
        )


@dataclass(frozen=True, eq=False)
class TakeUpForecast:
    """Forecast take-up by year.

    Each year is a window of twelve months, so its take-up is the average of that year. Beyond the
    horizon at which the forecast could be tested, take-up stays level.

    Attributes:
        by_year: Take-up, a row for each year from year 0 and a column for each of FORECAST_LEVELS.
            The first row is observed.
        needed_quarters: Quarters from the latest observed window to the last year.
        tested_quarters: Quarters ahead up to which the forecast has prediction intervals. There are
            none at a horizon at which it could not be tested.
        services: Number of services that it covers.
        start: Their take-up in year 0.
        latest: Their latest observed take-up.
        end: Their take-up in the last year, or at the tested horizon where that is nearer.
        record: Past forecasts at the tested horizon; None if there is no such horizon.
    """

    by_year: FloatArray
    needed_quarters: int
    tested_quarters: int
    services: int
    start: DatedTakeUp
    latest: DatedTakeUp
    end: DatedTakeUp
    record: ForecastRecord | None

    @property
    def is_tested(self) -> bool:
        """Whether the forecast has been tested up to the last year."""
        return self.tested_quarters >= self.needed_quarters

    @property
    def last_year(self) -> int:
        """The last year; the first is year 0."""
        return len(self.by_year) - 1

    @property
    def central_forecast(self) -> FloatArray:
        """The central forecast, shape (years,)."""
        central: FloatArray = self.by_year[:, _CENTRAL_POSITION]
        return central

    @property
    def years_of_change(self) -> int:
        """Years from year 0 after which take-up stays level; 0 if it never changes."""
        central = self.central_forecast
        return int(np.max(np.flatnonzero(central != central[-1]) + 1, initial=0))


class _ForecastWindows(NamedTuple):
    """The table of the forecast, a row for each window of twelve months.

    Attributes:
        quarters: Quarter with which each window ends.
        levels: Take-up at each of FORECAST_LEVELS, shape (windows, levels). Observed rows have the
            same at every level.
        last_observed: Row of the latest observed window.
        tested_quarters: Rows after it with a prediction interval.
        services: Number of services in the latest observed window.
        record: Past forecasts at the tested horizon; None if there is no such horizon.
    """

    quarters: tuple[str, ...]
    levels: FloatArray
    last_observed: int
    tested_quarters: int
    services: int
    record: ForecastRecord | None


def read_take_up_forecast(outcome: Outcome, scenario: Savings) -> TakeUpForecast | None:
    """Read the forecast from an outcome of the take-up topic.

    For all of government the path begins with the twelve months that end with year 0. Where these
    have passed, its first years are observed. Otherwise, and for one service, whose other figures
    are its latest, it begins with the latest twelve months. No row lies further ahead than the
    forecast has been tested: later years repeat the last one that has.

    Args:
        outcome: The outcome.
        scenario: The scenario.

    Returns:
        The forecast; None if one window of twelve months is all there is.
    """
    windows = _read_windows(outcome)
    if windows is None:
        return None
    last, tested_quarters = windows.last_observed, windows.tested_quarters
    start = last if scenario.service else _position_of_year_zero(windows, scenario)
    rows = np.arange(start, len(windows.quarters), QUARTERS_PER_YEAR)[: scenario.horizon + 1]
    tested_rows = np.minimum(rows, last + tested_quarters)
    start_take_up, latest_take_up, end_take_up = (
        DatedTakeUp(float(windows.levels[row, _CENTRAL_POSITION]), windows.quarters[row])
        for row in (start, last, int(tested_rows[-1]))
    )
    return TakeUpForecast(
        windows.levels[tested_rows],
        max(int(rows[-1]) - last, 0),
        tested_quarters,
        windows.services,
        start_take_up,
        latest_take_up,
        end_take_up,
        windows.record,
    )


@remember_by_source
def _read_windows(outcome: Outcome) -> _ForecastWindows | None:
    """Read the table of the forecast; None if one window of twelve months is all there is."""
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
    tested_quarters = int(has_interval.cumprod().sum())
    return _ForecastWindows(
        tuple(map(str, table["quarter"])),
        levels,
        last,
        tested_quarters,
        int(table["services"].iloc[last]),
        _read_record(outcome, last + tested_quarters),
    )


def _read_record(outcome: Outcome, row: int) -> ForecastRecord | None:
    """Record of the forecast that a row of the table holds; None where it holds none."""
    tested = outcome.frame("forecast").iloc[row]
    if pd.isna(tested["coverage"]):
        return None
    cases = int(tested["cases"])
    interval = float(outcome.scenario.values()["interval"])
    return ForecastRecord(cases, round(cases * tested["coverage"]), interval)


def _position_of_year_zero(windows: _ForecastWindows, scenario: Savings) -> int:
    """Row of the window that ends with year 0, or of the nearest one that is observed."""
    end_of_year_zero = f"{int(scenario.price_year[:4]) + 1}-Q1"
    earlier = sum(quarter < end_of_year_zero for quarter in windows.quarters)
    return min(earlier, windows.last_observed)
