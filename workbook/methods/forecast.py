"""Forecast of take-up by the model with the best back-test."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import IntArray
from workbook.methods.backtest import (
    BACKTEST_HORIZONS,
    MINIMUM_ORIGINS,
    MINIMUM_WINDOWS,
    NAIVE_MODEL,
    BacktestResults,
    BacktestScore,
    backtest_selection,
    choose_model,
    evaluate_forecasts,
    has_moved,
    score_model,
)
from workbook.methods.counts import validate_counts
from workbook.methods.diffusion_curves import DIFFUSION_CURVES
from workbook.methods.forecast_models import (
    OriginForecasts,
    TakeUpSeries,
    forecast_curve,
    forecast_naive,
    forecast_smoothing,
)
from workbook.methods.overlapping_windows import count_independent_years
from workbook.methods.predictive_distribution import PredictiveDistribution

FORECAST_MODELS = (*DIFFUSION_CURVES, "ets", NAIVE_MODEL)
BEST_MODEL = "best"
_SELECTION_LABEL = "shown"
TOO_FEW_WINDOWS = f"it needs at least {MINIMUM_WINDOWS} periods of 12 months"


@dataclass(frozen=True)
class Forecast:
    """A forecast, the model that made it, and the back-tests by which it was chosen."""

    selected_model: str
    """Name of the model that made the forecast."""
    selection_reason: str
    """Why the model was chosen, as a sentence."""
    requested_model_failure: str
    """Why the requested model is not used, empty if it is used or none was requested."""
    distribution: PredictiveDistribution
    """Predictive distribution 1, 2, … quarters after the last window."""
    model_scores: tuple[BacktestScore, ...]
    """Back-test of each model, in the order of ``FORECAST_MODELS``."""
    selection_score: BacktestScore
    """Back-test of the choice itself: at each origin the best model by what was known then."""
    window_count: int

    @property
    def independent_years(self) -> float:
        """Number of independent years that the overlapping windows hold."""
        return count_independent_years(self.window_count)

    @property
    def selected_score(self) -> BacktestScore:
        """Back-test of the chosen model."""
        return self.model_scores[FORECAST_MODELS.index(self.selected_model)]


def find_target_position(path: npt.ArrayLike, target: float) -> int | None:
    """Position from which a path stays at or above a target.

    A path that touches the target and falls below it again has not reached it.

    Args:
        path: Values in order of time, shape (points,).
        target: Value to reach, in the unit of the path.

    Returns:
        Position in the path, or None if the path ends below the target.

    Example:
        >>> find_target_position([0.7, 0.83, 0.81, 0.82, 0.85], target=0.82)
        3
    """
    below_target = np.flatnonzero(np.asarray(path, np.float64) < target)
    position = int(below_target[-1]) + 1 if below_target.size else 0
    return position if position < np.size(path) else None


def forecast_take_up(
    digital: npt.ArrayLike,
    volume: npt.ArrayLike,
    *,
    horizon: int = 12,
    requested_model: str = BEST_MODEL,
    ceiling: float = 0.98,
    interval: float = 0.80,
) -> Forecast:
    """Forecast take-up from consecutive windows that all report.

    Five models are compared by rolling origin (Tashman, 2000): logistic, Gompertz and Bass curves,
    exponential smoothing, and the naive forecast of no change. The one with the least back-test
    error is chosen.

    Args:
        digital: Digital transactions of windows a quarter apart, shape (windows,). A count above
            the volume counts as all of it.
        volume: All transactions of the same windows, above 0.
        horizon: Number of quarters ahead, at least 1.
        requested_model: One of ``FORECAST_MODELS``, or ``BEST_MODEL`` for the model with the least
            back-test error.
        ceiling: Level that a curve must stay below, above 0 and at most 1.
        interval: Probability of the prediction interval that the back-test judges, between 0 and 1.

    Returns:
        The chosen model's forecast as a distribution at each horizon, with every model's back-test.

    Raises:
        ValueError: If the counts are not such a series, or an option is out of its bounds.

    Example:
        With two windows no model can be tested, so the forecast is no change:

        >>> forecast = forecast_take_up([60, 70], [100, 100], horizon=4)
        >>> forecast.selected_model, forecast.distribution.central_forecast.tolist()
        ('naive', [0.7, 0.7, 0.7, 0.7])
    """
    _validate_options(horizon, requested_model, ceiling, interval)
    digital_counts, total_counts = validate_counts(digital, volume)
    series = TakeUpSeries(np.minimum(digital_counts / total_counts, 1.0), total_counts)
    window_count = total_counts.size
    origins = np.arange(min(MINIMUM_WINDOWS, window_count), window_count + 1)
    forecasts = _forecast_from_origins(series, origins, max(horizon, BACKTEST_HORIZONS), ceiling)
    results = {
        name: evaluate_forecasts(model_forecasts, series, origins, interval)
        for name, model_forecasts in forecasts.items()
    }
    selected_model = _select_model(requested_model, forecasts, results)
    score_against_naive = partial(
        score_model, naive=results[NAIVE_MODEL], had_moved=has_moved(series, origins)
    )
    scores = {
        name: score_against_naive(name, results[name], failures=forecasts[name].failures)
        for name in FORECAST_MODELS
    }
    distribution = forecasts[selected_model].distribution_from()
    return Forecast(
        selected_model=selected_model,
        selection_reason=_explain_selection(
            selected_model, requested_model, scores[selected_model], len(origins) - 1
        ),
        requested_model_failure=_describe_rejection(requested_model, selected_model, forecasts),
        distribution=PredictiveDistribution(
            distribution.location[:horizon],
            distribution.scale[:horizon],
            distribution.degrees_of_freedom,
        ),
        model_scores=tuple(scores.values()),
        selection_score=score_against_naive(
            _SELECTION_LABEL,
            backtest_selection(results, forecasts, origins),
            failures=("",) * len(origins),
        ),
        window_count=window_count,
    )


def _select_model(
    requested_model: str,
    forecasts: Mapping[str, OriginForecasts],
    results: Mapping[str, BacktestResults],
) -> str:
    """Name of the requested model if its fit is usable, else of the best back-test."""
    usable_models = [name for name, model in forecasts.items() if not model.failures[-1]]
    if requested_model in usable_models:
        return requested_model
    return choose_model(results, usable_models)


def _describe_rejection(
    requested_model: str, selected_model: str, forecasts: Mapping[str, OriginForecasts]
) -> str:
    """Why the requested model was not used; empty if it was, or if none was requested."""
    if requested_model in (BEST_MODEL, selected_model):
        return ""
    return forecasts[requested_model].failures[-1]


def _validate_options(horizon: int, requested_model: str, ceiling: float, interval: float) -> None:
    """Refuse an option that is out of its bounds."""
    if horizon < 1:
        raise ValueError(f"horizon is {horizon}: it must be at least 1 quarter")
    if requested_model not in (BEST_MODEL, *FORECAST_MODELS):
        raise ValueError(
            f"unknown model {requested_model!r}: choose from"
            f" {', '.join((BEST_MODEL, *FORECAST_MODELS))}"
        )
    if not 0 < ceiling <= 1:
        raise ValueError(f"ceiling is {ceiling}: it must be above 0 and at most 1")
    if not 0 < interval < 1:
        raise ValueError(f"interval is {interval}: it must be between 0 and 1")


def _forecast_from_origins(
    series: TakeUpSeries, origins: IntArray, horizon: int, ceiling: float
) -> dict[str, OriginForecasts]:
    """Forecasts of every model from every origin, by model name."""
    naive_forecasts = forecast_naive(series, origins, horizon)
    if series.shares.size < MINIMUM_WINDOWS:
        unavailable = OriginForecasts(
            naive_forecasts.location,
            naive_forecasts.scale,
            naive_forecasts.degrees_of_freedom,
            (TOO_FEW_WINDOWS,) * len(origins),
        )
        return dict.fromkeys(FORECAST_MODELS, unavailable) | {NAIVE_MODEL: naive_forecasts}
    curve_forecasts = {
        name: forecast_curve(name, series, origins, horizon, ceiling) for name in DIFFUSION_CURVES
    }
    return {
        **curve_forecasts,
        "ets": forecast_smoothing(series, origins, horizon),
        NAIVE_MODEL: naive_forecasts,
    }


def _explain_selection(
    selected_model: str, requested_model: str, backtest_score: BacktestScore, origin_count: int
) -> str:
    """Sentence that says why the model was chosen."""
    if selected_model == requested_model:
        return "it was requested"
    if origin_count < MINIMUM_ORIGINS:
        return (
            f"choosing between methods needs tests from {MINIMUM_ORIGINS} points in time and the"
            f" data allow {origin_count}, so the simplest is used"
        )
    if selected_model == NAIVE_MODEL:
        return "no other method had a smaller back-test error"
    return (
        "it has the smallest back-test error,"
        f" {backtest_score.relative_error:.2f} times that of a no-change forecast"
    )
