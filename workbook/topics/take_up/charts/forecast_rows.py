"""Charts with a row for each service or group: take-up now and forecast take-up."""

from collections.abc import Mapping

import altair as alt

from workbook.charts.axes import share_axis
from workbook.charts.figure import ChartTemplate, layer_charts, named_data
from workbook.charts.marks import category_colour
from workbook.charts.rows import (
    NAMED_MARK_OFFSET,
    NAMED_ROW_HEIGHT,
    ROW_NAME_STYLE,
    row_channel,
    row_texts,
)
from workbook.topics.take_up.charts.service_rows import target_line


def forecast_row_template(row: str, category: str, colours: Mapping[str, str]) -> ChartTemplate:
    """Rows with a ring at ``take_up``, a dot at ``forecast`` and a line at the target.

    The data ``rows`` have these columns, with ``name`` and ``text``; ``goal`` has the target in
    ``take_up``, or no row.

    Args:
        row: Column that identifies a row.
        category: Column of the rows' categories.
        colours: Colour of each category.

    Returns:
        The template.
    """
    colour = category_colour(category, dict(colours), legend=alt.Legend(symbolOpacity=1))
    x = alt.X(
        "forecast:Q",
        title=None,
        axis=share_axis(tickCount=5, orient="top"),
        scale=alt.Scale(domain=[0, 1], clamp=True),
    )
    base = named_data("rows").encode(y=row_channel(row), tooltip=["name:N", "text:N"])
    ring = base.mark_point(
        size=60, yOffset=NAMED_MARK_OFFSET, filled=False, strokeWidth=2, fill="white", opacity=1
    )
    return ChartTemplate(
        layer_charts(
            base.mark_rule(strokeWidth=4, yOffset=NAMED_MARK_OFFSET, opacity=0.5).encode(
                x=x, x2="take_up:Q", color=colour
            ),
            target_line(),
            ring.encode(x=alt.X("take_up:Q"), color=colour),
            base.mark_point(size=110, yOffset=NAMED_MARK_OFFSET, filled=True, opacity=1).encode(
                x=x, color=colour
            ),
            *row_texts(base, name=ROW_NAME_STYLE),
        ),
        NAMED_ROW_HEIGHT,
    )
