"""Trade-off curve: the least cost of each target."""

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
from workbook.charts.marks import DOT_STYLE
from workbook.charts.theme import BLUE
from workbook.indicators import Indicator
from workbook.text.numbers import format_value


def draw_cost_curve(indicator: Indicator, table: pd.DataFrame, cost_unit: str = "GBP") -> Figure:
    """Draw the least cost of each target of an indicator.

    Args:
        indicator: The indicator in the scenario.
        table: Rows from ``cost_curve``.
        cost_unit: Unit of the cost.

    Returns:
        The figure.
    """
    rows = table.dropna(subset="cost")[["target", "cost"]]
    return make_figure(
        _build_template(indicator.label, indicator.unit, cost_unit),
        {"rows": rows},
        title=_write_title(indicator, rows, cost_unit),
        subtitle=f"Least cost of each value of “{indicator.label}”. Other parameters as they are",
        description=_write_description(indicator, table, cost_unit),
    )


@build_once
def _build_template(label: str, unit: str, cost_unit: str) -> ChartTemplate:
    base = named_data("rows").encode(
        x=alt.X(
            "target:Q",
            title=label,
            axis=unit_axis("x", unit),
            scale=alt.Scale(zero=False, nice=False),
        ),
        y=alt.Y("cost:Q", title=None, axis=unit_axis("y", cost_unit)),
    )
    return ChartTemplate(
        layer_charts(
            base.mark_line(color=BLUE, strokeWidth=3), base.mark_point(**DOT_STYLE, color=BLUE)
        )
    )


def _write_title(indicator: Indicator, rows: pd.DataFrame, cost_unit: str) -> str:
    if rows.empty:
        return f"No value of “{indicator.label}” can be reached"
    last = rows.iloc[-1]
    target, cost = (
        format_value(last["target"], indicator.unit),
        format_value(last["cost"], cost_unit),
    )
    return f"“{indicator.label}” at {target} costs {cost} at least"


def _write_description(indicator: Indicator, table: pd.DataFrame, cost_unit: str) -> str:
    parts = []
    for row in table.to_dict("records"):
        cost = "cannot be reached"
        if not pd.isna(row["cost"]):
            cost = format_value(row["cost"], cost_unit)
        parts.append(f"{format_value(row['target'], indicator.unit)}: {cost}.")
    return " ".join([f"Least cost by value of “{indicator.label}”.", *parts])
