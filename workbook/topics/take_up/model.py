"""Is take-up really rising, service by service, and when will it reach its target?"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from workbook.methods.decomposition import Decomposition
from workbook.outcome import Direction, Indicator, Outcome, Unit
from workbook.topics.take_up import narrative
from workbook.topics.take_up.comparison import (
    TAKE_UP_CHANGE_PARTS,
    WindowComparison,
    compare_windows,
)
from workbook.topics.take_up.forecast import (
    PanelForecast,
    forecast_panel,
)
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.selection import ServiceSelection, select_services
from workbook.topics.take_up.service_detail import build_service_detail
from workbook.topics.take_up.service_panel import ServicePanel
from workbook.topics.take_up.tables import take_up_tables

TAKE_UP_INDICATORS: Mapping[str, tuple[str, Unit, Direction]] = {
    "take_up": ("Take-up, as published", "share", "higher"),
    "take_up_matched": ("Take-up, like for like", "share", "higher"),
    "take_up_everything": ("Take-up, nothing left out", "share", "higher"),
    "target_quarter": ("Quarter in which the target is reached", "quarter", ""),
    "probability_of_target": ("Chance of being at the target by the end", "share", "higher"),
    "change_within": ("Change from services themselves", "share", "higher"),
    "change_mix": ("Change from the mix of services", "share", ""),
    "change_interaction": ("Change from both at once", "share", ""),
    "change_entry": ("Change from services new to reporting", "share", ""),
    "change_exit": ("Change from services gone from reporting", "share", ""),
    "services_reporting": ("Services that report", "count", ""),
    "services_matched": ("Services that report in both years", "count", ""),
    "volume_covered": ("Volume of the services that report in both years", "share", "higher"),
    "median_cost_per_transaction": ("Median cost of a transaction", "GBP", "lower"),
    "cost_index": ("Cost of the same transactions (1 is no change)", "index", "lower"),
    "total_cost_matched": ("Cost of the services with both costs", "GBP", ""),
    "forecast_error": (
        "Error of the forecast in the past (1 is that of no change)",
        "index",
        "lower",
    ),
    "interval_coverage": ("Past values inside the likely range", "share", ""),
}
"""What each indicator is called, its unit, and which way is the better one."""


def evaluate_take_up(tables: Mapping[str, pd.DataFrame], scenario: TakeUp) -> Outcome:
    """Outcome of one scenario: two windows compared, the path ahead, one service in detail.

    Raises ScenarioError where the tables have nothing for what the scenario asks.
    """
    counts = ServicePanel.from_table(tables["take_up"], scenario.definition)
    service_selection = select_services(counts, scenario)
    comparison = compare_windows(service_selection.included, scenario.compare_with)
    full_comparison = replace(comparison, counts=service_selection.before_exclusions)
    panel_forecast = forecast_panel(service_selection.included, scenario)
    service_detail = build_service_detail(
        service_selection.before_exclusions, comparison, scenario, tables["service_go_live"]
    )
    indicators = tuple(_build_indicators(comparison, full_comparison, panel_forecast))
    return Outcome(
        scenario=scenario,
        headline=narrative.take_up_headline(comparison, panel_forecast),
        indicators=indicators,
        tables=tuple(
            take_up_tables(
                service_selection,
                comparison,
                panel_forecast,
                service_detail,
                tables["service_kpis"],
            )
        ),
        notes=tuple(
            narrative.take_up_notes(
                scenario,
                service_selection,
                comparison,
                full_comparison,
                panel_forecast,
                service_detail,
            )
        ),
        parameter_options=_parameter_options(counts, service_selection),
    )


def _build_indicators(
    comparison: WindowComparison, full_comparison: WindowComparison, panel_forecast: PanelForecast
) -> Iterator[Indicator]:
    values = {
        **_change_values(comparison.change_decomposition),
        "take_up_everything": full_comparison.change_decomposition.headline_after,
        "median_cost_per_transaction": comparison.median_cost(),
        "cost_index": comparison.unit_cost_index.index,
        "total_cost_matched": comparison.unit_cost_index.total_after,
        "target_quarter": panel_forecast.target_quarter(),
        "probability_of_target": panel_forecast.target_probability,
        "forecast_error": panel_forecast.forecast.selected_score.relative_error,
        "interval_coverage": panel_forecast.forecast.selected_score.interval_coverage,
    }
    missing_reasons = narrative.take_up_missing_reasons(comparison, panel_forecast)
    for name, (base_label, unit, direction) in TAKE_UP_INDICATORS.items():
        value = values[name]
        reason = missing_reasons[name] if value is None else ""
        label = narrative.take_up_indicator_label(name, base_label, panel_forecast)
        yield Indicator(
            name,
            label,
            unit,
            value,
            reason=reason,
            direction=direction,
            is_difference=name.startswith("change_"),
            missing_label=narrative.take_up_missing_label(name, panel_forecast),
        )


def _change_values(change: Decomposition) -> dict[str, float | str | None]:
    return {
        "take_up": change.headline_after,
        "take_up_matched": change.matched_after,
        **{f"change_{part}": getattr(change, part) for part in TAKE_UP_CHANGE_PARTS},
        "services_reporting": change.services_after,
        "services_matched": change.services_matched,
        "volume_covered": change.volume_covered,
    }


def _parameter_options(
    counts: ServicePanel, selection: ServiceSelection
) -> dict[str, tuple[str, ...]]:
    """What the table offers for the parameters that name something in it."""
    service_details, labels = counts.services, tuple(sorted(counts.service_labels))
    reporting_rows = np.flatnonzero(selection.before_exclusions.is_reporting.any(axis=1))
    reporting_services = selection.before_exclusions.subset_services(reporting_rows.tolist())
    return {
        "department": tuple(sorted(set(service_details["department"]) - {""})),
        "function": tuple(sorted(set(service_details["function"]) - {""})),
        "services": labels,
        "exclude": labels,
        "service": tuple(sorted(reporting_services.service_labels)),
    }
