"""Take-up now and forecast take-up of departments, functions and all services."""

import pandas as pd

from workbook.charts.figure import ChartTemplate, Figure, build_once, make_figure
from workbook.charts.theme import BLUE, PLUM, TURQUOISE
from workbook.text.numbers import format_share
from workbook.topics.take_up.charts.forecast_rows import forecast_row_template
from workbook.topics.take_up.quarter_labels import format_end_month, format_year_to

_LEVEL_COLOURS = {"Total": PLUM, "Department": BLUE, "Function": TURQUOISE}


def draw_forecast_totals(table: pd.DataFrame, target: float, *, is_tested: bool) -> Figure:
    """Draw each group's take-up now and at the end of the forecast.

    Args:
        table: A row for each group and quarter.
        target: Target take-up, as a fraction of 1.
        is_tested: Whether any forecast is tested.

    Returns:
        The chart.
    """
    rows = _build_rows(table)
    end = format_end_month(table["quarter"].iloc[-1])
    return make_figure(
        _build_template(),
        {"rows": rows, "goal": pd.DataFrame({"take_up": [target]})},
        title=_write_title(rows, end, is_tested=is_tested),
        subtitle=(
            f"Ring: latest year. Dot: central forecast for {end}. Line: target,"
            f" {format_share(target)}"
        ),
        description=_write_description(rows, table),
    )


@build_once
def _build_template() -> ChartTemplate:
    return forecast_row_template("place", "level", _LEVEL_COLOURS)


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each group: take-up now, and the forecast for the last quarter."""
    groups = table.groupby(["level", "group"], sort=False)
    rows = groups.agg({"take_up": "first", "forecast": "last"}).reset_index()
    return rows.assign(
        place=range(len(rows)),
        name=rows["group"],
        text=[
            f"{format_share(now)} now, forecast {format_share(later)}"
            for now, later in zip(rows["take_up"], rows["forecast"], strict=True)
        ],
    )


def _write_title(rows: pd.DataFrame, end: str, *, is_tested: bool) -> str:
    total = rows.iloc[0]
    now, later = format_share(total["take_up"]), format_share(total["forecast"])
    if not is_tested:
        return f"Take-up is {now}. Where it would go cannot be told, so no change is shown"
    if now == later:
        return f"The services’ forecasts add up to no change from {now} by {end}"
    return f"The services’ forecasts add up to {later} in {end}, from {now} now"


def _write_description(rows: pd.DataFrame, table: pd.DataFrame) -> str:
    latest = format_year_to(table["quarter"].iloc[0])
    texts = [f"{row['name']}: {row['text']}" for row in rows.to_dict("records")]
    return f"Take-up in {latest} and forecast. {'; '.join(texts)}."
