"""Back-tests of forecast models by rolling origin, at every horizon that can be tested.

Each model forecasts from the windows known at an earlier time, the origin. The forecasts are
compared with what was observed later (Tashman, 2000).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from workbook.methods.arrays import BoolArray, FloatArray, IntArray
from workbook.methods.forecast_models import OriginForecasts, TakeUpSeries
from workbook.methods.predictive_distribution import PredictiveDistribution

MINIMUM_WINDOWS = 5
"""Windows that a model is fitted to before its first forecast is judged."""
MINIMUM_ORIGINS = 2
"""Origins that a choice of model needs. Six windows give one origin, which is a single trial.
A higher number makes errors larger over the published services, because few have many windows."""
NAIVE_MODEL = "naive"
ENSEMBLE_MODEL = "ensemble"
_CLEARLY_BETTER = 0.2
"""Error of a single model, as a multiple of the ensemble's, below which it is preferred."""
_LOSS_LEVELS = (0.1, 0.5, 0.9)
"""Levels of the quantiles whose pinball loss is compared."""
_LEAST_SHARE_OF_CASES = 0.5
"""Share of the naive forecast's cases that a model must have to be compared."""


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
    low, high = distributions.prediction_interval(interval)
    inside = np.where(np.isnan(judged), np.nan, (judged >= low) & (judged <= high))
    quantiles = {level: distributions.quantile(level) for level in _LOSS_LEVELS}
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


def find_common_cases(
    results: Mapping[str, BacktestResults], usable_models: Iterable[str], known: BoolArray
) -> tuple[list[str], BoolArray]:
    """Cases on which models can be compared fairly.

    A model that failed on hard cases must not be compared on the easy ones that are left.

    Args:
        results: Back-test results by model, with those of the naive forecast.
        usable_models: Models to compare.
        known: Cases whose outcome is known, shape (origins, horizons).

    Returns:
        The models with at least half of the naive forecast's cases, and the cases that all of them
        have, shape (origins, horizons).
    """
    common = known & ~np.isnan(results[NAIVE_MODEL].absolute_error)
    least_count = _LEAST_SHARE_OF_CASES * common.sum()
    compared_models = []
    for model_name in usable_models:
        available = known & ~np.isnan(results[model_name].absolute_error)
        if available.sum() >= least_count:
            compared_models.append(model_name)
            common = common & available
    return compared_models, common


def choose_model(
    results: Mapping[str, BacktestResults], usable_models: Iterable[str], known: BoolArray
) -> str:
    """Choose between the naive forecast, the ensemble and a single model that is far better.

    Errors are compared on the cases common to all compared models. Over the published services,
    taking whichever single model had the least error so far forecast less well than the ensemble:
    a service has too few independent cases to tell its models apart. Only a model with less than
    a fifth of the error of the ensemble is preferred to it.

    Args:
        results: Back-test results by model, with those of the naive forecast.
        usable_models: Models that may be chosen.
        known: Cases whose outcome is known, shape (origins, horizons).

    Returns:
        Name of the model. It is the naive one with cases from fewer than ``MINIMUM_ORIGINS``
        origins, or if no other has a smaller error.
    """
    compared_models, common = find_common_cases(results, usable_models, known)
    if common.any(axis=1).sum() < MINIMUM_ORIGINS:
        return NAIVE_MODEL
    errors = {name: float(results[name].absolute_error[common].sum()) for name in compared_models}
    naive_error = errors[NAIVE_MODEL]
    ensemble_error = errors.get(ENSEMBLE_MODEL, naive_error)
    best_model = min(errors, key=lambda name: errors[name])
    if errors[best_model] < _CLEARLY_BETTER * min(ensemble_error, naive_error):
        return best_model
    return ENSEMBLE_MODEL if ensemble_error < naive_error else NAIVE_MODEL


def known_cases(origins: IntArray, horizon: int, windows: int) -> BoolArray:
    """Cases whose outcome is known from some windows.

    Args:
        origins: Number of windows known at each origin, shape (origins,).
        horizon: Number of quarters ahead.
        windows: Number of windows known when looking back.

    Returns:
        True or False, shape (origins, horizons).
    """
    return np.asarray(origins[:, None] + np.arange(1, horizon + 1) <= windows, np.bool_)


def choose_at_each_origin(
    results: Mapping[str, BacktestResults],
    forecasts: Mapping[str, OriginForecasts],
    origins: IntArray,
) -> list[str]:
    """Choose a model at each origin by what was known then.

    Args:
        results: Back-test results by model.
        forecasts: The same models' forecasts, which say where a fit failed.
        origins: Number of windows known at each origin, shape (origins,).

    Returns:
        Name of the model at each origin.
    """
    horizon = results[NAIVE_MODEL].absolute_error.shape[1]
    chosen_models = []
    for index, windows in enumerate(origins):
        usable_models = [name for name, model in forecasts.items() if not model.failures[index]]
        known = known_cases(origins, horizon, int(windows))
        chosen_models.append(choose_model(results, usable_models, known))
    return chosen_models


def select_forecasts(
    forecasts: Mapping[str, OriginForecasts], chosen_models: Sequence[str]
) -> OriginForecasts:
    """Forecasts of the model chosen at each origin.

    Args:
        forecasts: Forecasts by model.
        chosen_models: Name of the model at each origin.

    Returns:
        The chosen model's forecast from each origin.
    """
    rows = [(forecasts[name], index) for index, name in enumerate(chosen_models)]
    return OriginForecasts(
        np.stack([model.location[index] for model, index in rows]),
        np.stack([model.scale[index] for model, index in rows]),
        np.array([model.degrees_of_freedom[index] for model, index in rows]),
        tuple(model.failures[index] for model, index in rows),
        np.array([model.ceilings[index] for model, index in rows]),
    )
