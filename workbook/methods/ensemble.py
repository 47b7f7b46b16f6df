"""Ensemble of forecasts: members averaged with weights by their past pinball loss."""

from collections.abc import Mapping

import numpy as np

from workbook.methods.arrays import FloatArray, IntArray
from workbook.methods.backtest import NAIVE_MODEL, BacktestResults
from workbook.methods.model_choice import find_common_cases, known_cases
from workbook.methods.origin_forecasts import OriginForecasts

_PRIOR_CASES = 40.0
"""Weight of equal losses, in cases: with few cases the weights stay nearly equal."""
_PROVEN_FROM_THE_START = ("ets", "drift", NAIVE_MODEL)
"""Members before any case is known. Curves must have a record first."""


def combine_forecasts(
    forecasts: Mapping[str, OriginForecasts],
    results: Mapping[str, BacktestResults],
    origins: IntArray,
) -> OriginForecasts:
    """Average the members' quantiles at each origin, with weights as known then.

    A member's weight is inversely proportional to its mean pinball loss on the cases common to the
    members. Quantiles are averaged, not probabilities, so the average is no wider than its members
    (Lichtendahl, Grushka-Cockayne and Winkler, 2013).

    Args:
        forecasts: Members' forecasts by name, with the naive forecast.
        results: Their back-test results.
        origins: Number of windows known at each origin, shape (origins,).

    Returns:
        Forecasts from each origin, of which none fails.
    """
    weights = np.stack(
        [_weigh_members(forecasts, results, origins, index) for index in range(len(origins))]
    )
    members = list(forecasts.values())
    naive = forecasts[NAIVE_MODEL]

    def average(values: list[FloatArray]) -> FloatArray:
        return np.asarray(np.einsum("om,mo...->o...", weights, np.stack(values)), np.float64)

    return OriginForecasts(
        average([member.location for member in members]),
        average([member.scale for member in members]),
        average([member.degrees_of_freedom for member in members]),
        ("",) * len(origins),
        naive.ceilings,
    )


def _weigh_members(
    forecasts: Mapping[str, OriginForecasts],
    results: Mapping[str, BacktestResults],
    origins: IntArray,
    index: int,
) -> FloatArray:
    """Weights of the members at one origin, shape (members,); they add up to 1."""
    usable_models = [name for name, model in forecasts.items() if not model.failures[index]]
    horizon = results[NAIVE_MODEL].pinball_loss.shape[1]
    known = known_cases(origins, horizon, int(origins[index]))
    compared_models, common = find_common_cases(results, usable_models, known)
    case_count = int(common.sum())
    if not case_count:
        compared_models = [name for name in usable_models if name in _PROVEN_FROM_THE_START]
    losses = {name: float(results[name].pinball_loss[common].sum()) for name in compared_models}
    usual_loss = sum(losses.values()) / len(losses) / max(case_count, 1)
    precision = {
        name: (case_count + _PRIOR_CASES) / (loss + _PRIOR_CASES * usual_loss)
        if usual_loss > 0
        else 1.0
        for name, loss in losses.items()
    }
    total = sum(precision.values())
    return np.array([precision.get(name, 0.0) / total for name in forecasts])
