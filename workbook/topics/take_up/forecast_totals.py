"""Forecast totals: the deferred analysis of departments, functions and all services together."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from workbook.methods.arrays import BoolArray
from workbook.result_table import ResultTable
from workbook.topic import AnalysisResult
from workbook.topics.take_up.charts.forecast_totals import draw_forecast_totals
from workbook.topics.take_up.coherent_forecasts import CoherentForecasts
from workbook.topics.take_up.columns import TAKE_UP_COLUMNS
from workbook.topics.take_up.parameters import TakeUp

FORECAST_TOTALS = "totals"
_GROUPINGS = {"Department": "department", "Function": "function"}
"""Levels of the totals, and the column of the services that each groups by."""

_UNNAMED_GROUP = "Not given in the table"
_COLUMN_NAMES = ("level", "group", "services", "volume", "quarter", "take_up", "forecast")
_COLUMNS = {name: TAKE_UP_COLUMNS[name] for name in _COLUMN_NAMES}


def present_forecast_totals(forecasts: CoherentForecasts, scenario: TakeUp) -> AnalysisResult:
    """Show the services' forecasts added up by department, by function and altogether.

    Args:
        forecasts: The reconciled forecasts.
        scenario: The scenario.

    Returns:
        The chart and its table.
    """
    frame, is_tested = totals_table(forecasts), forecasts.longest_tested_horizon > 0
    chart = draw_forecast_totals(frame, scenario.target, is_tested=is_tested)
    table = ResultTable(FORECAST_TOTALS, "Forecasts of services, added up", frame, _COLUMNS)
    return AnalysisResult(chart, table)


def totals_table(forecasts: CoherentForecasts) -> pd.DataFrame:
    """Take-up now and forecast take-up of each group of services.

    Args:
        forecasts: The reconciled forecasts of the services.

    Returns:
        A row for each group and quarter, as far as the total is tested. Volumes are those of the
        latest year throughout.
    """
    quarters = [forecasts.total.panel.quarters[-1], *forecasts.shown_quarters]
    rows = [
        {
            "level": level,
            "group": group,
            "services": int(selected.sum()),
            "volume": float(forecasts.volume[selected].sum()),
            "quarter": quarter,
            "take_up": share if step == 0 else np.nan,
            "forecast": share if step else np.nan,
        }
        for level, group, selected in _list_groups(forecasts)
        for step, (quarter, share) in enumerate(
            zip(quarters, forecasts.add_up(selected)[: len(quarters)].tolist(), strict=True)
        )
    ]
    return pd.DataFrame(rows, columns=list(_COLUMN_NAMES))


def _list_groups(forecasts: CoherentForecasts) -> Iterator[tuple[str, str, BoolArray]]:
    """Level, name and services of each group, the largest group of each level first."""
    every_service = np.ones(len(forecasts.volume), dtype=bool)
    yield "Total", "All services that report", every_service
    yield "Total", "Services that reported in every period", forecasts.is_member
    for level, column in _GROUPINGS.items():
        names = forecasts.counts.services[column].replace("", _UNNAMED_GROUP)
        volumes = pd.Series(forecasts.volume).groupby(names.to_numpy()).sum()
        for group in volumes.sort_values(ascending=False, kind="stable").index:
            yield level, str(group), (names == group).to_numpy()
