"""Forecast of take-up: its path, prediction intervals, and when it reaches the target."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray
from workbook.methods.forecast import Forecast, find_target_position, forecast_take_up
from workbook.periods import shift_quarter
from workbook.text.numbers import format_probability, format_share
from workbook.topics.take_up.balanced_panel import BalancedPanel, select_balanced_panel
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.quarter_labels import format_end_month, format_year_to
from workbook.topics.take_up.service_panel import ServicePanel

FORECAST_CURVE_NAMES = {
    "logistic": "Logistic curve",
    "gompertz": "Gompertz curve",
    "bass": "Bass curve",
    "ets": "Exponential smoothing",
    "naive": "No change (naive)",
}
"""Labels of the forecast methods."""

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
    """

    panel: BalancedPanel
    forecast: Forecast
    target: float
    levels: tuple[float, ...]

    @property
    def forecast_quarters(self) -> list[str]:
        """The quarters that are forecast."""
        count = len(self.forecast.distribution.central_forecast)
        return [shift_quarter(self.panel.quarters[-1], n) for n in range(1, count + 1)]

    @property
    def target_probability(self) -> float | None:
        """Probability that take-up is at or above the target when the forecast ends.

        None if there is only one window, as that shows no spread.
        """
        if not self._has_spread:
            return None
        return float(self.forecast.distribution.probability_at_least(self.target)[-1])

    @property
    def _has_spread(self) -> bool:
        return self.forecast.window_count > 1

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

    def describe_forecast(self) -> str:
        """Describe the method, when it reaches the target, and the probability of meeting it."""
        target_text, last_quarter = format_share(self.target), self.forecast_quarters[-1]
        reached_quarter = self.target_quarter()
        outcome_text = (
            f"reaches {target_text} in {format_year_to(reached_quarter)}"
            if reached_quarter
            else f"does not reach {target_text} by {format_end_month(last_quarter)}"
        )
        if reached_quarter and reached_quarter <= self.panel.quarters[-1]:
            outcome_text = f"at {target_text} or more since {self.describe_start(reached_quarter)}"
        curve = FORECAST_CURVE_NAMES[self.forecast.selected_model]
        if self.target_probability is None:
            return "one 12-month period is too few to forecast"
        probability_text = format_probability(self.target_probability)
        return (
            f"{curve}: {outcome_text}. Probability of {target_text} or more in"
            f" {format_year_to(last_quarter)}: {probability_text}"
        )

    def as_table(self) -> pd.DataFrame:
        """Observed take-up by quarter, then the forecast with its intervals and probability.

        Returns:
            A row for each quarter; shares are fractions of 1.
        """
        predictive = self.forecast.distribution
        future = pd.DataFrame(
            {
                "quarter": self.forecast_quarters,
                "take_up": np.nan,
                "forecast": predictive.central_forecast,
                **self._interval_columns(),
                "probability_of_target": (
                    predictive.probability_at_least(self.target) if self._has_spread else np.nan
                ),
            }
        )
        observed = pd.DataFrame({"quarter": self.panel.quarters, "take_up": self.panel.take_up})
        return pd.concat([observed, future], ignore_index=True)[list(future.columns)]

    def _interval_columns(self) -> dict[str, FloatArray]:
        columns: dict[str, FloatArray] = {}
        for level in self.levels:
            low, high = self.forecast.distribution.prediction_interval(level)
            if not self._has_spread:
                low, high = np.full(low.shape, np.nan), np.full(high.shape, np.nan)
            columns |= {
                f"low_{interval_suffix(level)}": low,
                f"high_{interval_suffix(level)}": high,
            }
        return columns


def forecast_panel(counts: ServicePanel, scenario: TakeUp) -> PanelForecast:
    """Forecast the take-up of services together.

    Args:
        counts: The panel of services.
        scenario: The scenario, with curve, ceiling, interval and horizon.

    Returns:
        The forecast.
    """
    balanced = select_balanced_panel(counts)
    fitted = _fit_forecast(
        balanced, scenario.horizon, scenario.curve, scenario.ceiling, scenario.interval
    )
    levels = tuple(sorted({*_INTERVAL_LEVELS, scenario.interval}))
    return PanelForecast(balanced, fitted, scenario.target, levels)


def interval_suffix(level: float) -> str:
    """The level of an interval as part of a column's name: 0.8 gives ``80``."""
    return f"{level * 100:.10g}".replace(".", "_")


@lru_cache(maxsize=2048)
def _fit_forecast(
    balanced: BalancedPanel, horizon: int, curve: str, ceiling: float, interval: float
) -> Forecast:
    """Fit the forecast once. A change of the target does not need a new fit."""
    return forecast_take_up(
        np.array(balanced.digital),
        np.array(balanced.volume),
        horizon=horizon,
        requested_model=curve,
        ceiling=ceiling,
        interval=interval,
    )
