"""Take-up now and forecast take-up of departments, functions and all services."""

from functools import cache

import altair as alt
import pandas as pd

from workbook.charts.axes import share_axis
from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import category_colour
from workbook.charts.rows import (
    NAMED_ROW_HEIGHT,
    ROW_NAME_STYLE,
    row_channel,
    row_height,
    row_texts,
)
from workbook.charts.theme import BLUE, PLUM, TURQUOISE
from workbook.text.numbers import format_share
from workbook.topics.take_up.quarter_labels import format_end_month, format_year_to

_LEVEL_COLOURS = {"Total": PLUM, "Department": BLUE, "Function": TURQUOISE}


def draw_forecast_totals(table: pd.DataFrame) -> Figure:
    """Draw each group's take-up now and at the end of the forecast.

    Args:
        table: A row for each group and quarter.

    Returns:
        The chart.
    """
    rows = _build_rows(table)
    end = format_end_month(table["quarter"].iloc[-1])
    return make_figure(
        _build_template(),
        {"rows": rows},
        title=_write_title(rows, end),
        subtitle=f"Ring: latest year. Dot: central forecast for the year to {end}. Latest volumes",
        description=_write_description(rows, table),
    )


@cache
def _build_template() -> ChartTemplate:
    colour = category_colour("level", _LEVEL_COLOURS, legend=alt.Legend(symbolOpacity=1))
    x = alt.X(
        "forecast:Q",
        title=None,
        axis=share_axis(tickCount=5, orient="top"),
        scale=alt.Scale(domain=[0, 1], clamp=True),
    )
    base = named_data("rows").encode(y=row_channel("place"), tooltip=["name:N", "text:N"])
    return ChartTemplate(
        layer_charts(
            base.mark_rule(strokeWidth=4, yOffset=8, opacity=0.5).encode(
                x=x, x2="take_up:Q", color=colour
            ),
            base.mark_point(
                size=60, yOffset=8, filled=False, strokeWidth=2, fill="white", opacity=1
            ).encode(x=alt.X("take_up:Q"), color=colour),
            base.mark_point(size=110, yOffset=8, filled=True, opacity=1).encode(x=x, color=colour),
            *row_texts(base, name=ROW_NAME_STYLE),
        ),
        row_height(NAMED_ROW_HEIGHT),
    )


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


def _write_title(rows: pd.DataFrame, end: str) -> str:
    total = rows.iloc[0]
    now, later = format_share(total["take_up"]), format_share(total["forecast"])
    if now == later:
        return f"The services' forecasts add up to no change from {now} by {end}"
    return f"The services' forecasts add up to {later} in {end}, from {now} now"


def _write_description(rows: pd.DataFrame, table: pd.DataFrame) -> str:
    latest = format_year_to(table["quarter"].iloc[0])
    texts = [f"{row['name']}: {row['text']}" for row in rows.to_dict("records")]
    return f"Take-up in {latest} and forecast. {'; '.join(texts)}."
