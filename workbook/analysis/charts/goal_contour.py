"""Contour of a goal: the second parameter that reaches the target, over the first."""

import altair as alt
import pandas as pd

from workbook.analysis.goal import Goal
from workbook.analysis.goal_contour import MET_THROUGHOUT, NOT_REACHED
from workbook.charts.axes import unit_axis
from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import DOT_STYLE, place_on_free_side, side_labels
from workbook.charts.theme import BLUE, ORANGE
from workbook.outcome import Outcome
from workbook.scenario import Parameter
from workbook.text.grammar import lower_first
from workbook.text.numbers import format_value


def draw_goal_contour(outcome: Outcome, goal: Goal, table: pd.DataFrame) -> Figure:
    """Draw the contour of a goal, with the scenario's own pair of values marked.

    Args:
        outcome: The outcome of the scenario.
        goal: The goal.
        table: Rows from ``seek_contour``.

    Returns:
        The figure.
    """
    first, second = (outcome.scenario.parameters()[str(name)] for name in table.columns[:2])
    rows = table.dropna(subset=second.name)
    points = pd.DataFrame({"first": rows[first.name], "second": rows[second.name]})
    target = goal.describe_target(outcome[goal.indicator])
    return make_figure(
        _build_template(first.label, first.unit, second.label, second.unit),
        {"rows": points, "now": _current_pair(outcome, first, second, points)},
        title=_write_title(first, second, points, table["status"]),
        subtitle=f"Pairs of values at which {target}. Other parameters as in this scenario",
        description=_write_description(target, first, second, points, table["status"]),
    )


@build_once
def _build_template(
    first_label: str, first_unit: str, second_label: str, second_unit: str
) -> ChartTemplate:
    x = alt.X(
        "first:Q",
        title=first_label,
        axis=unit_axis("x", first_unit),
        scale=alt.Scale(zero=False, nice=False),
    )
    y = alt.Y(
        "second:Q",
        title=second_label,
        axis=unit_axis("y", second_unit),
        scale=alt.Scale(zero=False),
    )
    return ChartTemplate(
        layer_charts(
            named_data("rows").mark_line(color=BLUE, strokeWidth=3).encode(x=x, y=y),
            named_data("rows").mark_point(**DOT_STYLE, color=BLUE).encode(x=x, y=y),
            named_data("now").mark_point(**DOT_STYLE, color=ORANGE).encode(x=x, y=y),
            *side_labels("now", x=x, y=y, dy=-12),
        )
    )


def _current_pair(
    outcome: Outcome, first: Parameter, second: Parameter, points: pd.DataFrame
) -> pd.DataFrame:
    """The scenario's own pair, with its label on the side that has room."""
    values = outcome.scenario.values()
    position = float(values[first.name])
    ends = [*points["first"], position]
    label = place_on_free_side("This scenario", position, min(ends), max(ends))
    pair = {"first": position, "second": float(values[second.name]), **label}
    return pd.DataFrame([pair] if len(points) else [], columns=list(pair))


def _write_title(
    first: Parameter, second: Parameter, points: pd.DataFrame, status: pd.Series
) -> str:
    if points.empty:
        return _title_without_points(first, status)
    texts = [format_value(value, second.unit) for value in points["second"]]
    if len(set(texts)) > 1:
        if texts[0] != texts[-1]:
            return f"“{second.label}” goes from {texts[0]} to {texts[-1]} as “{first.label}” rises"
        low, high = (format_value(points["second"].agg(end), second.unit) for end in ("min", "max"))
        return f"“{second.label}” varies from {low} to {high} as “{first.label}” rises"
    if len(points) == len(status):
        return f"The target needs “{second.label}” at {texts[0]}, whatever “{first.label}” is"
    if len(points) == 1:
        value = format_value(points["first"].iloc[0], first.unit)
        where = f"with “{first.label}” at {value} and at no other value tried"
    else:
        where = f"at {len(points)} of the {len(status)} values tried of “{first.label}”"
    return f"“{second.label}” at {texts[0]} just reaches the target {where}"


def _title_without_points(first: Parameter, status: pd.Series) -> str:
    if status.eq(MET_THROUGHOUT).all():
        return "The target is met at every value tried"
    if status.eq(NOT_REACHED).all():
        return "The target cannot be reached at any value tried"
    return f"Of the values tried, “{first.label}” alone decides whether the target is met"


def _write_description(
    target: str, first: Parameter, second: Parameter, points: pd.DataFrame, status: pd.Series
) -> str:
    if points.empty:
        met = status.eq(MET_THROUGHOUT).sum()
        return (
            f"{target} at {met} of the {len(status)} values tried of {lower_first(first.label)},"
            f" whatever {lower_first(second.label)} is."
        )
    pairs = [
        f"{format_value(row['second'], second.unit)} at {format_value(row['first'], first.unit)}"
        for row in points.to_dict("records")
    ]
    return (
        f"Values at which {target}. {second.label}, by {lower_first(first.label)}:"
        f" {'; '.join(pairs)}."
    )
