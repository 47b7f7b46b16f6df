"""Tornado chart: an indicator with each assumption in turn at its low and high value."""

from typing import Any

import altair as alt
import pandas as pd

from workbook.analysis.tornado import find_disappearing
from workbook.charts.axes import unit_axis
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
from workbook.charts.theme import PLUM, TEXT_COLOUR, TURQUOISE
from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.text.grammar import lower_first
from workbook.text.numbers import format_value

_MOST_SHOWN = 8
"""Assumptions in the chart, at most. The table has them all."""

_END_COLOURS = {"low": TURQUOISE, "high": PLUM}


def draw_tornado(outcome: Outcome, indicator_name: str, table: pd.DataFrame) -> Figure:
    """Draw a tornado: bars from the scenario's value to those at each low and high value.

    Args:
        outcome: The outcome of the scenario.
        indicator_name: Name of the indicator.
        table: A row for each assumption, from ``tornado.tornado``.

    Returns:
        The figure.
    """
    indicator = outcome[indicator_name]
    influential = table[(table["swing"] > 0) | find_disappearing(table)]
    top = influential.head(_MOST_SHOWN)
    omission_note = (
        f". The {_MOST_SHOWN} largest effects of {len(table)}"
        if len(influential) > _MOST_SHOWN
        else ""
    )
    return make_figure(
        _build_template(indicator.unit),
        {"bars": _build_rows(top)},
        title=_write_title(indicator, table, top),
        subtitle=(
            f"{indicator.label}, with one assumption at a time at its low or high"
            f" value{omission_note}"
        ),
        description=_write_description(indicator, top),
    )


@build_once
def _build_template(unit: str) -> ChartTemplate:
    base = named_data("bars").encode(y=row_channel("assumption"))
    legend = alt.Legend(
        labelExpr="datum.label + ' value of the assumption'", columns=by_width(1, 2)
    )
    bars = base.mark_bar(height=12, yOffset=NAMED_MARK_OFFSET).encode(
        x=alt.X("at:Q", title=None, axis=unit_axis("x", unit), scale=alt.Scale(zero=False)),
        x2="now:Q",
        color=category_colour("end", _END_COLOURS, legend=legend),
        tooltip=["assumption:N", "text:N"],
    )
    low_ends = base.transform_filter("datum.end === 'low'")
    present = low_ends.mark_tick(
        color=TEXT_COLOUR, thickness=2, size=18, yOffset=NAMED_MARK_OFFSET
    ).encode(x="now:Q")
    names = row_texts(low_ends, assumption=ROW_NAME_STYLE)
    return ChartTemplate(layer_charts(bars, present, *names), NAMED_ROW_HEIGHT)


def _build_rows(top: pd.DataFrame) -> pd.DataFrame:
    """A bar for the low and the high value of each assumption."""
    bars = [
        {
            "place": place,
            "assumption": _write_row_name(row),
            "now": row["now"],
            "at": row[f"at_{end}"],
            "value": row[end],
            "text": f"{end} value: {format_value(float(row[end]), row['unit'])}",
            "end": end,
        }
        for place, row in enumerate(top.to_dict("records"))
        for end in _END_COLOURS
    ]
    return pd.DataFrame(bars, columns=["place", "assumption", "now", "at", "value", "text", "end"])


def _write_row_name(row: dict[Any, Any]) -> str:
    """The assumption, and the end of its range at which there is no figure."""
    ends = [end for end in _END_COLOURS if pd.isna(row[f"at_{end}"])]
    return f"{row['label']}: no figure at the {ends[0]} value" if ends else str(row["label"])


def _write_title(indicator: Indicator, table: pd.DataFrame, top: pd.DataFrame) -> str:
    if top.empty and table["at_low"].isna().any():
        return f"{indicator.label}: no figure to vary"
    if top.empty:
        return "No assumption affects the result"
    count = int(find_disappearing(table).sum())
    if count > 1:
        return f"Any of {count} assumptions alone can leave no {lower_first(indicator.label)}"
    return f"“{top.iloc[0]['label']}” has the largest effect"


def _write_description(indicator: Indicator, top: pd.DataFrame) -> str:
    def describe_bar(row: dict[Any, Any]) -> str:
        ends = [
            f"{_describe_result(row[f'at_{end}'], indicator)} at "
            f"{format_value(float(row[end]), row['unit'])}"
            for end in _END_COLOURS
        ]
        return f"{row['label']}: {', '.join(ends)}."

    start = f"{indicator.label}, with one assumption at a time at its low and high value."
    return " ".join([start, *map(describe_bar, top.to_dict("records"))])


def _describe_result(value: float, indicator: Indicator) -> str:
    return "no figure" if pd.isna(value) else format_value(float(value), indicator.unit)
