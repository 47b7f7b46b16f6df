"""The path ahead: the windows that a forecast follows, the forecast, and when it is there."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray
from workbook.methods.forecast import Forecast, find_target_position, forecast_take_up
from workbook.periods import quarter_of, shift_quarter
from workbook.text.numbers import format_probability, format_share
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.service_panel import ServicePanel

FORECAST_CURVE_NAMES = {
    "logistic": "Logistic",
    "gompertz": "Gompertz",
    "bass": "Bass",
    "ets": "Exponential smoothing",
    "naive": "No change",
}
"""What the candidates are called."""

_LEAST_VOLUME_SHARE = 0.7
"""Share of the latest volume that a forecast's services must make up: the more is asked for, the
fewer windows are left in which the same services report."""

_INTERVAL_LEVELS = (0.5, 0.8, 0.95)
"""The intervals that are always shown."""


@dataclass(frozen=True)
class BalancedPanel:
    """Services that report in every one of some windows, a quarter apart, as one series.

    ``quarters`` are those in which the windows end; ``digital`` and ``volume`` their sums, in
    transactions a year; ``covered`` the share of the latest volume that they make up.
    """

    quarters: tuple[str, ...]
    digital: tuple[float, ...]
    volume: tuple[float, ...]
    services: int
    volume_share: float

    @property
    def take_up(self) -> tuple[float, ...]:
        """Take-up in each window, as a fraction of 1."""
        return tuple(d / v for d, v in zip(self.digital, self.volume, strict=True))


@dataclass(frozen=True, eq=False)
class PanelForecast:
    """A panel's forecast under a scenario; ``target`` is a fraction of 1."""

    panel: BalancedPanel
    forecast: Forecast
    target: float
    levels: tuple[float, ...]

    @property
    def forecast_quarters(self) -> list[str]:
        """The quarters ahead."""
        count = len(self.forecast.distribution.central_forecast)
        return [shift_quarter(self.panel.quarters[-1], n) for n in range(1, count + 1)]

    @property
    def target_probability(self) -> float | None:
        """Chance that take-up is at the target or above when the forecast ends.

        None where one window is all that is known: no spread can be told from it.
        """
        if not self._has_spread:
            return None
        return float(self.forecast.distribution.probability_at_least(self.target)[-1])

    @property
    def _has_spread(self) -> bool:
        return self.forecast.window_count > 1

    def describe_start(self, quarter: str) -> str:
        """A quarter of the past, which may be the first that is known."""
        is_first_known = quarter == self.panel.quarters[0]
        return f"{quarter} or before" if is_first_known else quarter

    def target_quarter(self) -> str | None:
        """The first quarter at the target from which the path stays there; None if none is."""
        central = self.forecast.distribution.central_forecast.tolist()
        position = find_target_position([*self.panel.take_up, *central], self.target)
        return (
            None if position is None else [*self.panel.quarters, *self.forecast_quarters][position]
        )

    def describe_forecast(self) -> str:
        """The forecast in words: the curve, when the target is reached, how likely it is."""
        target_text, last_quarter = format_share(self.target), self.forecast_quarters[-1]
        reached_quarter = self.target_quarter()
        outcome_text = (
            f"reaches {target_text} in {reached_quarter}"
            if reached_quarter
            else f"does not reach {target_text} by {last_quarter}"
        )
        if reached_quarter and reached_quarter <= self.panel.quarters[-1]:
            outcome_text = f"at {target_text} or more since {self.describe_start(reached_quarter)}"
        curve = FORECAST_CURVE_NAMES[self.forecast.selected_model]
        if self.target_probability is None:
            return "one window says nothing of where it is going"
        probability_text = format_probability(self.target_probability)
        return (
            f"{curve}: {outcome_text}; chance of {target_text} or more in {last_quarter}:"
            f" {probability_text}"
        )

    def as_table(self) -> pd.DataFrame:
        """A row a quarter: what was, then the forecast with its intervals and the chance."""
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
    """The forecast of these services together, under the scenario."""
    balanced = select_balanced_panel(counts)
    fitted = _fit_forecast(
        balanced, scenario.horizon, scenario.curve, scenario.ceiling, scenario.interval
    )
    levels = tuple(sorted({*_INTERVAL_LEVELS, scenario.interval}))
    return PanelForecast(balanced, fitted, scenario.target, levels)


def select_balanced_panel(counts: ServicePanel) -> BalancedPanel:
    """The most windows for which the same services make up enough of the latest volume.

    Raises ValueError where no service reports in any window.
    """
    last = counts.latest_window()
    if last is None:
        msg = "no service reports in any window: there is nothing to forecast"
        raise ValueError(msg)
    positions = counts.windows_up_to(last)
    reports = counts.is_reporting[:, positions]
    reported_since = np.logical_and.accumulate(reports[:, ::-1], axis=1)[:, ::-1]
    latest_volume = np.where(reports[:, -1], counts.volume[:, last], 0.0)
    volume_shares = latest_volume @ reported_since / latest_volume.sum()
    start = int(np.argmax(volume_shares >= _LEAST_VOLUME_SHARE))
    members, kept_positions = reported_since[:, start], positions[start:]
    return BalancedPanel(
        quarters=tuple(quarter_of(counts.windows[position]) for position in kept_positions),
        digital=tuple(counts.digital[members][:, kept_positions].sum(axis=0).tolist()),
        volume=tuple(counts.volume[members][:, kept_positions].sum(axis=0).tolist()),
        services=int(members.sum()),
        volume_share=float(volume_shares[start]),
    )


def interval_suffix(level: float) -> str:
    """An interval's level as it stands in a column's name: 0.8 gives ``80``."""
    return f"{level * 100:.10g}".replace(".", "_")


@lru_cache(maxsize=2048)
def _fit_forecast(
    balanced: BalancedPanel, horizon: int, curve: str, ceiling: float, interval: float
) -> Forecast:
    """A forecast is worked out once: moving the target, or another service, fits nothing anew."""
    return forecast_take_up(
        np.array(balanced.digital),
        np.array(balanced.volume),
        horizon=horizon,
        requested_model=curve,
        ceiling=ceiling,
        interval=interval,
    )
