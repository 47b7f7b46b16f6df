"""One service in detail: its windows, control limits, forecast and the effect of going live."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from workbook.methods.control_chart import LEAST_ROLLING_WINDOWS, ControlLimits, rolling_limits
from workbook.periods import quarter_of, quarters_between
from workbook.scenario import ParameterError, ScenarioError, value_error
from workbook.topics.take_up.comparison import WindowComparison
from workbook.topics.take_up.forecast import PanelForecast, forecast_panel
from workbook.topics.take_up.go_live import (
    GoLiveEffect,
    estimate_go_live_effect,
    go_live_months,
)
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.reliability import Calibrations
from workbook.topics.take_up.selection import ServiceSelection, services_named
from workbook.topics.take_up.service_panel import ServicePanel


@dataclass(frozen=True, eq=False)
class ServiceDetail:
    """One service's figures.

    Attributes:
        label: The service's name.
        quarter: The scenario's quarter.
        counts: The panel of this service alone.
        panel_forecast: Its forecast.
        control: Control limits; None if it reports in too few windows.
        go_live_months: The month of each phase, where known.
        go_live_effect: The effect of going live; None if no public phase is dated.
    """

    label: str
    quarter: str
    counts: ServicePanel
    panel_forecast: PanelForecast
    control: ControlLimits | None
    go_live_months: dict[str, str]
    go_live_effect: GoLiveEffect | None


def build_service_detail(
    selection: ServiceSelection,
    comparison: WindowComparison,
    scenario: TakeUp,
    go_live: pd.DataFrame,
    calibrations: Calibrations,
) -> ServiceDetail:
    """Analyse the scenario's service, or the one that contributed most to the change.

    Args:
        selection: The selected services, and those that may serve as controls.
        comparison: The two windows compared.
        scenario: The scenario.
        go_live: The table of go-live dates.
        calibrations: The record of all published services.

    Returns:
        The service's figures.

    Raises:
        ScenarioError: The selection has no such service that reports.
    """
    label = scenario.service or _largest_contributor(comparison)
    services = selection.before_exclusions
    matches = services_named(services, (label,))
    reports = matches & services.is_reporting.any(axis=1)
    if not reports.any():
        raise ScenarioError([_missing_service_error(label, matched=bool(matches.any()))])
    first = int(np.flatnonzero(reports)[0])
    service_counts = services.subset_services([first])
    return ServiceDetail(
        str(services.service_labels[first]),
        scenario.quarter,
        service_counts,
        forecast_panel(service_counts, scenario, calibrations),
        _control_limits(service_counts),
        go_live_months(service_counts, go_live),
        estimate_go_live_effect(service_counts, selection.not_excluded, go_live),
    )


def _largest_contributor(comparison: WindowComparison) -> str:
    services = comparison.service_rows
    contributions = services["moved"].abs().fillna(0.0)
    return str(services["service"].iloc[int(contributions.to_numpy().argmax())])


def _missing_service_error(label: str, *, matched: bool) -> ParameterError:
    explanation = (
        "it does not report transactions and digital transactions by then"
        if matched
        else "it is not one of the selected services"
    )
    return value_error("service", label, f"{explanation}. Choose a service from the list, or none.")


def _control_limits(counts: ServicePanel) -> ControlLimits | None:
    """Limits from the windows in which the service reports; None if they are too few.

    A digital volume above the volume is kept as published, so a share may be above 1.
    """
    shares = counts.take_up(slice(None))[0]
    first = quarter_of(counts.windows[0])
    positions = [quarters_between(first, quarter_of(end)) for end in counts.windows]
    spaced = np.full(positions[-1] + 1, np.nan)
    spaced[positions] = shares
    if (~np.isnan(spaced)).sum() < LEAST_ROLLING_WINDOWS or np.isnan(np.diff(spaced)).all():
        return None
    limits = rolling_limits(spaced, low=0, high=max(1.0, float(np.nanmax(shares))))
    return replace(limits, outside=limits.outside[positions])
