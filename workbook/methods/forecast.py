"""A forecast of take-up that has been tested against the past."""

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
TOO_FEW_WINDOWS = f"fewer than {MINIMUM_WINDOWS} windows"


@dataclass(frozen=True)
class Forecast:
    """A forecast, the candidate that made it, and the record by which it was chosen."""

    selected_model: str
    """The candidate whose forecast this is."""
    selection_reason: str
    """Why, in plain words."""
    requested_model_failure: str
    """Why the curve that was asked for is not shown; empty if it is, or none was asked for."""
    distribution: PredictiveDistribution
    """At the horizons 1, 2, … quarters after the last window."""
    model_scores: tuple[BacktestScore, ...]
    """Each candidate's, in the order of ``CANDIDATES``."""
    selection_score: BacktestScore
    """Of what would have been shown: at each origin the best by what was known then."""
    window_count: int

    @property
    def independent_years(self) -> float:
        """How many independent years the overlapping windows hold."""
        return count_independent_years(self.window_count)

    @property
    def selected_score(self) -> BacktestScore:
        """The chosen candidate's record."""
        return self.model_scores[FORECAST_MODELS.index(self.selected_model)]


def find_target_position(path: npt.ArrayLike, target: float) -> int | None:
    """Position from which a path stays at the target or above; None if it does not end there.

    A path that only touches the target on its way down has not reached it.
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
    """Forecast take-up from consecutive windows, a quarter apart, that all report.

    Args:
        digital: Digital transactions of each window, shape (windows,). More than the volume counts
            as all of it.
        volume: All transactions, aligned with it, above 0.
        horizon: Quarters ahead, at least 1.
        requested_model: One of ``FORECAST_MODELS``, or ``BEST_MODEL`` for the one with the
            best record.
        ceiling: The level that a curve must stay below, above 0 and at most 1.
        interval: The probability of the interval that the record judges, between 0 and 1.

    Raises ValueError for counts that are no such series and for what is out of these bounds.
    """
    _validate_options(horizon, requested_model, ceiling, interval)
    digital_counts, total_counts = validate_counts(digital, volume)
    series, window_count = (
        TakeUpSeries(np.minimum(digital_counts / total_counts, 1.0), total_counts),
        total_counts.size,
    )
    origins = np.arange(min(MINIMUM_WINDOWS, window_count), window_count + 1)
    forecasts = _forecast_from_origins(series, origins, max(horizon, BACKTEST_HORIZONS), ceiling)
    results = {
        name: evaluate_forecasts(model_forecasts, series, origins, interval)
        for name, model_forecasts in forecasts.items()
    }
    usable_models = [name for name, each in forecasts.items() if not each.failures[-1]]
    selected_model = (
        requested_model
        if requested_model in usable_models
        else choose_model(results, usable_models)
    )
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
        requested_model_failure=""
        if requested_model in (BEST_MODEL, selected_model)
        else f"{requested_model}: {forecasts[requested_model].failures[-1]}",
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


def _validate_options(horizon: int, requested_model: str, ceiling: float, interval: float) -> None:
    if horizon < 1:
        raise ValueError(f"a horizon of {horizon} quarters is none: it must be at least 1")
    if requested_model not in (BEST_MODEL, *FORECAST_MODELS):
        raise ValueError(
            f"{requested_model!r} is no candidate: {', '.join((BEST_MODEL, *FORECAST_MODELS))} are"
        )
    if not 0 < ceiling <= 1:
        raise ValueError(
            f"a ceiling of {ceiling} is none of a share: it must be above 0, at most 1"
        )
    if not 0 < interval < 1:
        raise ValueError(f"an interval of {interval} is none: it must be between 0 and 1")


def _forecast_from_origins(
    series: TakeUpSeries, origins: IntArray, horizon: int, ceiling: float
) -> dict[str, OriginForecasts]:
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
    if selected_model == requested_model:
        return "it was asked for"
    if origin_count < MINIMUM_ORIGINS:
        return (
            f"a choice needs a test from {MINIMUM_ORIGINS} points in time and the windows allow "
            f"{origin_count}: the simplest is shown"
        )
    if selected_model == NAIVE_MODEL:
        return "no other candidate beat it"
    return f"its error was the least, {backtest_score.relative_error:.2f} of the naive forecast's"
