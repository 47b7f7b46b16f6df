"""Charts with a row for each name: order, height and texts of the rows."""

from collections.abc import Mapping
from typing import Any

import altair as alt

from workbook.charts.axes import money_axis
from workbook.charts.figure import ChartHeight
from workbook.charts.marks import halo_texts
from workbook.charts.theme import IS_NARROW, TEXT_COLOUR

_NARROW_LINE_LENGTH = 38
"""Characters in a line of a text in its row on a phone."""

_LIFTS = {"line-bottom": 15, "middle": 7.5}
"""Pixels by which the first of two lines is higher than a single line, by the text's baseline."""

_AMOUNTS_WIDTH = 82
"""Width of the amounts at the left, in pixels. The marks start after it."""

_RIGHT_MARGIN = 8
"""Pixels at the right, so that a mark at the end is not cut off."""

_LEFT_EDGE = alt.XValue(0)  # type: ignore[no-untyped-call]
"""Position of a row's texts."""


def by_width(narrow: float, wide: float) -> alt.ExprRef:
    """Number of pixels that differs on a phone, where names take two lines.

    Args:
        narrow: The number on a phone.
        wide: The number on any wider screen.

    Returns:
        The expression, for an option of a mark.
    """
    return alt.ExprRef(f"{IS_NARROW} ? {narrow} : {wide}")


def row_height(pixels: int, narrow: int | None = None) -> ChartHeight:
    """Height of a chart, given as the height of each row.

    Args:
        pixels: Height of a row in CSS pixels.
        narrow: Height of a row on a phone; the same if None.

    Returns:
        The height for a ``ChartTemplate``.
    """
    return {"step": pixels, "narrow_step": narrow or pixels}


NAMED_ROW_HEIGHT = row_height(34, narrow=52)
"""Height of rows with a name above a mark."""

NAMED_MARK_OFFSET = by_width(17, 8)
"""Pixels from the middle of such a row down to its mark."""

AMOUNT_ROW_HEIGHT = row_height(38, narrow=56)
"""Height of rows with a name above an amount and a mark."""

AMOUNT_MARK_OFFSET = by_width(18, 9)
"""Pixels from the middle of such a row down to its amount and mark."""

ROW_NAME_STYLE: dict[str, Any] = {"dy": by_width(4, -1), "baseline": "line-bottom"}
ROW_AMOUNT_STYLE: dict[str, Any] = {"dy": AMOUNT_MARK_OFFSET, "fontWeight": "bold"}
ROW_HEADING_STYLE: dict[str, Any] = {
    "dy": by_width(14, 10),
    "baseline": "line-bottom",
    "fontWeight": "bold",
}
"""Styles of a name, an amount and a heading in their row."""

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


def row_texts(
    base: alt.Chart, *, line_length: int = _NARROW_LINE_LENGTH, **styles: dict[str, Any]
) -> list[alt.Chart]:
    """Write fields at the left of each row, on a halo, in two lines on a phone if they are long.

    Args:
        base: A chart with its data and its rows.
        line_length: Most characters in the first line on a phone.
        **styles: Options of ``mark_text`` for each field, by its column.

    Returns:
        Two layers for each field: the halo, and the text on top of it.
    """
    row_style: dict[str, Any] = {
        "align": "left",
        "color": TEXT_COLOUR,
        "limit": alt.ExprRef("width"),
        "lineBreak": "\n",
    }
    return [
        layer
        for field, style in styles.items()
        for layer in halo_texts(
            base.transform_calculate(
                **{f"{field}_lines": _wrap_expression(field, line_length)}
            ).encode(x=_LEFT_EDGE),
            f"{field}_lines",
            **{**row_style, **style, "dy": _lift_second_line(field, style)},
        )
    ]


def _wrap_expression(field: str, line_length: int) -> str:
    """Vega expression for a text that is broken once on a phone, before a word, if it is long."""
    text = f"(isValid(datum.{field}) ? datum.{field} : '')"
    broken = f"replace({text}, regexp('^(.{{1,{line_length}}}) '), '$1\\n')"
    return f"{IS_NARROW} && length({text}) > {line_length} ? {broken} : {text}"


def _lift_second_line(field: str, style: Mapping[str, Any]) -> Any:  # noqa: ANN401  Vega's own
    """Offset of a text that ends at its baseline, or is centred on it, also if it has two lines."""
    offset, lift = style.get("dy", 0), _LIFTS.get(style.get("baseline", ""), 0)
    if not lift:
        return offset
    pixels = offset.expr if isinstance(offset, alt.ExprRef) else offset
    has_two_lines = f"indexof(datum.{field}_lines, '\\n') >= 0"
    return alt.ExprRef(f"({pixels}) - ({has_two_lines} ? {lift} : 0)")


def amount_channel(field: str) -> alt.X:
    """Build the x channel of amounts in pounds. Its axis is above the rows, beside the amounts."""
    ticks = alt.ExprRef(f"min(6, (width - {_AMOUNTS_WIDTH}) / 120)")
    return alt.X(
        f"{field}:Q",
        title=None,
        axis=money_axis("x", orient="top", tickCount=ticks),
        scale=alt.Scale(range=[_AMOUNTS_WIDTH, alt.ExprRef(f"width - {_RIGHT_MARGIN}")]),
    )
