"""Waiting time and share answered in time, by number of analysts."""

from collections.abc import Hashable, Mapping
from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import category_colour
from workbook.charts.rows import (
    NAMED_MARK_OFFSET,
    NAMED_ROW_HEIGHT,
    ROW_NAME_STYLE,
    by_width,
    row_channel,
    row_texts,
)
from workbook.charts.theme import BLUE, ORANGE
from workbook.outcome import Outcome
from workbook.text.grammar import choose_form, format_count
from workbook.text.numbers import format_share, format_value, round_half_up
from workbook.topics.policymaking.parameters import Policymaking

_MEETS, _MISSES = "Meets the target", "Misses the target"
_COLOURS = {_MISSES: ORANGE, _MEETS: BLUE}


def draw_waiting(outcome: Outcome) -> Figure:
    """Draw the mean wait for an analyst by number of analysts, with the share in time."""
    table, scenario = outcome.frame("waiting"), outcome.scenario_of(Policymaking)
    return make_figure(
        _build_template(),
        {"rows": _build_rows(table)},
        title=_write_title(outcome, table, scenario),
        subtitle=(
            "Mean wait of a closed consultation for an analyst, and share answered within"
            f" {format_value(scenario.standard_days, 'days')}, by number of analysts"
        ),
        description=_write_description(table, scenario),
    )


@build_once
def _build_template() -> ChartTemplate:
    colour = category_colour(
        "kind", _COLOURS, legend=alt.Legend(symbolType="square", columns=by_width(1, 2))
    )
    x = alt.X(
        "mean_wait:Q",
        title="Mean wait for an analyst (days)",
        axis=alt.Axis(orient="top", tickCount=alt.ExprRef("min(6, width / 90)"), grid=False),
        scale=alt.Scale(zero=True, domainMin=0),
    )
    base = named_data("rows").encode(y=row_channel("place"))
    return ChartTemplate(
        layer_charts(
            base.mark_bar(height=12, yOffset=NAMED_MARK_OFFSET).encode(
                x=x, color=colour, tooltip=["name:N"]
            ),
            *row_texts(base, name=ROW_NAME_STYLE),
        ),
        NAMED_ROW_HEIGHT,
    )


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    return table[["analysts", "mean_wait", "share_in_time"]].assign(
        kind=[_MEETS if meets else _MISSES for meets in table["meets_target"]],
        name=[_describe_row(row) for row in table.to_dict("records")],
        place=range(len(table)),
    )


def _describe_row(row: Mapping[Hashable, Any]) -> str:
    now = " (now)" if row["is_scenario"] else ""
    wait = format_value(round_half_up(row["mean_wait"], 0), "days")
    return (
        f"{format_count(int(row['analysts']), 'analyst')}{now}: wait"
        f" {wait if row['mean_wait'] >= 1 else 'under 1 day'},"
        f" {format_share(row['share_in_time'])} in time"
    )


def _write_title(outcome: Outcome, table: pd.DataFrame, scenario: Policymaking) -> str:
    value = outcome["analysts_for_target"].number
    needed = None if value is None else int(value)
    analysts = format_count(scenario.analysts, "analyst")
    target = format_share(scenario.target_share)
    if needed is None:
        return f"No number of analysts answers {target} of consultations in time"
    if outcome["mean_wait_days"].value is None:
        verb = choose_form(needed, "is", "are")
        return f"{analysts} cannot keep up: {needed:,} {verb} needed to answer {target} in time"
    if needed <= scenario.analysts:
        verb = choose_form(scenario.analysts, "is", "are")
        return f"{analysts} {verb} enough to answer {target} in time"
    shares = dict(zip(table["analysts"], map(format_share, table["share_in_time"]), strict=True))
    more = shares.get(needed, f"at least {target}")
    share = shares[scenario.analysts]
    return f"{analysts} would answer {share} in time; {needed:,} would answer {more}"


def _write_description(table: pd.DataFrame, scenario: Policymaking) -> str:
    days = format_value(scenario.standard_days, "days")
    rows = " ".join(f"{_describe_row(row)}." for row in table.to_dict("records"))
    return f"In time is within {days} of closing. {rows}"
