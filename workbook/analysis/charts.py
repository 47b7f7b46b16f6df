"""Charts of what was asked of a topic: a response to one parameter, the swing of an answer."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.figure import ChartTemplate, Figure, layer_charts, make_figure, named_data
from workbook.charts.marks import LABEL_HALO
from workbook.charts.rows import row_channel
from workbook.charts.theme import BLUE, GREY, ORANGE, PLUM, TEXT_COLOUR, TURQUOISE
from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.scenario import Parameter
from workbook.text.grammar import lower_first
from workbook.text.numbers import format_value
from workbook.topic import SensitivityCurve, Topic

_LONGEST_TORNADO = 8
"""Assumptions in a swing's chart; the table has them all."""

_RIGHT_SIDE_FROM = 0.6
"""Of the width: a point beyond it has its label on the left, where there is room."""

_END_COLOURS = {"low": TURQUOISE, "high": PLUM}

_AXIS_FORMATS: dict[str, dict[str, Any]] = {
    "share": {"format": ".0%"},
    "year": {"format": "d"},
    "people": {
        "format": "~s",
        "labelExpr": (
            "datum.value >= 1e6 || datum.value <= -1e6 "
            "? format(datum.value / 1e6, '~r') + ' m' : format(datum.value, ',')"
        ),
    },
    "GBP": {
        "format": "~s",
        "labelExpr": (
            "(datum.value < 0 ? '−£' : '£') + (abs(datum.value) >= 1e6 "
            "? format(abs(datum.value) / 1e6, '~r') + ' m' : format(abs(datum.value), ','))"
        ),
    },
}
"""How an axis writes its numbers, by their unit."""


def draw_sensitivity_curve(
    topic: Topic, outcome: Outcome, curve: SensitivityCurve, table: pd.DataFrame
) -> Figure:
    """How an indicator answers to a parameter, the scenario's own value marked."""
    indicator, parameter = outcome[curve.indicator], topic.Scenario.parameters()[curve.parameter]
    rows = table.rename(columns={curve.parameter: "by", curve.indicator: "value"}).dropna(
        subset=["value"]
    )
    level = [] if curve.target is None else [curve.target]
    return make_figure(
        _sensitivity_template(parameter.label, parameter.unit, indicator.unit),
        {
            "rows": rows[["by", "value"]],
            "now": _current_point(rows, indicator.unit),
            "level": pd.DataFrame({"value": level}),
        },
        title=_write_sensitivity_title(indicator, parameter, curve.target, rows),
        subtitle=(
            f"{indicator.label}, by {lower_first(parameter.label)}; all else as in the scenario"
        ),
        description=_describe_sensitivity(indicator, parameter, rows),
    )


def draw_tornado(outcome: Outcome, indicator_name: str, table: pd.DataFrame) -> Figure:
    """Tornado: the indicator with each assumption at its low and its high end."""
    shown_indicator = outcome[indicator_name]
    influential = table[table["swing"] > 0]
    top = influential.head(_LONGEST_TORNADO)
    omission_note = (
        f"; the {_LONGEST_TORNADO} that move it most, of {len(table)}"
        if len(influential) > _LONGEST_TORNADO
        else ""
    )
    return make_figure(
        _tornado_template(shown_indicator.unit),
        {"bars": _build_bars(top)},
        title=_write_tornado_title(top),
        subtitle=(
            f"{shown_indicator.label}, with one assumption at a time at either end of its"
            f" range{omission_note}"
        ),
        description=_describe_tornado(shown_indicator, top),
    )


def _number_axis(unit: str) -> alt.Axis:
    return alt.Axis(tickCount=5, **_AXIS_FORMATS.get(unit, {"format": ","}))


def _value_scale(unit: str) -> alt.Scale:
    return alt.Scale(domain=[0, 1]) if unit == "share" else alt.Scale(zero=False)


@cache
def _sensitivity_template(
    parameter_label: str, parameter_unit: str, indicator_unit: str
) -> ChartTemplate:
    """A line over a parameter in the unit ``by``, a level to mark, the scenario's own value."""
    x = alt.X(
        "by:Q",
        title=parameter_label,
        axis=_number_axis(parameter_unit),
        scale=alt.Scale(nice=False),
    )
    y = alt.Y(
        "value:Q", title=None, axis=_number_axis(indicator_unit), scale=_value_scale(indicator_unit)
    )
    current = named_data("now").encode(x=x, y=y)
    style: dict[str, Any] = {"dy": -12, "fontWeight": "bold", "color": TEXT_COLOUR}
    sides: dict[str, dict[str, Any]] = {
        "left": {"align": "right", "dx": -10},
        "right": {"align": "left", "dx": 10},
    }
    labels = [
        current.mark_text(**style, **side, **outline).encode(text=f"{name}:N")
        for name, side in sides.items()
        for outline in (LABEL_HALO, {})
    ]
    return ChartTemplate(
        layer_charts(
            named_data("level").mark_rule(color=GREY, strokeDash=[2, 3]).encode(y=y),
            named_data("rows")
            .mark_line(color=BLUE, strokeWidth=3, interpolate="monotone")
            .encode(x=x, y=y),
            current.mark_point(color=ORANGE, filled=True, size=120, opacity=1),
            *labels,
        )
    )


