"""Result tables of take-up: forecast, change, cost, the service in detail, and coverage."""

from collections.abc import Iterator, Mapping

import pandas as pd

from workbook.result_table import ResultTable
from workbook.topics.take_up import coverage_tables, service_tables
from workbook.topics.take_up.change_tables import (
    change_table,
    cost_index_sensitivity,
    cost_table,
)
from workbook.topics.take_up.columns import TAKE_UP_COLUMNS, interval_columns
from workbook.topics.take_up.comparison import WindowComparison
from workbook.topics.take_up.forecast import PanelForecast
from workbook.topics.take_up.kpis import service_indicators
from workbook.topics.take_up.reliability import reliability_rows
from workbook.topics.take_up.selection import ServiceSelection
from workbook.topics.take_up.service_detail import ServiceDetail


def take_up_tables(
    selection: ServiceSelection,
    comparison: WindowComparison,
    panel_forecast: PanelForecast,
    service_detail: ServiceDetail,
    tables: Mapping[str, pd.DataFrame],
) -> Iterator[ResultTable]:
    """Build the result tables.

    Args:
        selection: The selected services.
        comparison: The two windows compared.
        panel_forecast: The forecast of the selected services.
        service_detail: The service in detail.
        tables: The topic's tables.

    Yields:
        The tables in the order in which pages show them.
    """
    forecast_columns = TAKE_UP_COLUMNS | interval_columns(panel_forecast)
    yield ResultTable(
        "forecast",
        "Take-up by quarter, observed and forecast",
        panel_forecast.as_table().assign(services=panel_forecast.panel.services),
        forecast_columns,
    )
    yield _result_table(
        "services", "Take-up by service, earlier and latest year", comparison.service_rows
    )
    yield _result_table(
        "change", "Decomposition of the change in take-up", change_table(comparison)
    )
    yield _result_table(
        "cost", "Cost of a transaction and take-up, by service", cost_table(comparison)
    )
    yield ResultTable(
        "service_forecast",
        "Take-up of the service in detail, observed and forecast",
        service_detail.panel_forecast.as_table(),
        forecast_columns,
    )
    yield from _service_tables(service_detail)
    yield from _coverage_tables(selection, comparison, panel_forecast)
    yield _result_table(
        "reliability",
        "Probability of 82% take-up against what came true, all published services",
        reliability_rows(tables["forecast_reliability"], panel_forecast.record_model),
    )
    yield _result_table(
        "cost_without",
        "Unit-cost indices (1 is no change), and without each of the largest services",
        cost_index_sensitivity(comparison),
    )
    yield _result_table(
        "service_indicators",
        "The four service indicators (upload a table)",
        service_indicators(tables["service_kpis"]),
    )


def _service_tables(service_detail: ServiceDetail) -> Iterator[ResultTable]:
    """Tables of the service in detail, except its forecast."""
    yield _result_table(
        "control",
        "Take-up of the service in detail, with control limits",
        service_tables.window_history_table(service_detail),
    )
    yield _result_table(
        "service", "The service in detail", service_tables.service_fact_table(service_detail)
    )
    yield _result_table(
        "go_live",
        "Phases of the service in detail",
        service_tables.go_live_table(service_detail),
    )


def _coverage_tables(
    selection: ServiceSelection, comparison: WindowComparison, panel_forecast: PanelForecast
) -> Iterator[ResultTable]:
    """Tables that show how far the results can be relied on."""
    yield _result_table(
        "windows",
        "All 12-month periods: services that report, and their take-up",
        coverage_tables.window_table(selection),
    )
    yield _result_table(
        "record",
        "Back-test of each forecast method",
        coverage_tables.backtest_table(panel_forecast),
    )
    yield _result_table(
        "left_out",
        "Services left out, latest year",
        coverage_tables.excluded_services_table(selection, comparison),
    )


def _result_table(name: str, title: str, frame: pd.DataFrame) -> ResultTable:
    return ResultTable(name, title, frame, TAKE_UP_COLUMNS)
