"""Waterfall: bars that lead from one total to another, one step after the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.marks import category_colour, halo_texts
from workbook.charts.theme import TEXT_COLOUR

_COLUMNS = ["place", "name", "start", "end", "right", "kind", "text"]


@dataclass(frozen=True)
class WaterfallStep:
    """One bar of a waterfall.

    Args:
        name: What a reader sees at the row.
        value: The total, or what the step adds to the last one.
        kind: Category that decides the colour.
        text: The value as a reader sees it.
        is_total: Whether the bar is a total, at which the steps begin and end.
    """

    name: str
    value: float
    kind: str
    text: str
    is_total: bool = False


def waterfall_rows(steps: Iterable[WaterfallStep]) -> pd.DataFrame:
    """Place the bars, each from its start to its end.

    Args:
        steps: The bars in order, the first of them a total.

    Returns:
        A row for each bar, for ``waterfall_layers``. A total is a level, without length.
    """
    rows: list[dict[str, object]] = []
    level = 0.0
    for step in steps:
        start, level = (step.value, step.value) if step.is_total else (level, level + step.value)
        rows.append(
            {
                "place": len(rows),
                "name": step.name,
                "start": start,
                "end": level,
                "right": max(start, level),
                "kind": step.kind,
                "text": step.text,
            }
        )
    return pd.DataFrame(rows, columns=_COLUMNS)


def waterfall_layers(  # noqa: PLR0913  what is drawn, and where in its row
    base: alt.Chart,
    axis: alt.Axis,
    colours: Mapping[str, str],
    offset: alt.ExprRef | None = None,
    *,
    height: int = 20,
    padding: int = 40,
) -> list[alt.Chart]:
    """Draw the bars, the level after each, and its text at the right.

    Args:
        base: A chart on ``waterfall_rows``, with a row for each name.
        axis: The axis of the values.
        colours: Colour of each kind of bar.
        offset: Pixels from the middle of a row down to its marks; None for none.
        height: Height of a bar in pixels.
        padding: Pixels at both ends of the axis, for the texts.

    Returns:
        The layers.
    """
    x = alt.X("start:Q", title=None, axis=axis, scale=alt.Scale(zero=False, padding=padding))
    colour = category_colour("kind", colours, legend=None)
    mark_style: dict[str, Any] = {} if offset is None else {"yOffset": offset}
    text_style: dict[str, Any] = {} if offset is None else {"dy": offset}
    bars = base.mark_bar(height=height, **mark_style).encode(x=x, x2="end:Q", color=colour)
    levels = base.mark_tick(thickness=5, size=height, opacity=1, **mark_style).encode(
        x=alt.X("end:Q"), color=colour
    )
    texts = halo_texts(
        base.encode(x=alt.X("right:Q")),
        "text",
        align="left",
        dx=8,
        color=TEXT_COLOUR,
        fontWeight="bold",
        **text_style,
    )
    return [bars, levels, *texts]
