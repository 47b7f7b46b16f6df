"""Effect of going live on a service's take-up, alone and against services that did not."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.methods.arrays import BoolArray
from workbook.methods.difference_in_differences import (
    DifferenceInDifferences,
    compare_with_controls,
)
from workbook.methods.interrupted_time_series import (
    EffectEstimate,
    InterruptedTimeSeries,
    explain_extreme_shares,
    fit_interrupted_series,
)
from workbook.periods import MONTHS_PER_YEAR, last_day_of_quarter, months_between, shift_month
from workbook.text.dates import format_month
from workbook.topics.take_up.balanced_panel import BalancedPanel, select_balanced_panel
from workbook.topics.take_up.data import PUBLIC_PHASES
from workbook.topics.take_up.service_panel import ServicePanel

EFFECT_LEVEL = 0.95
"""The level of the confidence intervals of the effect."""


@dataclass(frozen=True)
class ControlComparison:
    """Comparison with services that did not go live in the period.

    Attributes:
        labels: Names of these services, in order.
        difference: The difference in differences; None without any such service.
    """

    labels: tuple[str, ...]
    difference: DifferenceInDifferences | None

    @property
    def estimated_effect(self) -> EffectEstimate | None:
        """The difference with its interval; None where it cannot be estimated."""
        return self.difference.effect if self.difference else None


@dataclass(frozen=True)
class GoLiveEffect:
    """The effect of a service's first public phase.

    Attributes:
        phase: That phase, such as ``public beta``.
        month: Its month.
        series: The interrupted time series; None if the month lies outside the windows.
        controls: The comparison with control services; None if there is no series to compare.
        outside: Why there is no series, as a sentence; empty if there is one.
    """

    phase: str
    month: str
    series: InterruptedTimeSeries | None
    controls: ControlComparison | None
    outside: str = ""


def go_live_months(service: ServicePanel, go_live: pd.DataFrame) -> dict[str, str]:
    """Month in which a service entered each phase.

    Args:
        service: The panel of one service.
        go_live: The table of go-live dates.

    Returns:
        Months such as ``2014-06`` by phase, in the order of the months.
    """
    details = service.services.iloc[0]
    service_rows = (go_live["organisation"] == details["organisation"]) & (
        go_live["service"] == details["service"]
    )
    rows = go_live[service_rows].sort_values("month", kind="stable")
    return dict(zip(rows["phase"].astype(str), rows["month"].astype(str), strict=True))


def estimate_go_live_effect(
    service: ServicePanel, candidates: ServicePanel, go_live: pd.DataFrame
) -> GoLiveEffect | None:
    """Estimate how take-up changed once everybody could use the service.

    Args:
        service: The panel of one service.
        candidates: Services that may serve as controls.
        go_live: The table of go-live dates.

    Returns:
        The effect, or why there is none; None if no month of a public phase is known.
    """
    public_months = [
        (month, phase)
        for phase, month in go_live_months(service, go_live).items()
        if phase in PUBLIC_PHASES
    ]
    if not public_months:
        return None
    month, phase = public_months[0]
    panel = select_balanced_panel(service)
    first_month, last_month = _covered_months(panel)
    if outside := _explain_outside(month, first_month, last_month):
        return GoLiveEffect(phase, month, None, None, outside)
    live_month = months_between(first_month, month)
    series = fit_interrupted_series(
        np.array(panel.digital),
        np.array(panel.volume),
        live_month=live_month,
        interval=EFFECT_LEVEL,
    )
    if explain_extreme_shares(np.array(panel.digital), np.array(panel.volume)):
        return GoLiveEffect(phase, month, series, None)
    controls = _compare_with_controls(service, panel, candidates, go_live, live_month)
    return GoLiveEffect(phase, month, series, controls)


def _covered_months(panel: BalancedPanel) -> tuple[str, str]:
    """First month of the first window, and last month of the last."""
    first, last = (
        f"{last_day_of_quarter(quarter):%Y-%m}"
        for quarter in (panel.quarters[0], panel.quarters[-1])
    )
    return shift_month(first, 1 - MONTHS_PER_YEAR), last


def _explain_outside(month: str, first_month: str, last_month: str) -> str:
    """Sentence for a month in which no window has ended before it, or none holds it."""
    first_end = shift_month(first_month, MONTHS_PER_YEAR - 1)
    if month <= first_end:
        return (
            f"no period ends before {format_month(month)}: the first is the year to"
            f" {format_month(first_end)}"
        )
    if month > last_month:
        return f"the last period, the year to {format_month(last_month)}, is before it"
    return ""


def _compare_with_controls(
    service: ServicePanel,
    panel: BalancedPanel,
    candidates: ServicePanel,
    go_live: pd.DataFrame,
    live_month: int,
) -> ControlComparison:
    windows = [candidates.window_ending_in(quarter) for quarter in panel.quarters]
    positions = [window for window in windows if window is not None]
    members = _is_control(service, candidates, positions) & ~_goes_live(
        candidates, go_live, *_covered_months(panel)
    )
    digital, volume = (
        counts[members][:, positions] for counts in (candidates.digital, candidates.volume)
    )
    usable = [
        row for row in range(len(digital)) if not explain_extreme_shares(digital[row], volume[row])
    ]
    labels = tuple(candidates.service_labels[members].iloc[usable])
    if not usable:
        return ControlComparison((), None)
    return ControlComparison(
        labels,
        compare_with_controls(
            (np.array(panel.digital), np.array(panel.volume)),
            [(digital[row], volume[row]) for row in usable],
            live_month=live_month,
            interval=EFFECT_LEVEL,
        ),
    )


def _is_control(service: ServicePanel, candidates: ServicePanel, positions: list[int]) -> BoolArray:
    """Other services of the same department or function that report in all these windows."""
    details, others = service.services.iloc[0], candidates.services
    related = others["department"] == details["department"]
    if details["function"]:
        related |= others["function"] == details["function"]
    itself = (others["organisation"] == details["organisation"]) & (
        others["service"] == details["service"]
    )
    mask: BoolArray = (related & ~itself).to_numpy(dtype=bool)
    return mask & candidates.is_reporting[:, positions].all(axis=1)


def _goes_live(
    candidates: ServicePanel, go_live: pd.DataFrame, first_month: str, last_month: str
) -> BoolArray:
    """Whether a phase of each service is dated within these months."""
    dated = go_live[go_live["month"].astype(str).between(first_month, last_month)]
    keys = set(zip(dated["organisation"].astype(str), dated["service"].astype(str), strict=True))
    names = zip(candidates.services["organisation"], candidates.services["service"], strict=True)
    return np.array([name in keys for name in names], dtype=bool)
