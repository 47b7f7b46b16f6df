"""Rows of amounts: a name, and beneath it its figure on the left and its mark on the right."""

from typing import Any

import altair as alt

from workbook.charts.marks import LABEL_HALO
from workbook.charts.theme import TEXT_COLOUR
from workbook.topics.savings.charts.axes import money_axis

AMOUNT_ROW_HEIGHT = 38
"""Height of a row in CSS pixels."""

MARK_OFFSET = 9
"""By how many pixels figure and mark stand beneath the middle of the row."""

_FIGURES_WIDTH = 82
"""Pixels from the left that the figures take, before the marks begin."""

_RIGHT_MARGIN = 8
"""Pixels at the right, so that a mark at the end is whole."""


ROW_NAME_STYLE: dict[str, Any] = {"dy": -8}
ROW_AMOUNT_STYLE: dict[str, Any] = {"dy": MARK_OFFSET, "fontWeight": "bold"}
ROW_HEADING_STYLE: dict[str, Any] = {"dy": -4, "fontWeight": "bold", "lineBreak": "\n"}


def amount_axis(field: str) -> alt.X:
    """An axis of pounds above the rows, right of their figures."""
    ticks = alt.ExprRef(f"min(6, (width - {_FIGURES_WIDTH}) / 120)")
    return alt.X(
        f"{field}:Q",
        title=None,
        axis=money_axis("x", orient="top", tickCount=ticks),
        scale=alt.Scale(range=[_FIGURES_WIDTH, alt.ExprRef(f"width - {_RIGHT_MARGIN}")]),
    )


def row_text_layers(base: alt.Chart, **styles: dict[str, Any]) -> list[alt.Chart]:
    """The fields with these styles at the left, each on a halo, cut where the chart ends."""
    style: dict[str, Any] = {"align": "left", "color": TEXT_COLOUR, "limit": alt.ExprRef("width")}
    return [
        base.mark_text(**style, **field_style, **outline).encode(x=alt.value(0), text=f"{field}:N")
        for field, field_style in styles.items()
        for outline in (LABEL_HALO, {})
    ]
