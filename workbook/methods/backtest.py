"""Back-tests of forecast models by rolling origin, at every horizon that can be tested.

Each model forecasts from the windows known at an earlier time, the origin. The forecasts are
compared with what was observed later (Tashman, 2000).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from workbook.methods.arrays import BoolArray, FloatArray, IntArray
from workbook.methods.origin_forecasts import TakeUpSeries
from workbook.methods.overlapping_windows import count_independent_forecasts
from workbook.methods.predictive_distribution import PredictiveDistribution

MINIMUM_WINDOWS = 5
"""Windows that a model is fitted to before its first forecast is judged."""
NAIVE_MODEL = "naive"
_LOSS_LEVELS = (0.1, 0.5, 0.9)
"""Levels of the quantiles whose pinball loss is compared."""


class BacktestResults(NamedTuple):
    """Forecasts of one model compared with observations.

    Each field has shape (origins, horizons), with NaN where nothing can be compared.
    """

    absolute_error: FloatArray
    """Absolute error of the central forecast."""
    pinball_loss: FloatArray
    """Mean pinball loss of the 10%, 50% and 90% quantiles."""
    inside_interval: FloatArray
    """1 where the observation lies inside the interval, 0 where it does not."""


@dataclass(frozen=True)
class HorizonScore:
    """Summary of a model's back-test over one series, at one horizon or several."""

    case_count: int
    absolute_error: float
    """Sum of absolute errors over its cases, as a fraction of 1."""
    absolute_error_naive: float
    """Sum of the naive forecast's absolute errors over the same cases."""
    mean_pinball_loss: float | None
    """Mean over its cases of the loss of three quantiles."""
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


@dataclass(frozen=True)
class BacktestScore(HorizonScore):
    """Summary of a model's back-test over one series, over all horizons and at each."""

    model_name: str
    origin_count: int
    """Number of origins with a forecast that can be judged."""
    failed_origin_count: int
    """Number of origins from which the fit failed."""
    failure: str
    """Why the fit to all windows failed, empty if it did not."""
    by_horizon: tuple[HorizonScore, ...]
    """The same at 1, 2, … quarters ahead."""

    @property
    def independent_cases(self) -> float:
        """Number of independent outcomes that its cases are worth: their windows overlap.

        Forecasts from one origin at several horizons share their quarters, so origins count.
        """
        return count_independent_forecasts(self.origin_count, 1)


def count_tested_horizons(windows: int, longest: int) -> int:
    """Number of horizons at which a series has a case, at least 1.

    Args:
        windows: Number of windows of the series.
        longest: The longest horizon of interest.

    Returns:
        Horizons: at most one less than the windows after the first ``MINIMUM_WINDOWS``.
    """
    return int(np.clip(windows - MINIMUM_WINDOWS, 1, longest))


def actual_shares(series: TakeUpSeries, origins: IntArray, horizon: int) -> FloatArray:
    """Observed shares after each origin.

    Args:
        series: Take-up of all windows.
        origins: Number of windows known at each origin, shape (origins,).
        horizon: Number of quarters ahead.

    Returns:
        Shares, shape (origins, horizons), NaN where not observed yet.
    """
    padded_shares = np.concatenate([series.shares, np.full(horizon, np.nan)])
    return np.asarray(padded_shares[origins[:, None] + np.arange(horizon)], np.float64)


def evaluate_forecasts(
    distributions: PredictiveDistribution,
    actual: FloatArray,
    failed: BoolArray,
    interval: float,
) -> BacktestResults:
    """Compare a model's forecasts with observations.

    Args:
        distributions: The model's forecasts, shape (origins, horizons).
        actual: Observed shares, in the same shape, NaN where not observed yet.
        failed: Whether there is no forecast from each origin, shape (origins,).
        interval: Probability of the prediction interval that is judged, between 0 and 1.

    Returns:
        Errors, losses and coverage by origin and horizon.
    """
    judged = np.where(failed[:, None], np.nan, actual)
    is_inside = distributions.interval_contains(judged, interval)
    inside = np.where(np.isnan(judged), np.nan, is_inside)
    quantiles = {level: distributions.share_quantile(level) for level in _LOSS_LEVELS}
    losses = [_pinball_loss(judged - value, level) for level, value in quantiles.items()]
    return BacktestResults(np.abs(judged - quantiles[0.5]), np.mean(losses, axis=0), inside)


def _pinball_loss(excess: FloatArray, probability: float) -> FloatArray:
    """Pinball loss of a quantile, from observation minus quantile (Koenker and Bassett, 1978)."""
    return np.maximum(probability * excess, (probability - 1) * excess)


def score_model(
    model_name: str,
    results: BacktestResults,
    naive: BacktestResults,
    *,
    had_moved: BoolArray,
    failures: Iterable[str],
) -> BacktestScore:
    """Summarise one model's back-test.

    Args:
        model_name: Name of the model.
        results: Its results by origin and horizon.
        naive: Results of the naive forecast, in the same shape.
        had_moved: Whether take-up had changed by each origin, shape (origins,).
        failures: Why the fit from each origin failed, empty where it did not. The last is the fit
            to all windows.

    Returns:
        Counts, errors and coverage over the cases that can be compared.
    """
    available = ~np.isnan(results.absolute_error)
    *origin_failures, full_failure = failures
    by_horizon = [
        _score_cases(results, naive, had_moved, available & (np.arange(available.shape[1]) == h))
        for h in range(available.shape[1])
    ]
    return BacktestScore(
        **vars(_score_cases(results, naive, had_moved, available)),
        model_name=model_name,
        origin_count=int(available.any(axis=1).sum()),
        failed_origin_count=sum(bool(reason) for reason in origin_failures),
        failure=full_failure,
        by_horizon=tuple(by_horizon),
    )


def _score_cases(
    results: BacktestResults, naive: BacktestResults, had_moved: BoolArray, cases: BoolArray
) -> HorizonScore:
    judged = cases & had_moved[:, None]
    return HorizonScore(
        case_count=int(cases.sum()),
        absolute_error=float(results.absolute_error[cases].sum()),
        absolute_error_naive=float(naive.absolute_error[cases].sum()),
        mean_pinball_loss=float(results.pinball_loss[cases].mean()) if cases.any() else None,
        judged_count=int(judged.sum()),
        inside_count=int(results.inside_interval[judged].sum()),
    )
