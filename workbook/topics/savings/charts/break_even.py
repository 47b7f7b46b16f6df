"""Break-even: take-up at which the net present value is zero, by cost gap of a contact."""

from collections.abc import Hashable
from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.axes import money_axis, share_axis
from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import DASHED, DOT_STYLE, DOTTED, point_labels
from workbook.charts.theme import BLUE, GREY, PLUM, TEXT_COLOUR, TURQUOISE
from workbook.outcome import Outcome
from workbook.text.grammar import capitalise_first
from workbook.text.numbers import format_money, format_points, format_share, format_years

_GAP_LABEL_TOP = 10
"""Pixels from the top of the label of the scenario's cost gap, beside its line."""

_SCALE_PADDING = 22
"""Pixels above 100% and below the lowest line, for labels."""

_NEAR_TAKE_UP = 0.03
"""A line less than this above a point, in take-up, would cross a label above the point."""

_HIGH_TAKE_UP = 0.95
"""Take-up above which a label above its line would reach that of the cost gap."""

_CostGapRow = dict[Hashable, Any]
_CostGapRows = list[_CostGapRow]
"""A row of the table: a cost gap and its break-even take-up."""

_NO_TARGET_TITLE = "Take-up follows the forecast, so there is no target to test"


def draw_break_even(outcome: Outcome) -> Figure:
    """Draw break-even take-up by cost gap, with the scenario's gap, target and starting take-up."""
    table = outcome.frame("break_even")
    start_take_up = float(outcome.frame("cash_flow")["take_up"].iloc[0])
    target = float(outcome.scenario.values()["take_up_target"])
    rows = table.to_dict("records")
    scenario_rows, curve = rows[:1], [row for row in rows[1:] if pd.notna(row["take_up"])]
    return make_figure(
        _build_template(),
        {
            "rows": table.iloc[1:],
            "own": _build_scenario_points(scenario_rows, target),
            "now": pd.DataFrame(
                [{"take_up": start_take_up, "text": f"Start {format_share(start_take_up)}"}]
            ),
            "target": _build_target_line(scenario_rows, curve, start_take_up, target),
        },
        title=_write_title(
            scenario_rows,
            curve,
            start_take_up,
            target,
            float(outcome.scenario.values()["years_to_target"]),
        ),
        subtitle=(
            "Take-up where net present value is zero, by cost gap: how much more other channels "
            "cost than digital. Shaded: benefits exceed costs"
        ),
        description=_write_description(scenario_rows, curve, start_take_up, target),
    )


@build_once
def _build_template() -> ChartTemplate:
    x = alt.X(
        "cost_gap:Q",
        title="Cost gap, £ a contact",
        axis=money_axis("x", grid=False, tickCount=alt.ExprRef("min(8, width / 50)")),
        scale=alt.Scale(nice=False),
    )
    y = alt.Y(
        "take_up:Q",
        title=None,
        axis=share_axis(),
        scale=alt.Scale(zero=False, nice=False, domainMax=1, padding=_SCALE_PADDING),
    )
    rows, scenario_marks = named_data("rows").encode(x=x, y=y), named_data("own").encode(x=x)
    return ChartTemplate(
        layer_charts(
            rows.mark_area(color=TURQUOISE, opacity=0.2).encode(y2=alt.datum(1)),
            named_data("now").mark_rule(color=GREY, strokeDash=DOTTED, strokeWidth=2).encode(y=y),
            named_data("target")
            .mark_rule(color=PLUM, strokeDash=DASHED, strokeWidth=2)
            .encode(y=y),
            scenario_marks.mark_rule(color=TEXT_COLOUR, strokeDash=DOTTED),
            rows.mark_line(color=BLUE, strokeWidth=3),
            scenario_marks.mark_point(**DOT_STYLE, color=PLUM).encode(y="take_up_target:Q"),
            scenario_marks.mark_point(
                **{**DOT_STYLE, "filled": False}, color=BLUE, fill="white"
            ).encode(y=y),
            *_build_labels(x, y),
        )
    )


