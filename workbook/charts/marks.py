"""Marks that charts share: styles of categories, and labels that stay legible across lines."""

from collections.abc import Mapping
from typing import Any

import altair as alt
from altair.typing import ChannelX, ChannelY

from workbook.charts.figure import named_data
from workbook.charts.theme import TEXT_COLOUR

DOT_STYLE: dict[str, Any] = {"filled": True, "size": 90, "opacity": 1}
DOTTED, DASHED = [2, 3], [6, 4]
"""Dash patterns of a reference line and of a secondary line, in pixels."""

LABEL_SIDES: dict[str, dict[str, Any]] = {
    "left": {"align": "right", "dx": -9},
    "right": {"align": "left", "dx": 9},
}
"""Position of a label beside its point, by the column that contains the label."""

_HALO_STYLE: dict[str, Any] = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}


def category_scale(values: Mapping[str, Any]) -> alt.Scale:
    """Build a scale that gives each category its colour, shape or dashes.

    Args:
        values: Colour, shape or dashes by category, in the order of the legend.

    Returns:
        The scale.
    """
    return alt.Scale(domain=list(values), range=list(values.values()))


def category_colour(field: str, colours: Mapping[str, str], **options: Any) -> alt.Color:  # noqa: ANN401  Vega's own
    """Build the colour channel for a field of categories.

    Args:
        field: Column of the categories.
        colours: The colour of each category, in the order of the legend.
        **options: Options of ``alt.Color``, such as ``legend=None``.

    Returns:
        The channel.
    """
    return alt.Color(f"{field}:N", scale=category_scale(colours), **options)


def halo_texts(base: alt.Chart, field: str, **style: Any) -> list[alt.Chart]:  # noqa: ANN401  Vega's own
    """Draw text on a white halo, so that it stays legible across lines.

    Args:
        base: A chart with its data and the position of the text.
        field: Column of the text.
        **style: Options of ``mark_text``.

    Returns:
        Two layers: the halo, and the text on top of it.
    """
    base = base.encode(text=alt.Text(f"{field}:N"))
    return [base.mark_text(**style, **outline) for outline in (_HALO_STYLE, {})]


def point_labels(
    name: str,
    field: str = "text",
    *,
    x: ChannelX,
    y: ChannelY,
    colour_field: str = "",
    **style: Any,  # noqa: ANN401  Vega's own
) -> list[alt.Chart]:
    """Label points in bold, on a halo.

    Args:
        name: Name of the data.
        field: Column of the text.
        x: Horizontal position.
        y: Vertical position.
        colour_field: Column with each label's colour; empty if all have the same.
        **style: Options of ``mark_text``.

    Returns:
        Two layers: the halo, and the text on top of it.
    """
    base = named_data(name).encode(x=x, y=y)
    if colour_field:
        base = base.encode(color=alt.Color(f"{colour_field}:N", scale=None))
    return halo_texts(base, field, **{"fontWeight": "bold", "color": TEXT_COLOUR, **style})


def side_labels(
    name: str,
    prefix: str = "",
    *,
    x: ChannelX,
    y: ChannelY,
    **style: Any,  # noqa: ANN401  Vega's own
) -> list[alt.Chart]:
    """Label points on the left or right, as ``place_on_free_side`` decides.

    Args:
        name: Name of the data.
        prefix: Prefix of ``left`` and ``right`` in the names of the columns.
        x: Horizontal position.
        y: Vertical position.
        **style: Options of ``mark_text``.

    Returns:
        Four layers: the labels on the left and those on the right, each on a halo.
    """
    return [
        layer
        for side, side_style in LABEL_SIDES.items()
        for layer in point_labels(name, f"{prefix}{side}", x=x, y=y, **style, **side_style)
    ]


def place_on_free_side(
    text: str, position: float, low: float, high: float, threshold: float = 1 / 2
) -> dict[str, str]:
    """Put a label on the side of its point that has room.

    Args:
        text: The label.
        position: Position of the point on the axis.
        low: Start of the axis.
        high: End of the axis.
        threshold: Fraction of the axis beyond which the label goes to the left.

    Returns:
        The label under ``left`` or ``right``, and an empty text under the other.
    """
    is_beyond = position > low + threshold * (high - low)
    return {"left": text if is_beyond else "", "right": "" if is_beyond else text}
