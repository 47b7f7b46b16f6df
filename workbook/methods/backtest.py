"""Candidates compared by rolling origin: each forecasts from the past what is known by now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from workbook.methods.arrays import FloatArray, IntArray
from workbook.methods.forecast_models import OriginForecasts, TakeUpSeries

MINIMUM_WINDOWS = 5
"""Windows to learn from before a first forecast is judged."""
BACKTEST_HORIZONS = 4
"""Quarters ahead that are judged: 1 to 4."""
MINIMUM_ORIGINS = 2
"""Origins without which a record chooses nothing: six windows give one, which is one look at it.
Waiting for more makes errors larger over the published services, as few have many windows."""
NAIVE_MODEL = "naive"


class BacktestResults(NamedTuple):
    """One candidate's forecasts beside what came, arrays (origins, horizons), NaN for no case."""

    absolute_error: FloatArray
    """Absolute error of the central forecast."""
    pinball_loss: FloatArray
    """Mean pinball loss of the interval's two ends."""
    inside_interval: FloatArray
    """1 where the interval held what came, 0 where it did not."""

    def keep_cases(self, mask: npt.NDArray[np.bool_]) -> "BacktestResults":
        """These cases and no others."""
        return BacktestResults(*(np.where(mask, values, np.nan) for values in self))


@dataclass(frozen=True)
class BacktestScore:
    """How a candidate did over the record of one series."""

    model_name: str
    case_count: int
    origin_count: int
    """From how many origins it had a forecast that could be judged."""
    failed_origin_count: int
    """From how many its fit failed."""
    failure: str
    """Why its fit to all windows failed; empty if it did not."""
    absolute_error: float
    """Sum over its cases, as a fraction of 1."""
    absolute_error_naive: float
    """The naive forecast's over the same cases."""
    mean_pinball_loss: float | None
    """Mean over its cases of the two ends' losses."""
    judged_count: int
    """Cases by which the interval is judged: those of origins before which take-up had moved.

    Where it never had, the forecast is no change and right by nature; such services are so many
    that they would hide how good the intervals of the others are.
    """
    inside_count: int
    """How many of them the interval held."""

    @property
    def relative_error(self) -> float | None:
        """Mean absolute error as a multiple of the naive forecast's: below 1 is better."""
        if not self.absolute_error_naive > 0:
            return None
        return self.absolute_error / self.absolute_error_naive

    @property
    def interval_coverage(self) -> float | None:
        """Share of actual values inside the interval; None where there was nothing to judge."""
        return self.inside_count / self.judged_count if self.judged_count else None


def evaluate_forecasts(
    forecasts: OriginForecasts, series: TakeUpSeries, origins: IntArray, interval: float
) -> BacktestResults:
    """Every forecast of a candidate beside what came, where it is known by now."""
    actual = _actual_shares(series, origins)
    failed = np.array([bool(failure) for failure in forecasts.failures])[:, None]
    actual = np.where(failed, np.nan, actual)
    location, scale = (
        forecasts.location[:, :BACKTEST_HORIZONS],
        forecasts.scale[:, :BACKTEST_HORIZONS],
    )
    tail = (1 - interval) / 2
    margin = scale * stdtrit(forecasts.degrees_of_freedom, 1 - tail)[:, None]
    low, high = np.clip(location - margin, 0, 1), np.clip(location + margin, 0, 1)
    inside = np.where(np.isnan(actual), np.nan, (actual >= low) & (actual <= high))
    loss = (_pinball_loss(actual - low, tail) + _pinball_loss(actual - high, 1 - tail)) / 2
    return BacktestResults(np.abs(actual - np.clip(location, 0, 1)), loss, inside)


def _actual_shares(series: TakeUpSeries, origins: IntArray) -> FloatArray:
    """What came, shape (origins, HORIZONS), NaN where it has not yet."""
    padded_shares = np.concatenate([series.shares, np.full(BACKTEST_HORIZONS, np.nan)])
    return np.asarray(padded_shares[origins[:, None] + np.arange(BACKTEST_HORIZONS)], np.float64)


def _pinball_loss(excess: FloatArray, probability: float) -> FloatArray:
    """The quantile's loss, of what came less the quantile (Koenker and Bassett, 1978)."""
    return np.maximum(probability * excess, (probability - 1) * excess)


def has_moved(series: TakeUpSeries, origins: IntArray) -> npt.NDArray[np.bool_]:
    """Whether take-up had moved by each origin, shape (origins, 1)."""
    moved_by_window = np.concatenate([[False], np.cumsum(np.diff(series.shares) != 0) > 0])
    return np.asarray(moved_by_window[origins - 1, None], np.bool_)


def score_model(
    model_name: str,
    results: BacktestResults,
    naive: BacktestResults,
    *,
    had_moved: npt.NDArray[np.bool_],
    failures: Iterable[str],
) -> BacktestScore:
    """Sum up one candidate's cases. ``failures`` are by origin, the last of all windows."""
    available = ~np.isnan(results.absolute_error)
    *origin_failures, full_failure = failures
    judged = available & had_moved
    return BacktestScore(
        model_name=model_name,
        case_count=int(available.sum()),
        origin_count=int(available.any(axis=1).sum()),
        failed_origin_count=sum(bool(reason) for reason in origin_failures),
        failure=full_failure,
        absolute_error=float(results.absolute_error[available].sum()),
        absolute_error_naive=float(naive.absolute_error[available].sum()),
        mean_pinball_loss=float(results.pinball_loss[available].mean())
        if available.any()
        else None,
        judged_count=int(judged.sum()),
        inside_count=int(results.inside_interval[judged].sum()),
    )


def choose_model(results: Mapping[str, BacktestResults], usable_models: Iterable[str]) -> str:
    """The usable candidate with the least relative error below 1, otherwise the naive one."""
    best_model, least_error = NAIVE_MODEL, 1.0
    naive_error = results[NAIVE_MODEL].absolute_error
    for model_name in usable_models:
        error = results[model_name].absolute_error
        available = ~np.isnan(error)
        naive_total = naive_error[available].sum()
        if (
            available.any(axis=1).sum() >= MINIMUM_ORIGINS
            and error[available].sum() < least_error * naive_total
        ):
            best_model, least_error = model_name, float(error[available].sum() / naive_total)
    return best_model


def backtest_selection(
    results: Mapping[str, BacktestResults],
    forecasts: Mapping[str, OriginForecasts],
    origins: IntArray,
) -> BacktestResults:
    """The cases of what would have been shown: chosen at each origin by what was known then."""
    horizons = np.arange(1, BACKTEST_HORIZONS + 1)
    selected_results = []
    for index, windows in enumerate(origins):
        known_cases = origins[:, None] + horizons <= windows
        past_results = {
            name: candidate.keep_cases(known_cases) for name, candidate in results.items()
        }
        usable_models = [name for name, each in forecasts.items() if not each.failures[index]]
        selected_results.append(
            results[choose_model(past_results, usable_models)].keep_cases(
                origins[:, None] == windows
            )
        )
    return BacktestResults(
        *(
            np.stack([values[at] for at, values in enumerate(measure)])
            for measure in zip(*selected_results, strict=True)
        )
    )
