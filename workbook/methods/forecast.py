"""Forecast of take-up by the model with the best back-test."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import IntArray
from workbook.methods.backtest import (
    ENSEMBLE_MODEL,
    MINIMUM_ORIGINS,
    MINIMUM_WINDOWS,
    NAIVE_MODEL,
    BacktestResults,
    BacktestScore,
    actual_shares,
    choose_at_each_origin,
    count_tested_horizons,
    evaluate_forecasts,
    score_model,
    select_forecasts,
)
from workbook.methods.calibration import UNCALIBRATED, Calibration
from workbook.methods.counts import validate_counts
from workbook.methods.diffusion_curves import DIFFUSION_CURVES
from workbook.methods.ensemble import combine_forecasts
from workbook.methods.forecast_models import (
    OriginForecasts,
    TakeUpSeries,
    forecast_curve,
    forecast_drift,
    forecast_naive,
    forecast_smoothing,
    has_moved,
)
from workbook.methods.overlapping_windows import count_independent_years
from workbook.methods.predictive_distribution import PredictiveDistribution

FORECAST_MODELS = (*DIFFUSION_CURVES, "ets", "drift", ENSEMBLE_MODEL, NAIVE_MODEL)
BEST_MODEL = "best"
MINIMUM_FORECAST_WINDOWS = MINIMUM_WINDOWS + MINIMUM_ORIGINS
"""Windows that a tested forecast needs: with fewer, methods cannot be compared on the series."""
MAXIMUM_HORIZON = 40
"""The longest horizon, in quarters, that is back-tested."""
_SELECTION_LABEL = "shown"
_RECORD_INTERVAL = 0.8
"""Level of the interval while models are compared, which does not use its coverage."""
TOO_FEW_WINDOWS = f"it needs at least {MINIMUM_WINDOWS} periods of 12 months"


@dataclass(frozen=True, eq=False)
class BacktestedModels:
    """Every model's forecasts from every origin of a series, and which was best at each.

    Attributes:
        series: Take-up of all windows.
        origins: Number of windows known at each origin, shape (origins,). The last is all windows.
        forecasts: Forecasts by model, in the order of ``FORECAST_MODELS``.
        best_models: The model chosen at each origin by what was known then.
        tested_horizons: Number of horizons at which the series has a case.
    """

    series: TakeUpSeries
    origins: IntArray
    forecasts: Mapping[str, OriginForecasts]
    best_models: tuple[str, ...]
    tested_horizons: int

    def forecasts_of(self, model_name: str) -> OriginForecasts:
        """Forecasts of a model from every origin.

        Args:
            model_name: One of ``FORECAST_MODELS``, or ``BEST_MODEL`` for the one chosen at each
                origin.

        Returns:
            The forecasts.
        """
        if model_name == BEST_MODEL:
            return select_forecasts(self.forecasts, self.best_models)
        return self.forecasts[model_name]

    def evaluate(
        self, forecasts: OriginForecasts, calibration: Calibration, interval: float
    ) -> BacktestResults:
        """Compare forecasts with what was observed later.

        Args:
            forecasts: Forecasts from every origin.
            calibration: The record of past forecasts.
            interval: Level of the interval that is judged.

        Returns:
            Results, shape (origins, tested horizons).
        """
        horizons = self.tested_horizons
        actual = actual_shares(self.series, self.origins, horizons)
        distributions = forecasts.distributions(horizons, calibration)
        return evaluate_forecasts(distributions, actual, forecasts.has_failed, interval)


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
    """Predictive distribution 1, 2, … quarters after the last window, calibrated as far as the
    record of all services goes."""
    longest_tested_horizon: int
    """Quarters ahead as far as forecasts are tested, 0 if no horizon is. Beyond, intervals and
    probabilities must not be quoted."""
    model_scores: tuple[BacktestScore, ...]
    """Back-test of each model, in the order of ``FORECAST_MODELS``."""
    selection_score: BacktestScore
    """Back-test of the choice itself: at each origin the best model by what was known then."""
    window_count: int
    ceiling: float
    """The highest share that counts as possible: the requested one, or the latest share if that is
    above it."""

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
    calibrations: Mapping[str, Calibration] | None = None,
) -> Forecast:
    """Forecast take-up from consecutive windows that all report.

    Seven models are compared by rolling origin (Tashman, 2000): logistic, Gompertz and Bass curves,
    exponential smoothing with a damped trend, half the past drift, an ensemble of these, and the
    naive forecast of no change. The one with the least back-test error is chosen.

    Args:
        digital: Digital transactions of windows a quarter apart, shape (windows,). A count above
            the volume counts as all of it.
        volume: All transactions of the same windows, above 0.
        horizon: Number of quarters ahead, at least 1.
        requested_model: One of ``FORECAST_MODELS``, or ``BEST_MODEL`` for the model with the least
            back-test error.
        ceiling: The highest share that counts as possible, above 0 and at most 1. Where the latest
            share is above it, the latest share takes its place.
        interval: Probability of the prediction interval that the back-test judges, between 0 and 1.
        calibrations: The record of all services by model, with ``BEST_MODEL`` for the choice.
            Without it no horizon counts as tested.

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
    validate_options(horizon, requested_model, ceiling, interval)
    models = backtest_models(digital, volume, horizon=horizon, ceiling=ceiling)
    return choose_forecast(
        models,
        horizon=horizon,
        requested_model=requested_model,
        interval=interval,
        calibrations=calibrations or {},
    )


