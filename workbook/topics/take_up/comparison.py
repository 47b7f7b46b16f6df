"""Comparison of two windows: take-up and cost, for all services and for the same services."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from workbook.methods.arrays import BoolArray, FloatArray
from workbook.methods.decomposition import Decomposition, decompose_change
from workbook.methods.price_index import compare_matched_costs
from workbook.periods import QUARTERS_PER_YEAR, quarter_of, shift_quarter
from workbook.scenario import ScenarioError, value_error
from workbook.topics.take_up.service_panel import ServicePanel
from workbook.topics.take_up.unit_costs import UnitCostChange, deflate_costs

TAKE_UP_CHANGE_PARTS = {
    "within": "Within-service effect",
    "mix": "Mix effect",
    "interaction": "Interaction effect",
    "entry": "Entry effect",
    "exit": "Exit effect",
}
"""Parts of the change in take-up, and their labels."""


NEGLIGIBLE_CHANGE = 0.0005
"""Effects and changes below 0.05 percentage points are shown as 0."""

BOTH_YEARS, LATER_ONLY, EARLIER_ONLY = "both years", "later year only", "earlier year only"
"""What the table of services says of when each one reported."""


@dataclass(frozen=True, eq=False)
class WindowComparison:
    """The services' latest window and an earlier one.

    Without an earlier window there is nothing to compare, and the figures of the change are None.

    Attributes:
        counts: The panel of services.
        quarter_before: The quarter in which the earlier window ends.
        before: Position of the earlier window; None if the table does not have it.
        after: Position of the latest window.
        price_growth: Growth of prices on the year before, a fraction of 1, by calendar year.
    """

    counts: ServicePanel
    quarter_before: str
    before: int | None
    after: int
    price_growth: Mapping[int, float] = field(default_factory=dict)

    @cached_property
    def change_decomposition(self) -> Decomposition:
        """Take-up in both windows, and the parts of its change."""
        return decompose_change(
            self._figures_in_window(self.counts.volume, self.before),
            self._figures_in_window(self.counts.digital, self.before),
            self._figures_in_window(self.counts.volume, self.after),
            self._figures_in_window(self.counts.digital, self.after),
        )

    @cached_property
    def unit_costs(self) -> UnitCostChange:
        """Costs of the services with volume and cost in both windows."""
        matched_costs = compare_matched_costs(
            self._figures_in_window(self.counts.volume, self.before),
            self._figures_in_window(self.counts.cost, self.before),
            self._figures_in_window(self.counts.volume, self.after),
            self._figures_in_window(self.counts.cost, self.after),
        )
        return deflate_costs(
            matched_costs, self.window_before, self.window_after, self.price_growth
        )

    @cached_property
    def stopped_share(self) -> float:
        """Share of the earlier window's transactions in services that no longer report."""
        if self.before is None:
            return 0.0
        reported, reports = self.counts.is_reporting[:, [self.before, self.after]].T
        volume = self.counts.volume[:, self.before]
        stopped_volume = volume[reported & ~reports].sum()
        return float(stopped_volume / volume[reported].sum()) if reported.any() else 0.0

    @property
    def window_before(self) -> str:
        """Month in which the earlier window ends; empty if there is none."""
        return "" if self.before is None else self.counts.windows[self.before]

    @property
    def window_after(self) -> str:
        """Month in which the later window ends."""
        return self.counts.windows[self.after]

    @cached_property
    def service_rows(self) -> pd.DataFrame:
        """Services that report in either window, the largest first."""
        rows = self._build_service_rows()
        return rows.sort_values("volume", ascending=False, kind="stable", ignore_index=True)

    def known_costs(self) -> FloatArray:
        """Cost of a transaction in the services with volume and cost in the later window.

        Returns:
            Pounds, shape (services with both,).
        """
        counts = self.counts
        costs = counts.cost[:, self.after][counts.volume[:, self.after] > 0]
        return np.asarray(costs[~np.isnan(costs)], np.float64)

    def median_cost(self) -> float | None:
        """Median of these costs, in pounds.

        Returns:
            The median; None if no service has both.
        """
        costs = self.known_costs()
        return float(np.median(costs)) if len(costs) else None

    def _build_service_rows(self) -> pd.DataFrame:
        counts, after = self.counts, self.after
        reports = counts.is_reporting
        before = np.full(len(reports), fill_value=False)
        if self.before is not None:
            before = reports[:, self.before]
        reported_either = before | reports[:, after]
        rows = pd.DataFrame({"service": counts.service_labels})
        rows = rows.assign(
            organisation=counts.services["organisation"],
            department=counts.services["department"],
            reported=_reporting_status(before, reports[:, after]),
            volume=counts.volume[:, after],
            take_up_before=np.nan if self.before is None else counts.take_up(self.before),
            take_up=counts.take_up(after),
            cost_before=self._figures_in_window(counts.cost, self.before),
            cost=counts.cost[:, after],
        )
        rows = rows.assign(change=rows["take_up"] - rows["take_up_before"])
        rows = rows.assign(moved=self._within_contributions(rows, before))
        return rows[reported_either].reset_index(drop=True)

    def _within_contributions(self, rows: pd.DataFrame, before: BoolArray) -> "pd.Series[float]":
        """Contribution of each matched service to the within-service change, a fraction of 1."""
        volume = self._figures_in_window(self.counts.volume, self.before)
        is_matched = before & rows["take_up"].notna().to_numpy()
        weight = np.where(is_matched, volume, np.nan)
        return rows["change"] * weight / np.nansum(weight) if is_matched.any() else rows["change"]

    def _figures_in_window(self, figures: FloatArray, window: int | None) -> FloatArray:
        return np.full(len(figures), np.nan) if window is None else figures[:, window]


def compare_windows(
    counts: ServicePanel, quarter_before: str, price_growth: Mapping[int, float]
) -> WindowComparison:
    """Compare the latest window in which services report with an earlier one.

    Args:
        counts: The panel of services.
        quarter_before: Quarter in which the earlier window ends; blank for a year earlier.
        price_growth: Growth of prices on the year before, a fraction of 1, by calendar year.

    Returns:
        The two windows.

    Raises:
        ScenarioError: The quarter is not before the latest window.
        ValueError: No service reports in any window.
    """
    after = counts.latest_window()
    if after is None:
        msg = "no service reports in any 12-month period, so there is nothing to compare"
        raise ValueError(msg)
    latest_quarter = quarter_of(counts.windows[after])
    quarter_before = quarter_before or shift_quarter(latest_quarter, -QUARTERS_PER_YEAR)
    if quarter_before >= latest_quarter:
        explanation = (
            f"it must be earlier than {latest_quarter}, the quarter of the latest figures for these"
            " services."
        )
        raise ScenarioError([value_error("compare_with", quarter_before, explanation)])
    before = counts.window_ending_in(quarter_before)
    return WindowComparison(counts, quarter_before, before, after, price_growth)


def _reporting_status(before: BoolArray, after: BoolArray) -> list[str]:
    status_names = {
        (True, True): BOTH_YEARS,
        (False, True): LATER_ONLY,
        (True, False): EARLIER_ONLY,
    }
    return [
        status_names.get((bool(reported_before), bool(reported_after)), "")
        for reported_before, reported_after in zip(before, after, strict=True)
    ]
