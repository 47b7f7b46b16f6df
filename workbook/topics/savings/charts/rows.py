"""Rows of amounts: a name, and beneath it its figure on the left and its mark on the right."""

from typing import Any

import altair as alt

from workbook.charting import HALO, INK
from workbook.topics.savings.charts.axes import money

ROW = 38
"""Height of a row in CSS pixels."""

BENEATH = 9
"""By how many pixels figure and mark stand beneath the middle of the row."""

FIGURES = 82
"""Pixels from the left that the figures take, before the marks begin."""

EDGE = 8
"""Pixels at the right, so that a mark at the end is whole."""


NAME: dict[str, Any] = {"dy": -8}
FIGURE: dict[str, Any] = {"dy": BENEATH, "fontWeight": "bold"}
HEADING: dict[str, Any] = {"dy": -4, "fontWeight": "bold", "lineBreak": "\n"}


def amounts(field: str) -> alt.X:
    """An axis of pounds above the rows, right of their figures."""
    ticks = alt.ExprRef(f"min(6, (width - {FIGURES}) / 120)")
    return alt.X(
        f"{field}:Q",
        title=None,
        axis=money("x", orient="top", tickCount=ticks),
        scale=alt.Scale(range=[FIGURES, alt.ExprRef(f"width - {EDGE}")]),
    )


def texts(base: alt.Chart, **styles: dict[str, Any]) -> list[alt.Chart]:
    """The fields with these styles at the left, each on a halo, cut where the chart ends."""
    style: dict[str, Any] = {"align": "left", "color": INK, "limit": alt.ExprRef("width")}
    return [
        base.mark_text(**style, **its, **outline).encode(x=alt.value(0), text=f"{field}:N")
        for field, its in styles.items()
        for outline in (HALO, {})
    ]
