"""Past forecasts of all services: every model from every origin, and what was observed later."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from workbook.methods.arrays import BoolArray, FloatArray, IntArray
from workbook.methods.backtest import MINIMUM_WINDOWS, actual_shares, count_tested_horizons
from workbook.methods.backtested_models import BEST_MODEL, FORECAST_MODELS, backtest_models
from workbook.methods.calibration import LONGEST_HORIZON, UNCALIBRATED, Calibration, spread_levels
from workbook.methods.origin_forecasts import OriginForecasts, has_moved
from workbook.methods.predictive_distribution import PredictiveDistribution
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.service_panel import ServicePanel

RECORD_MODELS = (BEST_MODEL, *FORECAST_MODELS)
"""Models with a record, and the choice between them."""


@dataclass(frozen=True, eq=False)
class PastForecasts:
    """Every model's forecasts of services whose take-up had moved, from every origin.

    Attributes:
        windows: The month in which each window ends, a quarter apart.
        service: Position of the service, shape (origins,).
        latest_window: Position of the last window known at each origin, shape (origins,).
        actual: Shares observed later, shape (origins, horizons), NaN where not observed.
        forecasts: Forecasts by model.
    """

    windows: tuple[str, ...]
    service: IntArray
    latest_window: IntArray
    actual: FloatArray
    forecasts: dict[str, OriginForecasts]

    @property
    def longest_horizon(self) -> int:
        """The longest horizon of any case."""
        return int(self.actual.shape[1])

    def known_cases(self, model: str, last_window: int) -> BoolArray:
        """Cases of a model whose outcome was known by a window.

        Args:
            model: One of ``RECORD_MODELS``.
            last_window: Position of the window.

        Returns:
            True or False, shape (origins, horizons).
        """
        observed_window = self.latest_window[:, None] + np.arange(1, self.longest_horizon + 1)
        is_known = ~np.isnan(self.actual) & (observed_window <= last_window)
        return is_known & ~self.forecasts[model].has_failed[:, None]

    def model_distributions(
        self, model: str, calibration: Calibration, origins: BoolArray | slice = slice(None)
    ) -> PredictiveDistribution:
        """A model's distributions, without a ceiling, which is an assumption about the future.

        Args:
            model: One of ``RECORD_MODELS``.
            calibration: The record that calibrates them.
            origins: Which origins, all by default.

        Returns:
            Distributions of shape (origins, horizons).
        """
        distributions = self.forecasts[model].predictive_distributions(
            self.longest_horizon, calibration, origins
        )
        return replace(distributions, ceiling=1.0)

    def outcome_levels(self, model: str) -> FloatArray:
        """Share of each outcome by bin of its level in the model's forecast.

        Args:
            model: One of ``RECORD_MODELS``.

        Returns:
            Shares, shape (origins, horizons, ``LEVEL_BINS``); 0 where nothing is observed.
        """
        levels = self.model_distributions(model, UNCALIBRATED).level_of(self.actual)
        lowest = np.where(self.actual <= 0, 0.0, levels)
        highest = np.where(self.actual >= 1, 1.0, levels)
        return np.nan_to_num(spread_levels(lowest, highest))

    def calibrate_model(self, levels: FloatArray, cases: BoolArray) -> Calibration:
        """Calibrate a model by some cases.

        Args:
            levels: The model's ``outcome_levels``.
            cases: The cases to use, shape (origins, horizons).

        Returns:
            The calibration as far as there are enough cases.
        """
        window_counts = [len(np.unique(self.latest_window[rows])) for rows in cases.T]
        return Calibration.from_counts(count_cases(levels, cases), window_counts)


def count_cases(levels: FloatArray, cases: BoolArray) -> FloatArray:
    """Count outcomes by horizon and bin of level.

    Args:
        levels: Share of each outcome in each bin, shape (origins, horizons, ``LEVEL_BINS``).
        cases: The cases to count, shape (origins, horizons).

    Returns:
        Counts, shape (horizons, ``LEVEL_BINS``).
    """
    return np.asarray(np.einsum("ohb,oh->hb", levels, cases.astype(float)), np.float64)


def collect_past_forecasts(counts: ServicePanel) -> PastForecasts:
    """Forecast every service from every origin with every model.

    Origins at which a service's take-up had never moved are left out: a forecast of no change is
    then almost always right, and they are so many that they would hide how good the others are.

    Args:
        counts: The panel of all services.

    Returns:
        The forecasts and what was observed later.

    Raises:
        ValueError: If no service has the windows for a test.
    """
    last = counts.latest_window()
    columns = [] if last is None else counts.windows_up_to(last)
    runs = list(_testable_runs(counts.is_reporting[:, columns]))
    if not runs:
        msg = f"no service reports in {MINIMUM_WINDOWS + 1} consecutive 12-month periods"
        raise ValueError(msg)
    longest_run = max(stop - start for _, start, stop in runs)
    horizon = count_tested_horizons(longest_run, LONGEST_HORIZON)
    parts = [_forecast_run(counts, columns, run, horizon) for run in runs]
    return PastForecasts(
        tuple(counts.windows[column] for column in columns),
        np.concatenate([part.service for part in parts]),
        np.concatenate([part.latest_window for part in parts]),
        np.concatenate([part.actual for part in parts]),
        {
            name: OriginForecasts.concatenate_series([part.forecasts[name] for part in parts])
            for name in RECORD_MODELS
        },
    )


def _forecast_run(
    counts: ServicePanel, columns: list[int], run: tuple[int, int, int], horizon: int
) -> PastForecasts:
    """Forecasts of one service's consecutive windows."""
    service, start, stop = run
    models = backtest_models(
        counts.digital[service, columns[start:stop]],
        counts.volume[service, columns[start:stop]],
        horizon=horizon,
        ceiling=TakeUp().ceiling,
    )
    kept = has_moved(models.series, models.origins)
    kept[-1] = False  # Nothing later is observed.
    return PastForecasts(
        (),
        np.full(int(kept.sum()), service),
        start + models.origins[kept] - 1,
        actual_shares(models.series, models.origins, horizon)[kept],
        {name: models.forecasts_of(name).subset_origins(kept) for name in RECORD_MODELS},
    )


def _testable_runs(reports: BoolArray) -> Iterator[tuple[int, int, int]]:
    """Service, first window and end of each run of windows that is long enough for a test."""
    edges = np.diff(np.pad(reports.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    starts, stops = np.argwhere(edges == 1), np.argwhere(edges == -1)
    for (service, start), (_, stop) in zip(starts.tolist(), stops.tolist(), strict=True):
        if stop - start > MINIMUM_WINDOWS:
            yield service, start, stop
