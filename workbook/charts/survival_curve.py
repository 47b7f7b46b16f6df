"""Survival curve: the share that has not completed yet, with its interval and numbers at risk."""

import math
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from workbook.charts.axes import WHOLE_NUMBER_LABELS, share_axis
from workbook.charts.figure import ChartTemplate, build_once, layer_charts, named_data
from workbook.charts.marks import (
    DASHED,
    DOT_STYLE,
    DOTTED,
    category_colour,
    point_labels,
    side_labels,
)
from workbook.charts.theme import BLUE, GREY, PLUM, TEXT_COLOUR

HALF: Final = 0.5
_STEP_INTERPOLATION: Final = "step-after"
_SCALE_MINIMUM, _AT_RISK_HEIGHT, _AT_RISK_HEADING_HEIGHT = -0.3, -0.22, -0.11
"""On the scale of shares: its end, the numbers at risk, and their heading, below zero."""

_APPROXIMATE_TICKS = 6
"""Number of ticks of the horizontal axis, about."""

ALL_SUBJECTS, COMPLETED_ONLY = "every", "alone"
"""Kinds of median: of all subjects, and of those alone that completed."""

_KIND_COLOURS = {ALL_SUBJECTS: BLUE, COMPLETED_ONLY: PLUM}


@build_once
def survival_template(time: str, time_title: str) -> ChartTemplate:
    """Build the template of a survival curve.

    Its data are ``rows`` (from ``methods.survival.survival_frame``), ``risk`` and ``head`` (from
    ``at_risk_rows`` and ``at_risk_heading``), ``half`` (``survival`` of one half), ``medians`` and
    ``mark`` (a ``time`` and its ``text`` for a vertical line; no rows for none).

    Args:
        time: Name of the column of times.
        time_title: Title of the axis of times.

    Returns:
        The template.
    """
    x = alt.X(
        f"{time}:Q",
        title=time_title,
        axis=alt.Axis(grid=False, labelExpr=WHOLE_NUMBER_LABELS, tickCount=_APPROXIMATE_TICKS),
        scale=alt.Scale(nice=False, zero=True),
    )
    y = alt.Y(
        "survival:Q",
        title=None,
        axis=share_axis(values=[0, 0.25, 0.5, 0.75, 1]),
        scale=alt.Scale(domain=[_SCALE_MINIMUM, 1], nice=False),
    )
    rows = named_data("rows").encode(x=x)
    medians = named_data("medians").encode(x=x, y=y)
    colour = category_colour("kind", _KIND_COLOURS, legend=None)
    mark = named_data("mark").encode(x=x)
    return ChartTemplate(
        layer_charts(
            rows.mark_area(color=BLUE, opacity=0.15, interpolate=_STEP_INTERPOLATION).encode(
                y=alt.Y("survival_low:Q"), y2="survival_high:Q"
            ),
            named_data("half").mark_rule(color=GREY, strokeDash=DOTTED).encode(y=y),
            mark.mark_rule(color=TEXT_COLOUR, strokeDash=DOTTED, strokeWidth=2),
            rows.mark_line(
                color=PLUM, strokeWidth=2, strokeDash=DASHED, interpolate=_STEP_INTERPOLATION
            ).encode(y=alt.Y("survival_completed:Q")),
            rows.mark_line(color=BLUE, strokeWidth=3, interpolate=_STEP_INTERPOLATION).encode(y=y),
            medians.mark_point(**DOT_STYLE).encode(color=colour),
            *point_labels("risk", x=x, y=y, fontWeight="normal"),
            *point_labels("head", x=alt.value(4), y=y, fontWeight="normal", align="left"),
            *side_labels("mark", x=x, y=alt.value(8)),
            *side_labels("medians", "over_", x=x, y=y, dy=-12, color=BLUE),
            *side_labels("medians", "under_", x=x, y=y, dy=14, color=PLUM),
        )
    )


def at_risk_rows(table: pd.DataFrame, time: str) -> pd.DataFrame:
    """The number of subjects still under way, at each tick of the axis.

    Args:
        table: The curve, from ``methods.survival.survival_frame``.
        time: Name of its column of times.

    Returns:
        A row for each tick with its time, the height of the text, and the text.
    """
    if table.empty:
        return pd.DataFrame(columns=[time, "survival", "text"])
    times, at_risk = table[time].to_numpy(float), table["at_risk"].to_numpy(int)
    ticks = np.arange(0, times[-1] + 0.5, _tick_step(times[-1]))
    left = np.append(at_risk, 0)[np.searchsorted(times, ticks)]
    return pd.DataFrame({time: ticks, "survival": _AT_RISK_HEIGHT, "text": left.astype(str)})


def at_risk_heading(table: pd.DataFrame, text: str) -> pd.DataFrame:
    """The heading of the numbers at risk; no rows without a curve."""
    return pd.DataFrame({"survival": [_AT_RISK_HEADING_HEIGHT], "text": [text]})[: len(table)]


def _tick_step(longest: float) -> int:
    """Units of time between two ticks of the axis, as Vega computes it (d3's ``tickIncrement``)."""
    raw = max(longest / _APPROXIMATE_TICKS, 1.0)
    power: int = 10 ** math.floor(math.log10(raw))
    factors = ((math.sqrt(50), 10), (math.sqrt(10), 5), (math.sqrt(2), 2))
    return power * next((step for least, step in factors if raw / power >= least), 1)
