"""Forecast of take-up: its path, prediction intervals, and when it reaches the target."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray
from workbook.methods.backtest import NAIVE_MODEL
from workbook.methods.backtested_models import BEST_MODEL, BacktestedModels, backtest_models
from workbook.methods.forecast import (
    MINIMUM_FORECAST_WINDOWS,
    Forecast,
    choose_forecast,
    validate_options,
)
from workbook.methods.target_position import find_target_position
from workbook.periods import shift_quarter
from workbook.text.grammar import choose_form, format_count
from workbook.topics.take_up.balanced_panel import BalancedPanel, select_balanced_panel
from workbook.topics.take_up.parameters import FORECAST_METHOD_NAMES, TakeUp
from workbook.topics.take_up.quarter_labels import format_year_to
from workbook.topics.take_up.reliability import Calibrations
from workbook.topics.take_up.service_panel import ServicePanel

_CALIBRATED_NAIVE = "No change, calibrated"
"""The record of past forecasts moves its centre: take-up rose in most services."""

_INTERVAL_LEVELS = (0.5, 0.8, 0.95)
"""Levels of the prediction intervals that are always shown."""


@dataclass(frozen=True, eq=False)
class PanelForecast:
    """A panel's forecast.

    Attributes:
        panel: The services and windows.
        forecast: The fitted forecast.
        target: Target take-up, a fraction of 1.
        levels: Levels of the prediction intervals.
        requested_model: The method asked for, or ``best``.
        requested_ceiling: The ceiling asked for.
        interval: Level of the prediction interval that the back-test judges.
    """

    panel: BalancedPanel
    forecast: Forecast
    target: float
    levels: tuple[float, ...]
    requested_model: str
    requested_ceiling: float
    interval: float

    @property
    def forecast_quarters(self) -> list[str]:
        """The quarters that are forecast."""
        count = len(self.forecast.distribution.central_forecast)
        return [shift_quarter(self.panel.quarters[-1], n) for n in range(1, count + 1)]

    @property
    def target_probability(self) -> float | None:
        """Probability that take-up is at or above the target when the forecast ends.

        None if forecasts are not tested that far ahead; ``untested_reason`` says why.
        """
        if self.forecast.longest_tested_horizon < len(self.forecast_quarters):
            return None
        return self.tested_probability

    @property
    def tested_probability(self) -> float | None:
        """Probability of the target in ``tested_quarter``, None if no horizon is tested."""
        tested = self.forecast.longest_tested_horizon
        if not tested:
            return None
        return float(self.forecast.distribution.probability_at_least(self.target)[tested - 1])

    @property
    def tested_quarter(self) -> str | None:
        """The last quarter for which forecasts are tested, None if there is none."""
        tested = self.forecast.longest_tested_horizon
        return self.forecast_quarters[tested - 1] if tested else None

    @property
    def record_model(self) -> str:
        """Method whose record over all services calibrates the forecast."""
        if self.requested_model == self.forecast.selected_model:
            return self.requested_model
        return BEST_MODEL

    @property
    def method_name(self) -> str:
        """Name of the method that made the forecast."""
        return forecast_method_name(self.forecast, self.forecast.selected_model)

    @property
    def untested_reason(self) -> str:
        """Why there is no probability when the forecast ends, empty if there is one."""
        tested, horizon = self.forecast.longest_tested_horizon, len(self.forecast_quarters)
        if tested >= horizon:
            return ""
        count = self.forecast.window_count
        if count < MINIMUM_FORECAST_WINDOWS:
            return (
                f"a tested forecast needs {MINIMUM_FORECAST_WINDOWS} periods of 12 months,"
                f" and {choose_form(count, 'there is', 'there are')} {count}"
            )
        if not tested:
            return "no past forecast could be tested by then"
        if tested == count:
            return f"{count} 12-month periods allow a forecast of {count} quarters, not {horizon}"
        return (
            f"past forecasts can be tested up to {format_count(tested, 'quarter')} ahead, not"
            f" {horizon}"
        )

    def describe_start(self, quarter: str) -> str:
        """Describe a past quarter, which may be the first in the data.

        Args:
            quarter: A quarter of the panel.

        Returns:
            The year that ends with it; with ``or earlier`` if it is the panel's first.
        """
        is_first_known = quarter == self.panel.quarters[0]
        return format_year_to(quarter) + (" or earlier" if is_first_known else "")

    def target_quarter(self) -> str | None:
        """The first quarter from which take-up stays at or above the target; None if none is."""
        central = self.forecast.distribution.central_forecast.tolist()
        position = find_target_position([*self.panel.take_up, *central], self.target)
        return (
            None if position is None else [*self.panel.quarters, *self.forecast_quarters][position]
        )

    def quoted_rows(self) -> pd.DataFrame:
        """The rows of ``as_table`` for the quarters ahead that may be quoted."""
        observed_count = len(self.panel.quarters)
        return self.as_table()[observed_count:][: self.forecast.longest_tested_horizon]

    def as_table(self) -> pd.DataFrame:
        """Observed take-up by quarter, then the forecast with its intervals and probability.

        Returns:
            A row for each quarter; shares are fractions of 1. A tested quarter has the number of
            past forecasts as far ahead, their relative error and the coverage of their intervals.
            ``services`` is the number of services that every row covers.
        """
        predictive = self.forecast.distribution
        future = pd.DataFrame(
            {
                "quarter": self.forecast_quarters,
                "take_up": np.nan,
                "forecast": predictive.central_forecast,
                **self._interval_columns(),
                "probability_of_target": self._if_tested(
                    predictive.probability_at_least(self.target)
                ),
                **self._record_columns(),
            }
        )
        observed = pd.DataFrame({"quarter": self.panel.quarters, "take_up": self.panel.take_up})
        rows = pd.concat([observed, future], ignore_index=True)[list(future.columns)]
        return rows.assign(services=self.panel.services)

    def _interval_columns(self) -> dict[str, FloatArray]:
        columns: dict[str, FloatArray] = {}
        for level in self.levels:
            low, high = self.forecast.distribution.prediction_interval(level)
            columns |= {
                f"low_{interval_suffix(level)}": self._if_tested(low),
                f"high_{interval_suffix(level)}": self._if_tested(high),
            }
        return columns

    def _record_columns(self) -> dict[str, FloatArray]:
        """The back-test of the selected method at each horizon that is tested."""
        scores = pd.DataFrame(
            [
                (score.judged_count, score.relative_error, score.interval_coverage)
                for score in self.forecast.selected_score.by_horizon
            ],
            columns=["cases", "error_relative", "coverage"],
            dtype=float,
        ).reindex(range(len(self.forecast_quarters)))
        return {str(name): self._if_tested(scores[name].to_numpy(float)) for name in scores}

    def _if_tested(self, values: FloatArray) -> FloatArray:
        """Values as far as forecasts are tested, NaN beyond."""
        is_tested = np.arange(len(values)) < self.forecast.longest_tested_horizon
        return np.where(is_tested, values, np.nan)


def forecast_method_name(forecast: Forecast, model_name: str) -> str:
    """Name a method as it is used in a forecast.

    Args:
        forecast: The forecast, which may be calibrated.
        model_name: One of its methods.

    Returns:
        The name. A no-change forecast says so if the record of past forecasts moves its centre.
    """
    is_moved = model_name == NAIVE_MODEL and forecast.moves_naive
    return _CALIBRATED_NAIVE if is_moved else FORECAST_METHOD_NAMES[model_name]


def forecast_panel(
    counts: ServicePanel, scenario: TakeUp, calibrations: Calibrations
) -> PanelForecast:
    """Forecast the take-up of services together.

    Args:
        counts: The panel of services.
        scenario: The scenario, with curve, ceiling, interval and horizon.
        calibrations: The record of all published services, as known at the scenario's quarter.

    Returns:
        The forecast.
    """
    balanced = select_balanced_panel(counts)
    validate_options(scenario.horizon, scenario.curve, scenario.ceiling, scenario.interval)
    chosen_forecast = choose_forecast(
        _backtest_panel(balanced, scenario.horizon, scenario.ceiling),
        horizon=scenario.horizon,
        requested_model=scenario.curve,
        interval=scenario.interval,
        calibrations=calibrations,
    )
    levels = tuple(sorted({*_INTERVAL_LEVELS, scenario.interval}))
    return PanelForecast(
        balanced,
        chosen_forecast,
        scenario.target,
        levels,
        scenario.curve,
        scenario.ceiling,
        scenario.interval,
    )


def interval_suffix(level: float) -> str:
    """The level of an interval as part of a column's name: 0.8 gives ``80``."""
    return f"{level * 100:.10g}".replace(".", "_")


@lru_cache(maxsize=2048)
def _backtest_panel(balanced: BalancedPanel, horizon: int, ceiling: float) -> BacktestedModels:
    """Fit every model once. A change of the target or of the interval does not need a new fit."""
    return backtest_models(
        np.array(balanced.digital), np.array(balanced.volume), horizon=horizon, ceiling=ceiling
    )
