"""A small line chart of one figure over the years or quarters, for a card of the home page."""

import json
from collections.abc import Callable

import altair as alt
import pandas as pd

from workbook.charts.figure import AltairChart, ChartTemplate, Figure, layer_charts, make_figure
from workbook.charts.marks import DOTTED
from workbook.charts.theme import BLUE, GREY

_HEIGHT = 80
_PERIOD, _VALUE, _LOW, _HIGH, _REFERENCE = "period", "value", "low", "high", "reference"


def draw_trend(
    rows: pd.DataFrame, *, title: str, format_text: Callable[[float], str], subtitle: str = ""
) -> Figure:
    """Draw a figure over time, with its first and last value below the axis.

    Args:
        rows: A row for each period in order: ``period`` (a text of its own), ``value``, and where
            there are any, ``low`` and ``high`` (ends of its interval) and ``reference`` (a
            target). Rows without a value are left out.
        title: What is measured. It is the picture's accessible name.
        format_text: Writes a value as a reader sees it.
        subtitle: What the shading and the dotted line are; empty without them.

    Returns:
        The chart, described by its first and last value.

    Raises:
        ValueError: No row has a value.
    """
    known_rows = rows.dropna(subset=[_VALUE])
    if known_rows.empty:
        msg = f"the small chart “{title}” has no values"
        raise ValueError(msg)
    end_rows = known_rows.iloc[sorted({0, len(known_rows) - 1})]
    end_texts = dict(zip(end_rows[_PERIOD], map(format_text, end_rows[_VALUE]), strict=True))
    described_ends = [f"{text} ({period})" for period, text in end_texts.items()]
    return make_figure(
        ChartTemplate(_build_chart(known_rows, end_texts), _HEIGHT),
        title=title,
        subtitle=subtitle,
        description=f"{title}: {' to '.join(described_ends)}. {subtitle}".rstrip(),
    )


def _build_chart(rows: pd.DataFrame, end_texts: dict[str, str]) -> AltairChart:
    scale = alt.Scale(padding=0.2)
    periods = alt.X(f"{_PERIOD}:N", sort=[*rows[_PERIOD]], axis=_end_axis(end_texts), scale=scale)
    base = alt.Chart(rows).encode(x=periods, y=_value_channel(_VALUE))
    line = base.mark_line(color=BLUE, strokeWidth=2.5)
    dots = base.transform_filter(alt.FieldOneOfPredicate(_PERIOD, [*end_texts]))
    layers = [line, dots.mark_circle(color=BLUE, size=50, opacity=1)]
    if _REFERENCE in rows:
        dotted_line = base.mark_line(color=GREY, strokeDash=DOTTED)
        layers.insert(0, dotted_line.encode(y=_value_channel(_REFERENCE)))
    if {_LOW, _HIGH} <= {*rows.columns}:
        area = base.mark_area(color=BLUE, opacity=0.2)
        layers.insert(0, area.encode(y=_value_channel(_LOW), y2=f"{_HIGH}:Q"))
    return layer_charts(*layers)


def _value_channel(column: str) -> alt.Y:
    return alt.Y(f"{column}:Q", axis=None, scale=alt.Scale(zero=False))


def _end_axis(end_texts: dict[str, str]) -> alt.Axis:
    """An axis with two labels, each the value and its period: they never lie on the line."""
    labels = {period: [text, period] for period, text in end_texts.items()}
    first_period = json.dumps(next(iter(end_texts)))
    return alt.Axis(
        values=[*end_texts],
        labelExpr=f"{json.dumps(labels)}[datum.value]",
        labelAlign=alt.condition(
            f"datum.value === {first_period}", alt.value("left"), alt.value("right")
        ),
        labelAngle=0,
        labelLimit=0,
        title=None,
        ticks=False,
        labelPadding=8,
    )
