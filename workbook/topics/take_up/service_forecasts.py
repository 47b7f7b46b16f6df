"""Forecast each service: the deferred analysis with its rows, its table and its chart.

A row says in which quarter the service reaches the target, and with which probability.
"""

import pandas as pd

from workbook.result_table import Column, ResultTable
from workbook.topic import AnalysisResult
from workbook.topics.take_up.charts.service_forecasts import draw_service_forecasts
from workbook.topics.take_up.coherent_forecasts import CoherentForecasts
from workbook.topics.take_up.columns import TAKE_UP_COLUMNS
from workbook.topics.take_up.forecast import PanelForecast
from workbook.topics.take_up.parameters import TakeUp

SERVICE_FORECASTS = "reach"
_COLUMN_NAMES = (
    "service",
    "organisation",
    "volume",
    "quarter",
    "take_up",
    "forecast_quarter",
    "forecast",
    "forecast_alone",
    "target_quarter",
    "probability_of_target",
    "curve",
    "windows",
    "error_relative",
    "coverage",
)
SERVICE_FORECAST_COLUMNS = {name: TAKE_UP_COLUMNS[name] for name in _COLUMN_NAMES} | {
    "quarter": Column("Latest quarter"),
    "forecast": Column("Forecast, adds up to the totals", "share"),
    "probability_of_target": Column("Probability of meeting the target then", "share"),
    "error_relative": Column("Back-test error relative to no change", "index"),
}

ServiceForecastRow = dict[str, float | str | None]


def present_service_forecasts(forecasts: CoherentForecasts, scenario: TakeUp) -> AnalysisResult:
    """Show the forecast of each service in a table and a chart.

    Args:
        forecasts: The reconciled forecasts.
        scenario: The scenario.

    Returns:
        The chart and its table, the largest service first.
    """
    frame = service_forecast_table(forecasts)
    table = ResultTable(
        SERVICE_FORECASTS, "Forecast of each service", frame, SERVICE_FORECAST_COLUMNS
    )
    return AnalysisResult(draw_service_forecasts(frame, scenario), table)


def service_forecast_table(forecasts: CoherentForecasts) -> pd.DataFrame:
    """Forecast of each service, the largest first.

    Args:
        forecasts: The reconciled forecasts.

    Returns:
        A row for each service.
    """
    names = forecasts.counts.services[["label", "organisation"]].itertuples(index=False)
    last = len(forecasts.shown_quarters) - 1
    rows: list[ServiceForecastRow] = [
        {
            "service": name,
            "organisation": organisation,
            "volume": float(volume),
            **_forecast_figures(reconciled, last),
            "forecast_quarter": forecasts.shown_quarters[last],
            "forecast_alone": _central_share(alone, last),
        }
        for (name, organisation), volume, reconciled, alone in zip(
            names, forecasts.volume, forecasts.services, forecasts.single, strict=True
        )
    ]
    return pd.DataFrame(rows, columns=list(SERVICE_FORECAST_COLUMNS))


def _forecast_figures(panel_forecast: PanelForecast, last: int) -> ServiceForecastRow:
    """Figures of a service's forecast up to a position in its quarters."""
    panel, forecast = panel_forecast.panel, panel_forecast.forecast
    is_tested = last < forecast.longest_tested_horizon
    tested_quarters = panel_forecast.forecast_quarters[: forecast.longest_tested_horizon]
    quoted_quarters = [*panel.quarters, *tested_quarters]
    target_quarter = panel_forecast.target_quarter()
    if target_quarter is not None and target_quarter > quoted_quarters[-1]:
        target_quarter = None
    probabilities = forecast.distribution.probability_at_least(panel_forecast.target)
    return {
        "quarter": panel.quarters[-1],
        "take_up": panel.take_up[-1],
        "forecast": _central_share(panel_forecast, last),
        "target_quarter": target_quarter,
        "probability_of_target": float(probabilities[last]) if is_tested else None,
        "curve": panel_forecast.method_name,
        "windows": forecast.window_count,
        "error_relative": forecast.selected_score.relative_error,
        "coverage": forecast.selected_score.interval_coverage,
    }


def _central_share(panel_forecast: PanelForecast, position: int) -> float:
    return float(panel_forecast.forecast.distribution.central_forecast[position])
