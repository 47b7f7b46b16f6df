"""Every model's forecasts from every origin of a series."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import IntArray
from workbook.methods.backtest import (
    MINIMUM_WINDOWS,
    NAIVE_MODEL,
    BacktestResults,
    actual_shares,
    count_tested_horizons,
    evaluate_forecasts,
)
from workbook.methods.calibration import LONGEST_HORIZON, UNCALIBRATED, Calibration
from workbook.methods.counts import validate_counts
from workbook.methods.diffusion_curves import DIFFUSION_CURVES
from workbook.methods.ensemble import combine_forecasts
from workbook.methods.forecast_models import (
    forecast_curves,
    forecast_drift,
    forecast_naive,
    forecast_smoothing,
)
from workbook.methods.model_choice import (
    ENSEMBLE_MODEL,
    choose_at_each_origin,
    select_forecasts,
)
from workbook.methods.origin_forecasts import OriginForecasts, TakeUpSeries

FORECAST_MODELS = (*DIFFUSION_CURVES, "ets", "drift", ENSEMBLE_MODEL, NAIVE_MODEL)
BEST_MODEL = "best"
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

    def compare_with_outcomes(
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
        distributions = forecasts.predictive_distributions(horizons, calibration)
        return evaluate_forecasts(distributions, actual, forecasts.has_failed, interval)


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
    tested_horizons = count_tested_horizons(window_count, LONGEST_HORIZON)
    forecasts = _forecast_from_origins(series, origins, max(horizon, tested_horizons), ceiling)
    models = BacktestedModels(series, origins, forecasts, (), tested_horizons)
    evaluate = partial(
        models.compare_with_outcomes, calibration=UNCALIBRATED, interval=_RECORD_INTERVAL
    )
    results = {name: evaluate(model) for name, model in forecasts.items()}
    if window_count >= MINIMUM_WINDOWS:
        ensemble = combine_forecasts(forecasts, results, origins)
        forecasts = _in_order(forecasts | {ENSEMBLE_MODEL: ensemble})
        results[ENSEMBLE_MODEL] = evaluate(ensemble)
    best_models = choose_at_each_origin(results, forecasts, origins)
    return BacktestedModels(series, origins, forecasts, tuple(best_models), tested_horizons)


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
        **forecast_curves(series, origins, horizon, ceiling),
        "ets": forecast_smoothing(series, origins, horizon, ceiling),
        "drift": forecast_drift(naive, series, origins),
        NAIVE_MODEL: naive,
    }
