"""Forecast each service: the deferred analysis with its rows, its table and its chart.

A row says in which quarter the service reaches the target, and with which probability.
"""

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from workbook.outcome import Outcome
from workbook.result_table import Column, ResultTable
from workbook.topic import AnalysisResult
from workbook.topics.take_up.charts.service_forecasts import draw_service_forecasts
from workbook.topics.take_up.columns import TAKE_UP_COLUMNS
from workbook.topics.take_up.forecast import FORECAST_CURVE_NAMES, PanelForecast, forecast_panel
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.reliability import Calibrations, read_calibrations
from workbook.topics.take_up.selection import select_services
from workbook.topics.take_up.service_panel import ServicePanel

SERVICE_FORECASTS = "reach"
_COLUMN_NAMES = (
    "service",
    "organisation",
    "volume",
    "quarter",
    "take_up",
    "target_quarter",
    "probability_of_target",
    "curve",
    "windows",
    "error_relative",
    "coverage",
)
SERVICE_FORECAST_COLUMNS = {name: TAKE_UP_COLUMNS[name] for name in _COLUMN_NAMES} | {
    "quarter": Column("Latest quarter"),
    "probability_of_target": Column("Probability of meeting the target at the end", "share"),
    "error_relative": Column("Back-test error relative to no change", "index"),
}

ServiceForecastRow = dict[str, float | str | None]


def forecast_each_service(
    tables: Mapping[str, pd.DataFrame], outcome: Outcome
) -> Iterator[AnalysisResult | None]:
    """Forecast every selected service that reports, one at a time, the largest first.

    Args:
        tables: The topic's tables.
        outcome: The outcome of the scenario.

    Yields:
        None after each service, so that the analysis can be cancelled; at last the result.

    Raises:
        TypeError: The outcome is of another topic.
    """
    scenario = outcome.scenario
    if not isinstance(scenario, TakeUp):
        msg = f"{type(scenario).__name__} is not a scenario of take-up"
        raise TypeError(msg)
    counts = ServicePanel.from_table(tables["take_up"], scenario.definition)
    rows = []
    calibrations = read_calibrations(tables["forecast_record"])
    included = select_services(counts, scenario).included
    for row in service_forecast_rows(included, scenario, calibrations):
        rows.append(row)
        yield None
    frame = pd.DataFrame(rows, columns=list(SERVICE_FORECAST_COLUMNS))
    table = ResultTable(
        SERVICE_FORECASTS, "Forecast of each service", frame, SERVICE_FORECAST_COLUMNS
    )
    yield AnalysisResult(draw_service_forecasts(frame, scenario), table)


def service_forecast_rows(
    counts: ServicePanel, scenario: TakeUp, calibrations: Calibrations
) -> Iterator[ServiceForecastRow]:
    """Forecast each service that reports in the latest window.

    Args:
        counts: The panel of services.
        scenario: The scenario.
        calibrations: The record of all published services.

    Yields:
        A row of the table for each service, the largest first.
    """
    last = counts.latest_window()
    if last is None:
        return
    service_labels, organisations = (
        list(counts.service_labels),
        list(counts.services["organisation"]),
    )
    volumes = np.where(counts.is_reporting[:, last], counts.volume[:, last], 0.0)
    for position in np.argsort(-volumes, kind="stable").tolist():
        if volumes[position] > 0:
            service_names = {
                "service": service_labels[position],
                "organisation": organisations[position],
            }
            service_counts = counts.subset_services([position])
            panel_forecast = forecast_panel(service_counts, scenario, calibrations)
            yield {
                **service_names,
                "volume": float(volumes[position]),
                **_forecast_figures(panel_forecast),
            }


def _forecast_figures(panel_forecast: PanelForecast) -> ServiceForecastRow:
    panel, forecast = panel_forecast.panel, panel_forecast.forecast
    return {
        "quarter": panel.quarters[-1],
        "take_up": panel.take_up[-1],
        "target_quarter": panel_forecast.target_quarter(),
        "probability_of_target": panel_forecast.target_probability,
        "curve": FORECAST_CURVE_NAMES[forecast.selected_model],
        "windows": forecast.window_count,
        "error_relative": forecast.selected_score.relative_error,
        "coverage": forecast.selected_score.interval_coverage,
    }
