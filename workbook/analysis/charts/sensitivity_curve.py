"""Sensitivity curve: an indicator over one parameter, with the scenario's own value marked."""

from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.axes import unit_axis
from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import DOT_STYLE, DOTTED, LABEL_SIDES, place_on_free_side, side_labels
from workbook.charts.theme import BLUE, GREY, ORANGE
from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.scenario import Parameter
from workbook.text.grammar import capitalise_first, lower_first
from workbook.text.numbers import format_value
from workbook.topic import SensitivityCurve, Topic

_LEFT_LABEL_SHARE = 0.6
"""Share of the axis beyond which the label of the scenario's value is on its left."""
_LEFT_LABEL_SHARE_RISING = 0.15
"""The same for a short label above a curve that rises, which would pass through its right."""
_SHORT_VALUE = 5
"""Characters of a value that fits under "Now:" on the left of its point in a narrow chart."""


def draw_sensitivity_curve(
    topic: Topic, outcome: Outcome, curve: SensitivityCurve, table: pd.DataFrame
) -> Figure:
    """Draw a sensitivity curve, with its target and the scenario's own value marked.

    Args:
        topic: The topic whose parameter is varied.
        outcome: The outcome of the scenario.
        curve: The indicator, the parameter and, if there is one, the target.
        table: Points of the curve, from ``sensitivity.sensitivity_curve``.

    Returns:
        The figure.
    """
    indicator, parameter = outcome[curve.indicator], topic.Scenario.parameters()[curve.parameter]
    rows = table.rename(columns={curve.parameter: "by", curve.indicator: "value"}).dropna(
        subset=["value"]
    )
    level = [] if curve.target is None else [curve.target]
    return make_figure(
        _build_template(parameter.label, parameter.unit, indicator.unit),
        {
            "rows": rows[["by", "value"]],
            "now": _build_current_point(rows, _text_unit(indicator)),
            "level": pd.DataFrame({"value": level}),
        },
        title=_write_title(indicator, parameter, curve.target, rows),
        subtitle=(
            f"{indicator.label}, by {lower_first(parameter.label)}."
            " Other parameters as in this scenario"
        ),
        description=_write_description(indicator, parameter, rows),
    )


@build_once
def _build_template(
    parameter_label: str, parameter_unit: str, indicator_unit: str
) -> ChartTemplate:
    x = alt.X(
        "by:Q",
        title=parameter_label,
        axis=unit_axis("x", parameter_unit),
        scale=alt.Scale(nice=False),
    )
    y = alt.Y(
        "value:Q",
        title=None,
        axis=unit_axis("y", indicator_unit),
        scale=_indicator_scale(indicator_unit),
    )
    return ChartTemplate(
        layer_charts(
            named_data("level").mark_rule(color=GREY, strokeDash=DOTTED).encode(y=y),
            named_data("rows")
            .mark_line(color=BLUE, strokeWidth=3, interpolate="monotone")
            .encode(x=x, y=y),
            named_data("now").mark_point(**DOT_STYLE, color=ORANGE).encode(x=x, y=y),
            *side_labels("now", x=x, y=y, dy=-20, lineBreak="\n"),
        )
    )


def _text_unit(indicator: Indicator) -> str:
    """Unit in which texts give the indicator. A probability is never shown as certain."""
    return "probability" if indicator.is_probability else indicator.unit


def _indicator_scale(unit: str) -> alt.Scale:
    return alt.Scale(domain=[0, 1]) if unit == "share" else alt.Scale(zero=False)


def _build_current_point(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    """Point of the scenario's own value, with its label on the side that has room."""
    low, high = rows["by"].min(), rows["by"].max()
    is_rising = bool(len(rows)) and rows["value"].iloc[-1] > rows["value"].iloc[0]
    points = []
    for row in rows[rows["scenario"]].to_dict("records"):
        value = format_value(row["value"], unit)
        if is_rising and len(value) <= _SHORT_VALUE:
            label, threshold = f"Now:\n{value}", _LEFT_LABEL_SHARE_RISING
        else:
            label, threshold = f"Now: {value}", _LEFT_LABEL_SHARE
        side = place_on_free_side(label, row["by"], low, high, threshold)
        points.append({"by": row["by"], "value": row["value"], **side})
    return pd.DataFrame(points, columns=["by", "value", *LABEL_SIDES])


def _write_title(
    indicator: Indicator, parameter: Parameter, target: float | None, rows: pd.DataFrame
) -> str:
    if rows.empty:
        return f"{indicator.label} is not known in this range"
    if target is None:
        return f"{indicator.label} by {lower_first(parameter.label)}"
    level = format_value(target, _text_unit(indicator))
    reached = (rows["value"] >= target).tolist()
    if not any(reached):
        return f"{indicator.label} stays below {level} in this range"
    if all(reached):
        return f"{indicator.label} is {level} or more throughout"
    crossing = format_value(
        _round_crossing(_interpolate_crossing(rows, target), parameter.unit), parameter.unit
    )
    verb = "falls to" if reached[0] else "reaches"
    return f"{indicator.label} {verb} {level} near {crossing} {lower_first(parameter.label)}"


def _interpolate_crossing(rows: pd.DataFrame, level: float) -> float:
    """First parameter value at which the curve crosses a level, by linear interpolation."""
    above = rows["value"] >= level
    after = int((above != above.iloc[0]).to_numpy().argmax())
    ends = rows[["by", "value"]].iloc[[after - 1, after]].to_numpy(dtype=float)
    (x0, y0), (x1, y1) = ends.tolist()
    return float(x0 + (level - y0) / (y1 - y0) * (x1 - x0))


def _round_crossing(value: float, unit: str) -> float:
    return value if unit == "year" else float(f"{value:.2g}")


def _write_description(indicator: Indicator, parameter: Parameter, rows: pd.DataFrame) -> str:
    if rows.empty:
        reason = (
            f" {capitalise_first(indicator.missing_reason)}." if indicator.missing_reason else ""
        )
        return (
            f"{indicator.label} is not known for any value of {lower_first(parameter.label)}, so no"
            f" curve is drawn.{reason}"
        )

    def describe_point(row: dict[Any, Any]) -> str:
        value, parameter_value = (float(row[name]) for name in ("value", "by"))
        return (
            f"{format_value(value, _text_unit(indicator))} at"
            f" {format_value(parameter_value, parameter.unit)}"
        )

    low, high = map(describe_point, rows.iloc[[0, -1]].to_dict("records"))
    current_points = [describe_point(row) for row in rows[rows["scenario"]].to_dict("records")]
    current_text = current_points[0] if current_points else "not known"
    label = f"{indicator.label}, by {lower_first(parameter.label)}"
    return f"{label}: from {low} to {high}. In this scenario: {current_text}."
