"""Cost of a transaction by take-up, a point for each service."""

from functools import cache

import altair as alt
import pandas as pd

from workbook.charts.axes import share_axis
from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.theme import BLUE
from workbook.outcome import Outcome
from workbook.text.grammar import format_count
from workbook.text.numbers import format_money, format_share
from workbook.topics.take_up.charts.service_rows import SERVICE_CLICK_TARGET

_MOSTLY_DIGITAL = 0.5
_POWERS_OF_TEN = [10.0**power for power in range(-3, 6)]
_LEAST_COST = _POWERS_OF_TEN[0]
"""Least cost drawn, in pounds. A logarithmic axis cannot show a cost of 0."""


def draw_cost_by_take_up(outcome: Outcome) -> Figure:
    """Draw the cost of a transaction by take-up. A click selects a service."""
    table = outcome.frame("cost")
    rows = table[table["cost"] >= _LEAST_COST]
    texts = [
        f"{format_money(price)} a transaction, {format_share(share)} digital, {volume:,.0f} a year"
        for price, share, volume in zip(rows["cost"], rows["take_up"], rows["volume"], strict=True)
    ]
    return make_figure(
        _build_template(),
        {"rows": rows[["service", "take_up", "cost", "volume"]].assign(text=texts)},
        title=_write_title(table),
        subtitle=(
            "Pounds a transaction, by take-up. Each line is 10 times the line below. "
            "Larger circles: more transactions"
        ),
        description=_write_description(table),
        click_target=SERVICE_CLICK_TARGET,
    )


@cache
def _build_template() -> ChartTemplate:
    return ChartTemplate(
        layer_charts(
            named_data("rows")
            .mark_point(color=BLUE, filled=True, opacity=0.6)
            .encode(
                x=alt.X(
                    "take_up:Q",
                    title="Take-up",
                    axis=share_axis(tickCount=5),
                    scale=alt.Scale(domain=[0, 1], clamp=True),
                ),
                y=alt.Y(
                    "cost:Q",
                    title=None,
                    axis=alt.Axis(
                        values=_POWERS_OF_TEN,
                        labelExpr="'£' + format(datum.value, ',~r')",
                    ),
                    scale=alt.Scale(type="log"),
                ),
                size=alt.Size(
                    "volume:Q", scale=alt.Scale(type="sqrt", range=[40, 900]), legend=None
                ),
                tooltip=["service:N", "text:N"],
            )
        )
    )


def _write_title(table: pd.DataFrame) -> str:
    mostly_digital, less_digital = (
        table[table["take_up"] >= _MOSTLY_DIGITAL],
        table[table["take_up"] < _MOSTLY_DIGITAL],
    )
    if mostly_digital.empty or less_digital.empty:
        return f"Cost of a transaction in {format_count(len(table), 'service')}"
    digital_cost, other_cost = (
        format_money(float(rows["cost"].median())) for rows in (mostly_digital, less_digital)
    )
    return (
        f"Mostly digital services have a median cost of {digital_cost} a transaction, and others"
        f" {other_cost}"
    )


def _write_description(table: pd.DataFrame) -> str:
    if table.empty:
        return "No service reported both take-up and cost."
    extremes = table.sort_values("cost").iloc[[0, -1]].to_dict("records")
    least, most = (f"{row['service']}, {format_money(row['cost'])}" for row in extremes)
    return f"{format_count(len(table), 'service')}. Lowest cost: {least}. Highest cost: {most}."