@cache
def _tornado_template(unit: str) -> ChartTemplate:
    ends = alt.Scale(domain=list(_END_COLOURS), range=list(_END_COLOURS.values()))
    assumption_axis = row_channel("assumption")
    base = named_data("bars").encode(y=assumption_axis)
    bars = base.mark_bar(height=14, yOffset=8).encode(
        x=alt.X("at:Q", title=None, axis=_number_axis(unit), scale=alt.Scale(zero=False)),
        x2="now:Q",
        color=alt.Color(
            "end:N",
            scale=ends,
            legend=alt.Legend(labelExpr="'assumption at its ' + datum.label"),
        ),
        tooltip=["assumption:N", "text:N"],
    )
    labels = base.transform_filter(alt.datum.end == "low").mark_text(
        align="left", dy=-10, color=TEXT_COLOUR
    )
    return ChartTemplate(layer_charts(bars, labels.encode(x=alt.value(0), text="assumption:N")))


def _current_point(rows: pd.DataFrame, unit: str) -> pd.DataFrame:
    """The scenario's own value, with its label on the side where there is room."""
    current, right_side_start = rows[rows["scenario"]], rows["by"].max() * _RIGHT_SIDE_FROM
    texts = [f"Now: {format_value(value, unit)}" for value in current["value"].tolist()]
    on_left = (current["by"] > right_side_start).tolist()
    sides = {
        "left": [text if beyond else "" for text, beyond in zip(texts, on_left, strict=True)],
        "right": ["" if beyond else text for text, beyond in zip(texts, on_left, strict=True)],
    }
    return current[["by", "value"]].assign(**sides)


def _write_sensitivity_title(
    indicator: Indicator, parameter: Parameter, target: float | None, rows: pd.DataFrame
) -> str:
    if rows.empty:
        return f"{indicator.label} is not known for any value tried here"
    if target is None:
        return f"{indicator.label} by {lower_first(parameter.label)}"
    level = format_value(target, indicator.unit)
    reached = (rows["value"] >= target).tolist()
    if not any(reached):
        return f"{indicator.label} stays below {level} whatever is tried here"
    if all(reached):
        return f"{indicator.label} is {level} or more whatever is tried here"
    crossing = format_value(
        _round_crossing(_interpolate_crossing(rows, target), parameter.unit), parameter.unit
    )
    verb = "falls to" if reached[0] else "passes"
    return f"{indicator.label} {verb} {level} at about {crossing} {lower_first(parameter.label)}"


def _interpolate_crossing(rows: pd.DataFrame, level: float) -> float:
    """Where the line first crosses the level, read off between its points."""
    above = rows["value"] >= level
    after = int((above != above.iloc[0]).to_numpy().argmax())
    ends = rows[["by", "value"]].iloc[[after - 1, after]].to_numpy(dtype=float)
    (x0, y0), (x1, y1) = ends.tolist()
    return float(x0 + (level - y0) / (y1 - y0) * (x1 - x0))


def _round_crossing(value: float, unit: str) -> float:
    return value if unit == "year" else float(f"{value:.2g}")


def _describe_sensitivity(indicator: Indicator, parameter: Parameter, rows: pd.DataFrame) -> str:
    if rows.empty:
        return f"{indicator.label} is not known, whatever {lower_first(parameter.label)}."

    def describe_point(row: dict[Any, Any]) -> str:
        value, parameter_value = (float(row[name]) for name in ("value", "by"))
        return (
            f"{format_value(value, indicator.unit)} at"
            f" {format_value(parameter_value, parameter.unit)}"
        )

    low, high = map(describe_point, rows.iloc[[0, -1]].to_dict("records"))
    current_points = [describe_point(row) for row in rows[rows["scenario"]].to_dict("records")]
    current_text = current_points[0] if current_points else "not known"
    label = f"{indicator.label}, by {lower_first(parameter.label)}"
    return f"{label}: from {low} to {high}; in this scenario {current_text}."


def _build_bars(top: pd.DataFrame) -> pd.DataFrame:
    """A bar for each end of each assumption, from the answer there to the answer now."""
    bars = [
        {
            "place": place,
            "assumption": row["label"],
            "now": row["now"],
            "at": row[f"at_{end}"],
            "value": row[end],
            "text": f"{end} end of its range: {format_value(float(row[end]), row['unit'])}",
            "end": end,
        }
        for place, row in enumerate(top.to_dict("records"))
        for end in _END_COLOURS
    ]
    return pd.DataFrame(bars, columns=["place", "assumption", "now", "at", "value", "text", "end"])


def _write_tornado_title(top: pd.DataFrame) -> str:
    if top.empty:
        return "No assumption moves the answer"
    return f"The answer moves most with “{lower_first(top.iloc[0]['label'])}”"


def _describe_tornado(indicator: Indicator, top: pd.DataFrame) -> str:
    def describe_bar(row: dict[Any, Any]) -> str:
        ends = [
            f"{format_value(float(row[f'at_{end}']), indicator.unit)} at "
            f"{format_value(float(row[end]), row['unit'])}"
            for end in _END_COLOURS
        ]
        return f"{row['label']}: {', '.join(ends)}."

    start = f"{indicator.label} with one assumption at a time at the ends of its range."
    return " ".join([start, *map(describe_bar, top.to_dict("records"))])
