"""Choice between forecast models by their back-tests on common cases."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from workbook.methods.arrays import BoolArray, IntArray
from workbook.methods.backtest import NAIVE_MODEL, BacktestResults
from workbook.methods.diffusion_curves import DIFFUSION_CURVES
from workbook.methods.origin_forecasts import OriginForecasts

MINIMUM_ORIGINS = 2
"""Origins that a choice of model needs. Six windows give one origin, which is a single trial.
A higher number makes errors larger over the published services, because few have many windows."""
ENSEMBLE_MODEL = "ensemble"
_CLEARLY_BETTER = 0.2
"""Error of a curve, as a multiple of the ensemble's, below which it is preferred."""
_LEAST_SHARE_OF_CASES = 0.5
"""Share of the naive forecast's cases that a model must have to be compared."""


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
    """Choose the ensemble, or a curve that is far better.

    Errors are compared on the cases common to all compared models. Over the published services,
    taking the model with the least error so far forecast less well than the ensemble: a service has
    too few independent cases to tell its models apart. Only a curve with less than a fifth of the
    ensemble's error is preferred, because the series then has that shape.

    Args:
        results: Back-test results by model, with those of the naive forecast.
        usable_models: Models that may be chosen.
        known: Cases whose outcome is known, shape (origins, horizons).

    Returns:
        Name of the model. It is the naive one with cases from fewer than ``MINIMUM_ORIGINS``
        origins, or if take-up has never moved, so that nothing else can be fitted.
    """
    compared_models, common = find_common_cases(results, usable_models, known)
    if common.any(axis=1).sum() < MINIMUM_ORIGINS or not _has_rival(compared_models):
        return NAIVE_MODEL
    errors = {name: float(results[name].absolute_error[common].sum()) for name in compared_models}
    curves = [name for name in compared_models if name in DIFFUSION_CURVES]
    best_curve = min(curves, key=lambda name: errors[name], default=ENSEMBLE_MODEL)
    if errors[best_curve] < _CLEARLY_BETTER * errors[ENSEMBLE_MODEL]:
        return best_curve
    return ENSEMBLE_MODEL


def _has_rival(models: Iterable[str]) -> bool:
    """Whether there is an ensemble with other members than the naive forecast."""
    names = set(models)
    return ENSEMBLE_MODEL in names and bool(names - {ENSEMBLE_MODEL, NAIVE_MODEL})


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