def _build_labels(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    left, right = alt.value(4), alt.value(alt.ExprRef("width - 4"))
    return [
        *point_labels("now", x=left, y=y, align="left", dy=12, color=GREY),
        *point_labels("target", "over", x=right, y=y, align="right", dy=-10, color=PLUM),
        *point_labels("target", "under", x=right, y=y, align="right", dy=12, color=PLUM),
        *point_labels("own", "gap", x=x, y=alt.value(_GAP_LABEL_TOP), align="left", dx=8),
        *point_labels("own", "over", x=x, y=y, align="left", dx=10, dy=-8, color=BLUE),
        *point_labels("own", "under", x=x, y=y, align="right", dx=-10, dy=10, color=BLUE),
    ]


def _build_scenario_points(scenario_rows: _CostGapRows, target: float) -> pd.DataFrame:
    """The scenario's own cost gap and its break-even take-up, where there is one.

    The label stands below the point where the target's line is close above it.
    """
    rows = [
        {
            **row,
            "take_up_target": target,
            "gap": f"Gap {format_money(row['cost_gap'])}",
            **_place_label(
                _format_break_even(row), under=0 <= target - row["take_up"] < _NEAR_TAKE_UP
            ),
        }
        for row in scenario_rows
    ]
    columns = ["cost_gap", "take_up", "take_up_target", "gap", "over", "under"]
    return pd.DataFrame(rows, columns=columns)


def _build_target_line(
    scenario_rows: _CostGapRows, curve: _CostGapRows, start_take_up: float, target: float
) -> pd.DataFrame:
    """The target, with its label on the side away from the curve."""
    lowest = min((row["take_up"] for row in curve), default=1.0)
    label_columns = _place_label(
        f"Target {format_share(target)}",
        under=start_take_up < target < lowest or target > _HIGH_TAKE_UP,
    )
    rows = [{"take_up": target, **label_columns} for _ in scenario_rows]
    return pd.DataFrame(rows, columns=["take_up", "over", "under"])


def _place_label(text: str, *, under: bool) -> dict[str, str]:
    """Put a label in the column of its position."""
    return {"over": "" if under else text, "under": text if under else ""}


def _format_break_even(row: _CostGapRow) -> str:
    return "" if pd.isna(row["take_up"]) else format_share(row["take_up"])


def _write_title(
    scenario_rows: _CostGapRows,
    curve: _CostGapRows,
    start_take_up: float,
    target: float,
    years: float,
) -> str:
    if not scenario_rows:
        return _NO_TARGET_TITLE
    break_even_take_up, gap = (
        scenario_rows[0]["take_up"],
        format_money(scenario_rows[0]["cost_gap"]),
    )
    no_break_even = f"No take-up breaks even at a cost gap of {gap}"
    if pd.isna(break_even_take_up) and not curve:
        return f"{no_break_even}, or at any other gap tested"
    if pd.isna(break_even_take_up):
        return f"{no_break_even}, but {format_money(curve[0]['cost_gap'])} would do"
    if break_even_take_up <= start_take_up:
        start = format_share(start_take_up)
        return f"Benefits exceed costs at any take-up above the starting {start}"
    direction = "below" if target >= break_even_take_up else "above"
    return (
        f"Break-even take-up, if reached over {format_years(years)}, is"
        f" {format_share(break_even_take_up)}:"
        f" {format_points(abs(target - break_even_take_up))[1:]} points {direction} the"
        f" {format_share(target)} target"
    )


def _write_description(
    scenario_rows: _CostGapRows, curve: _CostGapRows, start_take_up: float, target: float
) -> str:
    start = f"the scenario’s starting take-up is {format_share(start_take_up)}"
    if not scenario_rows:
        return f"{_NO_TARGET_TITLE}. {capitalise_first(start)}."
    sentences = [
        _describe_row(scenario_rows[0]),
        f"The target is {format_share(target)} and {start}.",
    ]
    if curve:
        sentences += [_describe_row(curve[0]), _describe_row(curve[-1])]
    else:
        sentences += ["No take-up breaks even at any cost gap tested."]
    return " ".join(sentences)


def _describe_row(row: _CostGapRow) -> str:
    """State the break-even take-up at a cost gap."""
    gap_text = f"At a cost gap of {format_money(row['cost_gap'])} a contact"
    if break_even_text := _format_break_even(row):
        return f"{gap_text}, benefits exceed costs above a take-up of {break_even_text}."
    return f"{gap_text}, no take-up breaks even."
