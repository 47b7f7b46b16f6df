"""Is take-up really rising, service by service, and when will it reach its target?"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from workbook.methods.decomposition import Decomposition
from workbook.outcome import Column, Direction, Indicator, Outcome, Unit
from workbook.text.dates import format_month
from workbook.topics.take_up import narrative
from workbook.topics.take_up.comparison import WindowComparison, compare_windows
from workbook.topics.take_up.forecast import (
    FORECAST_CURVE_NAMES,
    PanelForecast,
    forecast_panel,
    interval_suffix,
)
from workbook.topics.take_up.kpis import service_indicators
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.selection import ServiceSelection, select_services
from workbook.topics.take_up.service_detail import ServiceDetail, build_service_detail
from workbook.topics.take_up.service_panel import ServicePanel

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

TAKE_UP_COLUMNS = {
    "part": Column("Part"),
    "value": Column("Value", "share"),
    "department": Column("Department"),
    "organisation": Column("Organisation"),
    "service": Column("Service"),
    "function": Column("Function"),
    "reported": Column("Reports"),
    "window_end": Column("Twelve months to the end of"),
    "volume": Column("Transactions", "count"),
    "digital_volume": Column("Digital transactions", "count"),
    "take_up_before": Column("Take-up before", "share"),
    "take_up": Column("Take-up", "share"),
    "change": Column("Change", "points"),
    "moved": Column("Part of the change within services", "points"),
    "cost_before": Column("Cost of a transaction before", "GBP"),
    "cost": Column("Cost of a transaction", "GBP"),
    "cost_per_transaction": Column("Cost of a transaction", "GBP"),
    "cost_share": Column("Its share of the cost before", "share"),
    "index": Column("Cost of the same transactions (1 is no change)", "index"),
    "quarter": Column("Quarter"),
    "forecast": Column("Forecast", "share"),
    "probability_of_target": Column("Chance of being at the target", "share"),
    "curve": Column("Curve"),
    "windows": Column("Windows known", "count"),
    "error_relative": Column("Error (1 is that of no change)", "index"),
    "pinball": Column("Pinball loss", "share"),
    "coverage": Column("Past values inside the likely range", "share"),
    "cases": Column("Forecasts tested", "count"),
    "shown": Column("Shown"),
    "note": Column("Note"),
    "limits": Column("Against the control limits"),
    "services": Column("Services", "count"),
    "take_up_unaided": Column("Take-up without assisted digital", "share"),
    "take_up_assisted": Column("Take-up with assisted digital", "share"),
    "completion": Column("Completed of those started", "share"),
    "satisfaction_top_two": Column("Satisfied or very satisfied", "share"),
    "satisfaction_mean": Column("Mean rating, from 0 to 100%", "share"),
    "target_quarter": Column("Target reached in"),
    "lower_limit": Column("Lower limit", "share"),
    "mean": Column("Mean", "share"),
    "upper_limit": Column("Upper limit", "share"),
    "fact": Column("What"),
    "told": Column("Figure"),
    "phase": Column("Phase"),
    "month": Column("From"),
}


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
        tables=_build_tables(
            service_selection, comparison, panel_forecast, service_detail, tables["service_kpis"]
        ),
        columns=TAKE_UP_COLUMNS | _describe_interval_columns(panel_forecast),
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
        **{f"change_{part}": getattr(change, part) for part in narrative.TAKE_UP_CHANGE_PARTS},
        "services_reporting": change.services_after,
        "services_matched": change.services_matched,
        "volume_covered": change.volume_covered,
    }


def _build_tables(
    selection: ServiceSelection,
    comparison: WindowComparison,
    panel_forecast: PanelForecast,
    service_detail: ServiceDetail,
    kpis: pd.DataFrame,
) -> dict[str, pd.DataFrame]:
    return {
        "forecast": panel_forecast.as_table(),
        "services": comparison.service_rows,
        "change": _change_table(comparison),
        "cost": _cost_table(comparison),
        "service_forecast": service_detail.panel_forecast.as_table(),
        "control": service_detail.window_history(),
        "service": service_detail.fact_table(),
        "go_live": pd.DataFrame(
            service_detail.go_live_months.items(), columns=["phase", "month"], dtype=object
        ),
        "windows": _window_table(selection),
        "record": _backtest_table(panel_forecast),
        "left_out": _excluded_services_table(selection, comparison),
        "cost_without": _cost_index_sensitivity(comparison),
        "service_indicators": service_indicators(kpis),
    }


def _change_table(comparison: WindowComparison) -> pd.DataFrame:
    """The headline before, the five parts, the headline after."""
    change = comparison.change_decomposition
    if comparison.before is None:
        label_after = f"Year to {format_month(comparison.window_after)}"
        return pd.DataFrame([(label_after, change.headline_after)], columns=["part", "value"])
    rows = [
        (f"Year to {format_month(comparison.window_before)}", change.headline_before),
        *(
            (part_label, getattr(change, part))
            for part, part_label in narrative.TAKE_UP_CHANGE_PARTS.items()
        ),
        (f"Year to {format_month(comparison.window_after)}", change.headline_after),
    ]
    return pd.DataFrame(rows, columns=["part", "value"])


def _cost_table(comparison: WindowComparison) -> pd.DataFrame:
    """The services with take-up and cost in the later window."""
    columns = ["service", "department", "volume", "take_up", "cost_before", "cost"]
    return comparison.service_rows.dropna(subset=["take_up", "cost"])[columns].reset_index(
        drop=True
    )


def _cost_index_sensitivity(comparison: WindowComparison) -> pd.DataFrame:
    """The cost index, and without each of the services with the largest cost."""
    labels, cost_index = comparison.counts.service_labels, comparison.unit_cost_index
    rows: list[tuple[str, float | None, float]] = []
    if cost_index.index is not None:
        rows.append(("All of them", None, cost_index.index))
    rows += [
        (f"Without {labels[exclusion.position]}", exclusion.cost_share, exclusion.index)
        for exclusion in cost_index.leave_one_out
        if exclusion.index is not None
    ]
    return pd.DataFrame(rows, columns=["part", "cost_share", "index"])


def _window_table(selection: ServiceSelection) -> pd.DataFrame:
    """A row a window: how many services report, and take-up as published."""
    counts = selection.included
    reports = counts.is_reporting
    digital = counts.digital.copy()
    digital[~reports] = 0.0
    volume = counts.volume.copy()
    volume[~reports] = 0.0
    rows = pd.DataFrame(
        {
            "window_end": counts.windows,
            "services": reports.sum(axis=0),
            "volume": volume.sum(axis=0),
            "digital_volume": digital.sum(axis=0),
        }
    )
    rows = rows[rows["services"] > 0].reset_index(drop=True)
    return rows.assign(take_up=rows["digital_volume"] / rows["volume"])


def _backtest_table(panel_forecast: PanelForecast) -> pd.DataFrame:
    """How each curve would have done in the past, and which one is shown."""
    forecast = panel_forecast.forecast
    rows = [
        (
            FORECAST_CURVE_NAMES[score.model_name],
            score.relative_error,
            score.mean_pinball_loss,
            score.interval_coverage,
            score.case_count,
            "shown" if score.model_name == forecast.selected_model else None,
            narrative.forecast_score_note(score, forecast),
        )
        for score in forecast.model_scores
    ]
    shown_score = forecast.selection_score
    shown_label = (
        "What would have been shown then",
        shown_score.relative_error,
        shown_score.mean_pinball_loss,
        shown_score.interval_coverage,
    )
    rows.append((*shown_label, shown_score.case_count, None, None))
    columns = ["curve", "error_relative", "pinball", "coverage", "cases", "shown", "note"]
    return pd.DataFrame(rows, columns=columns)


def _excluded_services_table(
    selection: ServiceSelection, comparison: WindowComparison
) -> pd.DataFrame:
    """What is left out, in the window of the answer."""
    excluded = selection.excluded
    window = excluded.windows.index(comparison.window_after)
    volume, digital = excluded.volume[:, window], excluded.digital[:, window]
    return pd.DataFrame(
        {"service": excluded.service_labels, "volume": volume, "digital_volume": digital}
    ).assign(take_up=lambda rows: rows["digital_volume"] / rows["volume"].where(rows["volume"] > 0))


def _describe_interval_columns(panel_forecast: PanelForecast) -> dict[str, Column]:
    return {
        f"{end}_{interval_suffix(level)}": Column(
            f"{side} of the {level * 100:.10g}% range", "share"
        )
        for level in panel_forecast.levels
        for end, side in (("low", "Low end"), ("high", "High end"))
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