def backtest_models(
    digital: npt.ArrayLike, volume: npt.ArrayLike, *, horizon: int, ceiling: float
) -> BacktestedModels:
    """Forecast with every model from every origin, and choose the best at each.

    Args:
        digital: Digital transactions of windows a quarter apart, shape (windows,).
        volume: All transactions of the same windows, above 0.
        horizon: Number of quarters ahead, at least 1.
        ceiling: The highest share that counts as possible.

    Returns:
        The models' forecasts.

    Raises:
        ValueError: If the counts are not such a series.
    """
    digital_counts, total_counts = validate_counts(digital, volume)
    series = TakeUpSeries(np.minimum(digital_counts / total_counts, 1.0), total_counts)
    window_count = total_counts.size
    origins = np.arange(min(MINIMUM_WINDOWS, window_count), window_count + 1)
    tested_horizons = count_tested_horizons(window_count, MAXIMUM_HORIZON)
    forecasts = _forecast_from_origins(series, origins, max(horizon, tested_horizons), ceiling)
    models = BacktestedModels(series, origins, forecasts, (), tested_horizons)
    evaluate = partial(models.evaluate, calibration=UNCALIBRATED, interval=_RECORD_INTERVAL)
    results = {name: evaluate(model) for name, model in forecasts.items()}
    if window_count >= MINIMUM_WINDOWS:
        ensemble = combine_forecasts(forecasts, results, origins)
        forecasts = _in_order(forecasts | {ENSEMBLE_MODEL: ensemble})
        results[ENSEMBLE_MODEL] = evaluate(ensemble)
    best_models = choose_at_each_origin(results, forecasts, origins)
    return BacktestedModels(series, origins, forecasts, tuple(best_models), tested_horizons)


def choose_forecast(
    models: BacktestedModels,
    *,
    horizon: int,
    requested_model: str,
    interval: float,
    calibrations: Mapping[str, Calibration],
) -> Forecast:
    """Take the requested or best model's latest forecast, calibrated, with every model's record.

    Args:
        models: Every model's forecasts.
        horizon: Number of quarters ahead.
        requested_model: One of ``FORECAST_MODELS``, or ``BEST_MODEL``.
        interval: Probability of the prediction interval that the back-test judges.
        calibrations: The record of all services by model, with ``BEST_MODEL`` for the choice.

    Returns:
        The forecast.
    """
    usable = (
        requested_model in models.forecasts and not (models.forecasts[requested_model].failures[-1])
    )
    selected_model = requested_model if usable else models.best_models[-1]
    scores = _score_models(models, interval, calibrations)
    forecasts = models.forecasts[selected_model]
    calibration = calibrations.get(selected_model if usable else BEST_MODEL, UNCALIBRATED)
    window_count = models.series.shares.size
    return Forecast(
        selected_model=selected_model,
        selection_reason=_explain_selection(
            selected_model, requested_model, scores[selected_model], len(models.origins) - 1
        ),
        requested_model_failure=_describe_rejection(
            requested_model, selected_model, models.forecasts
        ),
        distribution=forecasts.latest_distribution(horizon, calibration),
        longest_tested_horizon=_longest_tested_horizon(calibration, window_count, horizon),
        model_scores=tuple(scores[name] for name in FORECAST_MODELS),
        selection_score=scores[_SELECTION_LABEL],
        window_count=window_count,
        ceiling=float(forecasts.ceilings[-1]),
    )


