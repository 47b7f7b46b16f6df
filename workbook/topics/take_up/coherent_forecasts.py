"""Forecasts of every service that add up to the forecast of their total."""

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from workbook.methods.arrays import BoolArray, FloatArray
from workbook.methods.reconciliation import reconcile_to_total
from workbook.topics.take_up.balanced_panel import find_panel_members
from workbook.topics.take_up.forecast import PanelForecast, forecast_panel
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.reliability import Calibrations
from workbook.topics.take_up.service_panel import ServicePanel


@dataclass(frozen=True, eq=False)
class CoherentForecasts:
    """Forecasts of the services that report in the latest window, the largest first.

    The services that reported in every window add up to their forecast together, which is the
    forecast of the page. The others have their own forecasts. Every total is a sum of services,
    with the latest volumes held constant.

    Attributes:
        counts: The panel of these services.
        total: The forecast of those that reported in every window.
        is_member: Which services those are, shape (services,).
        single: The services' forecasts before they are reconciled.
        services: The services' forecasts, reconciled.
        volume: Transactions in the latest window, shape (services,).
    """

    counts: ServicePanel
    total: PanelForecast
    is_member: BoolArray
    single: tuple[PanelForecast, ...]
    services: tuple[PanelForecast, ...]
    volume: FloatArray

    @property
    def central_paths(self) -> FloatArray:
        """Reconciled central forecast of each service, shape (services, horizons)."""
        return _central_forecasts(self.services)

    @property
    def longest_tested_horizon(self) -> int:
        """Quarters ahead as far as any of the forecasts is tested, 0 if none is."""
        return max(
            panel_forecast.forecast.longest_tested_horizon
            for panel_forecast in (self.total, *self.services)
        )

    @property
    def shown_quarters(self) -> list[str]:
        """Quarters of the forecast as far as any is tested; all of them if none is."""
        quarters = self.total.forecast_quarters
        return quarters[: self.longest_tested_horizon or len(quarters)]

    def add_up(self, selected: BoolArray) -> FloatArray:
        """Take-up of some services together, with the latest volumes held constant.

        Args:
            selected: The services, shape (services,). At least one.

        Returns:
            The latest take-up, then the forecast of each quarter, shape (1 + horizons,).
        """
        latest = [service.panel.take_up[-1] for service in self.services]
        paths = np.concatenate([np.array(latest)[:, None], self.central_paths], axis=1)
        weights = self.volume[selected]
        return np.asarray(weights @ paths[selected] / weights.sum(), np.float64)


def forecast_coherently(
    counts: ServicePanel, scenario: TakeUp, calibrations: Calibrations
) -> Generator[None, None, CoherentForecasts]:
    """Forecast each service that reports in the latest window, and reconcile the forecasts.

    Args:
        counts: The panel of services.
        scenario: The scenario.
        calibrations: The record of all published services, as known at the scenario's quarter.

    Yields:
        None after each service, the largest first.

    Returns:
        The reconciled forecasts.

    Raises:
        ValueError: No service reports in any window.
    """
    total, last = forecast_panel(counts, scenario, calibrations), counts.latest_window()
    volume = np.where(counts.is_reporting[:, last], counts.volume[:, last], 0.0)
    order = [place for place in np.argsort(-volume, kind="stable").tolist() if volume[place] > 0]
    single = []
    for place in order:
        single.append(forecast_panel(counts.subset_services([place]), scenario, calibrations))
        yield None
    is_member = find_panel_members(counts)[order]
    return CoherentForecasts(
        counts.subset_services(order),
        total,
        is_member,
        tuple(single),
        tuple(_reconcile_members(single, total, volume[order], is_member)),
        volume[order],
    )


def _reconcile_members(
    single: Sequence[PanelForecast], total: PanelForecast, volume: FloatArray, is_member: BoolArray
) -> Iterator[PanelForecast]:
    """Move the members' forecasts so that they add up to their total."""
    members = [forecast for forecast, member in zip(single, is_member, strict=True) if member]
    paths = iter(
        reconcile_to_total(
            _central_forecasts(members),
            np.stack([np.square(member.forecast.distribution.scale) for member in members]),
            volume[is_member],
            total.forecast.distribution.central_forecast,
            [member.forecast.ceiling for member in members],
        )
    )
    for forecast, member in zip(single, is_member, strict=True):
        yield _with_median(forecast, next(paths)) if member else forecast


def _with_median(panel_forecast: PanelForecast, path: FloatArray) -> PanelForecast:
    """A forecast moved to another central path, with its spread as it was."""
    forecast = panel_forecast.forecast
    distribution = forecast.distribution.with_median(path)
    return replace(panel_forecast, forecast=replace(forecast, distribution=distribution))


def _central_forecasts(forecasts: Sequence[PanelForecast]) -> FloatArray:
    return np.stack([member.forecast.distribution.central_forecast for member in forecasts])
