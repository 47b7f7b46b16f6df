"""Back-tests of forecast models by rolling origin.

Each model forecasts from the windows known at an earlier time, the origin. The forecasts are
compared with what was observed later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from workbook.methods.arrays import FloatArray, IntArray
from workbook.methods.forecast_models import OriginForecasts, TakeUpSeries

MINIMUM_WINDOWS = 5
"""Windows that a model is fitted to before its first forecast is judged."""
BACKTEST_HORIZONS = 4
"""Number of quarters ahead that are judged: 1 to 4."""
MINIMUM_ORIGINS = 2
"""Origins that a choice of model needs. Six windows give one origin, which is a single trial.
A higher number makes errors larger over the published services, because few have many windows."""
NAIVE_MODEL = "naive"


class BacktestResults(NamedTuple):
    """Forecasts of one model compared with observations.

    Each field has shape (origins, horizons), with NaN where nothing can be compared.
    """

    absolute_error: FloatArray
    """Absolute error of the central forecast."""
    pinball_loss: FloatArray
    """Mean pinball loss of the interval's two ends."""
    inside_interval: FloatArray
    """1 where the observation lies inside the interval, 0 where it does not."""

    def keep_cases(self, mask: npt.NDArray[np.bool_]) -> "BacktestResults":
        """Keep the selected cases and set the others to NaN.

        Args:
            mask: True for each case to keep, broadcast to (origins, horizons).

        Returns:
            Results in the same shape.
        """
        return BacktestResults(*(np.where(mask, values, np.nan) for values in self))


@dataclass(frozen=True)
class BacktestScore:
    """Summary of a model's back-test over one series."""

    model_name: str
    case_count: int
    origin_count: int
    """Number of origins with a forecast that can be judged."""
    failed_origin_count: int
    """Number of origins from which the fit failed."""
    failure: str
    """Why the fit to all windows failed, empty if it did not."""
    absolute_error: float
    """Sum of absolute errors over its cases, as a fraction of 1."""
    absolute_error_naive: float
    """Sum of the naive forecast's absolute errors over the same cases."""
    mean_pinball_loss: float | None
    """Mean over its cases of the loss of the interval's two ends."""
    judged_count: int
    """Number of cases by which the interval is judged: those whose take-up had moved before.

    Where take-up has never moved, a forecast of no change is almost always right. There are so many
    such services that they would hide how good the intervals of the others are.
    """
    inside_count: int
    """Number of those cases inside the interval."""

    @property
    def relative_error(self) -> float | None:
        """Mean absolute error divided by that of the naive forecast: below 1 is better."""
        if not self.absolute_error_naive > 0:
            return None
        return self.absolute_error / self.absolute_error_naive

    @property
    def interval_coverage(self) -> float | None:
        """Share of observations inside the interval, or None where none can be judged."""
        return self.inside_count / self.judged_count if self.judged_count else None


def evaluate_forecasts(
    forecasts: OriginForecasts, series: TakeUpSeries, origins: IntArray, interval: float
) -> BacktestResults:
    """Compare a model's forecasts with observations.

    Args:
        forecasts: The model's forecasts from each origin, at least ``BACKTEST_HORIZONS`` ahead.
        series: Take-up of all windows.
        origins: Number of windows known at each origin, shape (origins,).
        interval: Probability of the prediction interval that is judged, between 0 and 1.

    Returns:
        Errors, interval losses and coverage by origin and horizon. NaN where the fit failed or the
        quarter has not been observed yet.
    """
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
    """Observed shares, shape (origins, BACKTEST_HORIZONS), NaN where not observed yet."""
    padded_shares = np.concatenate([series.shares, np.full(BACKTEST_HORIZONS, np.nan)])
    return np.asarray(padded_shares[origins[:, None] + np.arange(BACKTEST_HORIZONS)], np.float64)


def _pinball_loss(excess: FloatArray, probability: float) -> FloatArray:
    """Pinball loss of a quantile, from observation minus quantile (Koenker and Bassett, 1978)."""
    return np.maximum(probability * excess, (probability - 1) * excess)


def has_moved(series: TakeUpSeries, origins: IntArray) -> npt.NDArray[np.bool_]:
    """Whether take-up had changed at least once by each origin.

    Args:
        series: Take-up of all windows.
        origins: Number of windows known at each origin, shape (origins,).

    Returns:
        True or False for each origin, shape (origins, 1).
    """
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
    """Summarise one model's back-test.

    Args:
        model_name: Name of the model.
        results: Its results by origin and horizon.
        naive: Results of the naive forecast, in the same shape.
        had_moved: Whether take-up had changed by each origin, shape (origins, 1).
        failures: Why the fit from each origin failed, empty where it did not. The last is the fit
            to all windows.

    Returns:
        Counts, errors and coverage over the cases that can be compared.
    """
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
    """Choose the model with the least error relative to the naive forecast.

    Args:
        results: Back-test results by model, with those of the naive forecast.
        usable_models: Models that may be chosen.

    Returns:
        Name of the usable model with the least relative error below 1, back-tested from at least
        ``MINIMUM_ORIGINS`` origins. The naive model if there is none.
    """
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
    """Back-test the choice of a model itself.

    At each origin the model is chosen by what was known then, and its forecast is kept.

    Args:
        results: Back-test results by model.
        forecasts: The same models' forecasts, which say where a fit failed.
        origins: Number of windows known at each origin, shape (origins,).

    Returns:
        Results of the chosen models, shape (origins, horizons).
    """
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
