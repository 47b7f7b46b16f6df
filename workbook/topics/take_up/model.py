"""Is take-up really rising, service by service, and when will it reach its target?"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from workbook.methods.decomposition import Decomposition
from workbook.outcome import Direction, Indicator, Outcome, Unit
from workbook.result_table import ResultTable
from workbook.text.dates import format_month
from workbook.topics.take_up import narrative
from workbook.topics.take_up.columns import TAKE_UP_COLUMNS, interval_columns
from workbook.topics.take_up.comparison import WindowComparison, compare_windows
from workbook.topics.take_up.forecast import (
    FORECAST_CURVE_NAMES,
    PanelForecast,
    forecast_panel,
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
            _build_tables(
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
) -> Iterator[ResultTable]:
    forecast_columns = TAKE_UP_COLUMNS | interval_columns(panel_forecast)
    yield ResultTable(
        "forecast",
        "Take-up by quarter, observed and forecast",
        panel_forecast.as_table(),
        forecast_columns,
    )
    yield _result_table("services", "Take-up by service, before and now", comparison.service_rows)
    yield _result_table("change", "Change in take-up, part by part", _change_table(comparison))
    yield _result_table(
        "cost", "Cost of a transaction and take-up, by service", _cost_table(comparison)
    )
    yield ResultTable(
        "service_forecast",
        "Take-up of the service in detail by quarter, observed and forecast",
        service_detail.panel_forecast.as_table(),
        forecast_columns,
    )
    yield from _service_tables(service_detail)
    yield from _coverage_tables(selection, comparison, panel_forecast)
    yield _result_table(
        "service_indicators",
        "The four service indicators (bring a table)",
        service_indicators(kpis),
    )


def _service_tables(service_detail: ServiceDetail) -> Iterator[ResultTable]:
    """The tables of the service in detail, but for its forecast."""
    yield _result_table(
        "control",
        "Take-up of the service in detail, against its control limits",
        service_detail.window_history(),
    )
    yield _result_table("service", "The service in detail", service_detail.fact_table())
    yield _result_table(
        "go_live",
        "Phases of the service in detail",
        pd.DataFrame(
            service_detail.go_live_months.items(), columns=["phase", "month"], dtype=object
        ),
    )


def _coverage_tables(
    selection: ServiceSelection, comparison: WindowComparison, panel_forecast: PanelForecast
) -> Iterator[ResultTable]:
    """The tables that say how far the answer can be relied on."""
    yield _result_table(
        "windows",
        "Every window: the services that report, and take-up as published",
        _window_table(selection),
    )
    yield _result_table(
        "record",
        "How each curve would have done in the past",
        _backtest_table(panel_forecast),
    )
    yield _result_table(
        "left_out",
        "Left out of the answer, in the latest window",
        _excluded_services_table(selection, comparison),
    )
    yield _result_table(
        "cost_without",
        "The cost index, and without each of the largest",
        _cost_index_sensitivity(comparison),
    )


def _result_table(name: str, title: str, frame: pd.DataFrame) -> ResultTable:
    return ResultTable(name, title, frame, TAKE_UP_COLUMNS)


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