def _longest_tested_horizon(calibration: Calibration, window_count: int, horizon: int) -> int:
    """Quarters ahead as far as forecasts from so many windows are tested."""
    if window_count < MINIMUM_FORECAST_WINDOWS:
        return 0
    return min(calibration.tested_horizon, horizon)


def _score_models(
    models: BacktestedModels, interval: float, calibrations: Mapping[str, Calibration]
) -> dict[str, BacktestScore]:
    """Back-test of every model and of the choice, calibrated as forecasts are now."""
    forecasts = {
        **models.forecasts,
        _SELECTION_LABEL: models.forecasts_of(BEST_MODEL),
    }
    results = {
        name: models.evaluate(
            model,
            calibrations.get(BEST_MODEL if name == _SELECTION_LABEL else name, UNCALIBRATED),
            interval,
        )
        for name, model in forecasts.items()
    }
    naive = models.evaluate(models.forecasts[NAIVE_MODEL], UNCALIBRATED, interval)
    had_moved = has_moved(models.series, models.origins)
    return {
        name: score_model(name, results[name], naive, had_moved=had_moved, failures=model.failures)
        for name, model in forecasts.items()
    }


def _describe_rejection(
    requested_model: str, selected_model: str, forecasts: Mapping[str, OriginForecasts]
) -> str:
    """Why the requested model was not used; empty if it was, or if none was requested."""
    if requested_model in (BEST_MODEL, selected_model):
        return ""
    return forecasts[requested_model].failures[-1]


def validate_options(horizon: int, requested_model: str, ceiling: float, interval: float) -> None:
    """Refuse an option that is out of its bounds.

    Args:
        horizon: Number of quarters ahead.
        requested_model: Name of a model, or ``BEST_MODEL``.
        ceiling: The highest share that counts as possible.
        interval: Level of the prediction interval.

    Raises:
        ValueError: If one is out of its bounds.
    """
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


def _in_order(forecasts: Mapping[str, OriginForecasts]) -> dict[str, OriginForecasts]:
    return {name: forecasts[name] for name in FORECAST_MODELS}


def _forecast_from_origins(
    series: TakeUpSeries, origins: IntArray, horizon: int, ceiling: float
) -> dict[str, OriginForecasts]:
    """Forecasts of the single models from every origin, by model name."""
    naive = forecast_naive(series, origins, horizon, ceiling)
    if series.shares.size < MINIMUM_WINDOWS:
        unavailable = replace(naive, failures=(TOO_FEW_WINDOWS,) * len(origins))
        return dict.fromkeys(FORECAST_MODELS, unavailable) | {NAIVE_MODEL: naive}
    return {
        **{
            name: forecast_curve(name, series, origins, horizon, ceiling)
            for name in DIFFUSION_CURVES
        },
        "ets": forecast_smoothing(series, origins, horizon, ceiling),
        "drift": forecast_drift(naive, series, origins),
        NAIVE_MODEL: naive,
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
    relative_error = f"{backtest_score.relative_error:.2f} times that of a no-change forecast"
    if selected_model == ENSEMBLE_MODEL:
        return f"no single method was far better. Its back-test error is {relative_error}"
    return f"it was far better than the others. Its back-test error is {relative_error}"
