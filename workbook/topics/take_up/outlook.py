"""The path ahead: the windows that a forecast follows, the forecast, and when it is there."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from workbook import words
from workbook.methods.arrays import FloatArray
from workbook.methods.forecast import Forecast, forecast, reached
from workbook.quarters import later, quarter_of
from workbook.topics.take_up.counts import Counts
from workbook.topics.take_up.scenario import TakeUp

CURVES = {
    "logistic": "Logistic",
    "gompertz": "Gompertz",
    "bass": "Bass",
    "ets": "Exponential smoothing",
    "naive": "No change",
}
"""What the candidates are called."""

LEAST_COVERED = 0.7
"""Share of the latest volume that a forecast's services must make up: the more is asked for, the
fewer windows are left in which the same services report."""

LEVELS = (0.5, 0.8, 0.95)
"""The intervals that are always shown."""


@dataclass(frozen=True)
class Panel:
    """Services that report in every one of some windows, a quarter apart, as one series.

    ``quarters`` are those in which the windows end; ``digital`` and ``volume`` their sums, in
    transactions a year; ``covered`` the share of the latest volume that they make up.
    """

    quarters: tuple[str, ...]
    digital: tuple[float, ...]
    volume: tuple[float, ...]
    services: int
    covered: float

    @property
    def take_up(self) -> tuple[float, ...]:
        """Take-up in each window, as a fraction of 1."""
        return tuple(d / v for d, v in zip(self.digital, self.volume, strict=True))


@dataclass(frozen=True, eq=False)
class Outlook:
    """A panel's forecast under a scenario; ``target`` is a fraction of 1."""

    panel: Panel
    forecast: Forecast
    target: float
    levels: tuple[float, ...]

    @property
    def quarters(self) -> list[str]:
        """The quarters ahead."""
        count = len(self.forecast.predictive.central)
        return [later(self.panel.quarters[-1], n) for n in range(1, count + 1)]

    @property
    def probability(self) -> float | None:
        """Chance that take-up is at the target or above when the forecast ends.

        None where one window is all that is known: no spread can be told from it.
        """
        if not self._tells:
            return None
        return float(self.forecast.predictive.probability(self.target)[-1])

    @property
    def _tells(self) -> bool:
        return self.forecast.windows > 1

    def since(self, quarter: str) -> str:
        """A quarter of the past, which may be the first that is known."""
        first = quarter == self.panel.quarters[0]
        return f"{quarter} or before" if first else quarter

    def target_quarter(self) -> str | None:
        """The first quarter at the target from which the path stays there; None if none is."""
        central = self.forecast.predictive.central.tolist()
        place = reached([*self.panel.take_up, *central], self.target)
        return None if place is None else [*self.panel.quarters, *self.quarters][place]

    def told(self) -> str:
        """The forecast in words: the curve, when the target is reached, how likely it is."""
        goal, end = words.percent(self.target), self.quarters[-1]
        there = self.target_quarter()
        when = f"reaches {goal} in {there}" if there else f"does not reach {goal} by {end}"
        if there and there <= self.panel.quarters[-1]:
            when = f"at {goal} or more since {self.since(there)}"
        curve = CURVES[self.forecast.chosen]
        if self.probability is None:
            return "one window says nothing of where it is going"
        chance = words.chance(self.probability)
        return f"{curve}: {when}; chance of {goal} or more in {end}: {chance}"

    def table(self) -> pd.DataFrame:
        """A row a quarter: what was, then the forecast with its intervals and the chance."""
        predictive = self.forecast.predictive
        ahead = pd.DataFrame(
            {
                "quarter": self.quarters,
                "take_up": np.nan,
                "forecast": predictive.central,
                **self._bands(),
                "probability_of_target": (
                    predictive.probability(self.target) if self._tells else np.nan
                ),
            }
        )
        was = pd.DataFrame({"quarter": self.panel.quarters, "take_up": self.panel.take_up})
        return pd.concat([was, ahead], ignore_index=True)[list(ahead.columns)]

    def _bands(self) -> dict[str, FloatArray]:
        bands: dict[str, FloatArray] = {}
        for level in self.levels:
            low, high = self.forecast.predictive.interval(level)
            if not self._tells:
                low, high = np.full(low.shape, np.nan), np.full(high.shape, np.nan)
            bands |= {f"low_{percent(level)}": low, f"high_{percent(level)}": high}
        return bands


def outlook(counts: Counts, scenario: TakeUp) -> Outlook:
    """The forecast of these services together, under the scenario."""
    held = panel(counts)
    found = _forecast(held, scenario.horizon, scenario.curve, scenario.ceiling, scenario.interval)
    levels = tuple(sorted({*LEVELS, scenario.interval}))
    return Outlook(held, found, scenario.target, levels)


def panel(counts: Counts) -> Panel:
    """The most windows for which the same services make up enough of the latest volume.

    Raises ValueError where no service reports in any window.
    """
    last = counts.latest()
    if last is None:
        msg = "no service reports in any window: there is nothing to forecast"
        raise ValueError(msg)
    places = counts.run_up_to(last)
    reports = counts.reports[:, places]
    since = np.logical_and.accumulate(reports[:, ::-1], axis=1)[:, ::-1]
    latest = np.where(reports[:, -1], counts.volume[:, last], 0.0)
    covered = latest @ since / latest.sum()
    start = int(np.argmax(covered >= LEAST_COVERED))
    who, kept = since[:, start], places[start:]
    return Panel(
        quarters=tuple(quarter_of(counts.windows[place]) for place in kept),
        digital=tuple(counts.digital[who][:, kept].sum(axis=0).tolist()),
        volume=tuple(counts.volume[who][:, kept].sum(axis=0).tolist()),
        services=int(who.sum()),
        covered=float(covered[start]),
    )


def percent(level: float) -> str:
    """An interval's level as it stands in a column's name: 0.8 gives ``80``."""
    return f"{level * 100:.10g}".replace(".", "_")


@lru_cache(maxsize=2048)
def _forecast(held: Panel, horizon: int, curve: str, ceiling: float, interval: float) -> Forecast:
    """A forecast is worked out once: moving the target, or another service, fits nothing anew."""
    return forecast(
        np.array(held.digital),
        np.array(held.volume),
        horizon=horizon,
        asked=curve,
        ceiling=ceiling,
        interval=interval,
    )
