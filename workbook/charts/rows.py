"""Charts with a row for each name: order, height and texts of the rows."""

from textwrap import wrap
from typing import Any

import altair as alt

from workbook.charts.axes import money_axis
from workbook.charts.figure import ChartHeight
from workbook.charts.marks import halo_texts
from workbook.charts.theme import TEXT_COLOUR

NAMED_ROW_HEIGHT = 34
"""Height in CSS pixels of a row with a name above a mark."""

AMOUNT_ROW_HEIGHT = 38
"""Height in CSS pixels of a row with a name above an amount and a mark."""

AMOUNT_MARK_OFFSET = 9
"""Pixels from the middle of such a row down to its amount and mark."""

ROW_NAME_STYLE: dict[str, Any] = {"dy": -8}
ROW_AMOUNT_STYLE: dict[str, Any] = {"dy": AMOUNT_MARK_OFFSET, "fontWeight": "bold"}
ROW_HEADING_STYLE: dict[str, Any] = {"dy": -4, "fontWeight": "bold", "lineBreak": "\n"}
"""Styles of a name, an amount and a heading in their row."""

_LINE_COUNT = 2
_AMOUNTS_WIDTH = 82
"""Width of the amounts at the left, in pixels. The marks start after it."""

_RIGHT_MARGIN = 8
"""Pixels at the right, so that a mark at the end is not cut off."""


def row_height(pixels: int) -> ChartHeight:
    """Height of a chart, given as the height of each row in CSS pixels."""
    return {"step": pixels}


STEP_HEIGHT = row_height(18)
"""Height of a chart with the names of its rows on the y axis."""


def row_channel(field: str, axis: alt.Axis | None = None) -> alt.Y:
    """Build the y channel with a row for each name, in the order of the column ``place``.

    Without this order, a view would keep earlier rows in place when its data are replaced.

    Args:
        field: Column of the names.
        axis: The axis of the names; None if the names are written in the rows.

    Returns:
        The channel.
    """
    sort_by_place = alt.EncodingSortField(field="place", op="min", order="ascending")
    return alt.Y(f"{field}:N", sort=sort_by_place, title=None, axis=axis)


def row_texts(base: alt.Chart, **styles: dict[str, Any]) -> list[alt.Chart]:
    """Write fields at the left of each row, on a halo, cut off at the end of the chart.

    Args:
        base: A chart with its data and its rows.
        **styles: Options of ``mark_text`` for each field, by its column.

    Returns:
        Two layers for each field: the halo, and the text on top of it.
    """
    base = base.encode(x=alt.value(0))
    row_style: dict[str, Any] = {
        "align": "left",
        "color": TEXT_COLOUR,
        "limit": alt.ExprRef("width"),
    }
    return [
        layer
        for field, style in styles.items()
        for layer in halo_texts(base, field, **{**row_style, **style})
    ]


def wrap_to_two_lines(text: str, width: int) -> str:
    """Wrap a text to exactly two lines, so that all rows of a chart have the same height.

    Args:
        text: The text.
        width: Most characters in a line.

    Returns:
        Two lines. A longer text ends with an ellipsis; a short text is on the second line.
    """
    lines = wrap(text, width, max_lines=_LINE_COUNT, placeholder=" …")
    return "\n".join(["", "", *lines][-_LINE_COUNT:])


def amount_channel(field: str) -> alt.X:
    """Build the x channel of amounts in pounds. Its axis is above the rows, beside the amounts."""
    ticks = alt.ExprRef(f"min(6, (width - {_AMOUNTS_WIDTH}) / 120)")
    return alt.X(
        f"{field}:Q",
        title=None,
        axis=money_axis("x", orient="top", tickCount=ticks),
        scale=alt.Scale(range=[_AMOUNTS_WIDTH, alt.ExprRef(f"width - {_RIGHT_MARGIN}")]),
    )
