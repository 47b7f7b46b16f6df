"""Global sensitivity: the share of the spread of the result that each assumption explains."""

from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.axes import share_axis
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
    row_channel,
    row_texts,
)
from workbook.charts.theme import BLUE, MAUVE

_MOST_SHOWN = 8
"""Assumptions in the chart, at most. The table has them all."""

_LEAST_SHOWN = 0.005
"""Total index below which an assumption is left out of the chart."""

_PART_COLOURS = {"alone": BLUE, "with others (interactions)": MAUVE}


def draw_global_sensitivity(table: pd.DataFrame) -> Figure:
    """Draw first-order and total indices of the assumptions that explain most.

    Args:
        table: Rows from ``global_sensitivity_table``.

    Returns:
        The figure.
    """
    influential = table[table["total_order"] >= _LEAST_SHOWN]
    shown = influential.head(_MOST_SHOWN)
    return make_figure(
        _build_template(),
        {"bars": _build_rows(shown)},
        title=_write_title(shown),
        subtitle=(
            "Share of the variance of the net present value (Sobol’ indices), each assumption drawn"
            " independently"
        ),
        description=_write_description(table, shown),
    )


@build_once
def _build_template() -> ChartTemplate:
    base = named_data("bars").encode(y=row_channel("label"))
    bars = base.mark_bar(height=11, yOffset=NAMED_MARK_OFFSET).encode(
        x=alt.X(
            "start:Q",
            title=None,
            axis=share_axis(tickCount=5, orient="top"),
            scale=alt.Scale(domainMin=0),
        ),
        x2="end:Q",
        color=category_colour("part", _PART_COLOURS),
        tooltip=["label:N", "part:N", "text:N"],
    )
    names = row_texts(base.transform_filter("datum.start === 0"), name=ROW_NAME_STYLE)
    return ChartTemplate(layer_charts(bars, *names), NAMED_ROW_HEIGHT)


def _build_rows(shown: pd.DataFrame) -> pd.DataFrame:
    """Two bars end to end for each assumption: alone, and what interactions add."""
    alone, interactions = _PART_COLOURS
    rows = []
    for place, row in enumerate(shown.to_dict("records")):
        total = max(row["first_order"], row["total_order"])
        for part, start, end in (
            (alone, 0.0, row["first_order"]),
            (interactions, row["first_order"], total),
        ):
            name = _write_name(row) if part == alone else ""
            rows.append(
                {
                    "place": place,
                    "label": row["label"],
                    "name": name,
                    "part": part,
                    "start": start,
                    "end": end,
                    "text": f"{end - start:.1%}",
                }
            )
    columns = ["place", "label", "name", "part", "start", "end", "text"]
    return pd.DataFrame(rows, columns=columns)


def _write_name(row: dict[Any, Any]) -> str:
    return f"{row['first_order']:.0%}: {row['label']}"  # a phone cuts off the end


def _write_title(shown: pd.DataFrame) -> str:
    if shown.empty:
        return "The net present value does not vary"
    first = shown.iloc[0]
    return f"“{first['label']}” explains {first['first_order']:.0%} of the uncertainty"


def _write_description(table: pd.DataFrame, shown: pd.DataFrame) -> str:
    if shown.empty:
        return "No assumption changes the net present value."
    parts = [
        f"{row['label']}: {row['first_order']:.0%} alone, {row['total_order']:.0%} with"
        f" interactions. Of whether it is a gain: {row['gain_first_order']:.0%} and"
        f" {row['gain_total_order']:.0%}."
        for row in shown.to_dict("records")
    ]
    interactions = max(1 - float(table["first_order"].sum()), 0.0)
    return (
        f"Share of the variance of the net present value. {' '.join(parts)}"
        f" Interactions explain {interactions:.0%}."
    )
