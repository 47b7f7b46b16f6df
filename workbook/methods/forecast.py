"""Forecast of take-up by the model that its back-test chooses."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy.typing as npt

from workbook.methods.backtest import MINIMUM_WINDOWS, NAIVE_MODEL, BacktestScore, score_model
from workbook.methods.backtested_models import (
    BEST_MODEL,
    FORECAST_MODELS,
    BacktestedModels,
    backtest_models,
)
from workbook.methods.calibration import LONGEST_HORIZON, UNCALIBRATED, Calibration
from workbook.methods.model_choice import ENSEMBLE_MODEL, MINIMUM_ORIGINS
from workbook.methods.origin_forecasts import LATEST_ORIGIN, OriginForecasts, has_moved
from workbook.methods.overlapping_windows import count_independent_years
from workbook.methods.predictive_distribution import PredictiveDistribution

MINIMUM_FORECAST_WINDOWS = MINIMUM_WINDOWS + MINIMUM_ORIGINS
"""Windows that a tested forecast needs: with fewer, methods cannot be compared on the series."""
_SELECTION_LABEL = "shown"


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
    moves_naive: bool
    """Whether calibration moves the centre of the no-change forecast: it does where take-up rose in
    most services. It does not where no change is forecast for want of another method."""
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

    Seven models are compared by rolling origin (Tashman, 2000). They are logistic, Gompertz and
    Bass curves, exponential smoothing with a damped trend and half the past drift. The others are
    an ensemble of these, and the naive forecast of no change. The ensemble is used, or a curve that
    was far better.

    Args:
        digital: Digital transactions of windows a quarter apart, shape (windows,). A count above
            the volume counts as all of it.
        volume: All transactions of the same windows, above 0.
        horizon: Number of quarters ahead, from 1 to ``LONGEST_HORIZON``.
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
    by_model = {name: calibrations.get(name, UNCALIBRATED) for name in FORECAST_MODELS}
    by_model[_SELECTION_LABEL] = calibrations.get(BEST_MODEL, UNCALIBRATED)
    if selected_model == NAIVE_MODEL and not usable:
        # Forecast for want of another method, so it is no change: only its spread is calibrated.
        by_model[_SELECTION_LABEL] = by_model[NAIVE_MODEL] = by_model[NAIVE_MODEL].keep_median()
    scores = _score_models(models, interval, by_model)
    forecasts = models.forecasts[selected_model]
    calibration = by_model[selected_model if usable else _SELECTION_LABEL]
    window_count = models.series.shares.size
    return Forecast(
        selected_model=selected_model,
        selection_reason=_explain_selection(
            selected_model, requested_model, scores[selected_model], len(models.origins) - 1
        ),
        requested_model_failure=_describe_rejection(
            requested_model, selected_model, models.forecasts
        ),
        distribution=forecasts.predictive_distributions(horizon, calibration, LATEST_ORIGIN),
        longest_tested_horizon=_longest_tested_horizon(calibration, window_count, horizon),
        model_scores=tuple(scores[name] for name in FORECAST_MODELS),
        selection_score=scores[_SELECTION_LABEL],
        moves_naive=by_model[NAIVE_MODEL].moves_median,
        window_count=window_count,
        ceiling=float(forecasts.ceilings[-1]),
    )


def _longest_tested_horizon(calibration: Calibration, window_count: int, horizon: int) -> int:
    """Quarters ahead as far as forecasts are tested, and no further than the windows reach back.

    On simulated logistic curves, 80% intervals from ten windows held less than 70% twelve ahead.
    """
    if window_count < MINIMUM_FORECAST_WINDOWS:
        return 0
    return min(calibration.tested_horizon, window_count, horizon)


def _score_models(
    models: BacktestedModels, interval: float, calibrations: Mapping[str, Calibration]
) -> dict[str, BacktestScore]:
    """Back-test of every model and of the choice, calibrated as forecasts are now."""
    forecasts = {
        **models.forecasts,
        _SELECTION_LABEL: models.forecasts_of(BEST_MODEL),
    }
    results = {
        name: models.compare_with_outcomes(
            model,
            calibrations[name],
            interval,
        )
        for name, model in forecasts.items()
    }
    naive = models.compare_with_outcomes(models.forecasts[NAIVE_MODEL], UNCALIBRATED, interval)
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
    if not 1 <= horizon <= LONGEST_HORIZON:
        raise ValueError(f"horizon is {horizon}: it must be from 1 to {LONGEST_HORIZON} quarters")
    if requested_model not in (BEST_MODEL, *FORECAST_MODELS):
        raise ValueError(
            f"unknown model {requested_model!r}: choose from"
            f" {', '.join((BEST_MODEL, *FORECAST_MODELS))}"
        )
    if not 0 < ceiling <= 1:
        raise ValueError(f"ceiling is {ceiling}: it must be above 0 and at most 1")
    if not 0 < interval < 1:
        raise ValueError(f"interval is {interval}: it must be between 0 and 1")


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
        return "take-up has not changed, so no other method can be fitted"
    reason = "it was far better than the others"
    if selected_model == ENSEMBLE_MODEL:
        reason = "no curve was far better"
    if backtest_score.relative_error is None:
        return reason
    return (
        f"{reason}. Over all horizons tested, its error was {backtest_score.relative_error:.2f}"
        " times that of no change"
    )
