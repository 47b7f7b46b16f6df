"""Comparison of estimates: the annual saving by each method."""

import re
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
from workbook.charts.marks import DOT_STYLE, category_colour
from workbook.charts.rows import (
    AMOUNT_MARK_OFFSET,
    AMOUNT_ROW_HEIGHT,
    ROW_AMOUNT_STYLE,
    ROW_NAME_STYLE,
    amount_channel,
    row_channel,
    row_texts,
)
from workbook.charts.theme import BLUE, GREY, MAUVE
from workbook.outcome import Outcome
from workbook.text.numbers import (
    format_estimate,
    format_share,
    format_short_estimate,
    format_simulated_range,
)
from workbook.topics.savings.comparison_phrases import describe_simulations
from workbook.topics.savings.estimates import BOTTOM_UP, compare_methods, is_calculated_here

_SENTENCE_PATTERN = re.compile(r"\S.*?\.(?= |$)")

_KIND_COLOURS = {
    "this scenario": BLUE,
    "calculated here": GREY,
    "as published": MAUVE,
}


def draw_estimates(outcome: Outcome) -> Figure:
    """Draw the annual saving by each method, the largest first."""
    table = outcome.frame("ways")
    return make_figure(
        _build_template(),
        {"rows": _build_rows(table)},
        title=compare_methods(table).describe(),
        subtitle=(
            "Annual saving at target take-up, £, in the prices of each source. Lines: 8 in 10"
            " simulations, or the report’s low and high rates"
        ),
        description=_write_description(table),
    )


@build_once
def _build_template() -> ChartTemplate:
    base = named_data("rows").encode(y=row_channel("way"), tooltip=["way:N", "text:N"])
    colour = category_colour("kind", _KIND_COLOURS)
    return ChartTemplate(
        layer_charts(
            base.mark_rule(strokeWidth=4, opacity=0.5, yOffset=AMOUNT_MARK_OFFSET).encode(
                x=alt.X("low:Q"), x2="high:Q", color=colour
            ),
            base.mark_point(**DOT_STYLE, yOffset=AMOUNT_MARK_OFFSET).encode(
                x=amount_channel("annual_saving"), color=colour
            ),
            *row_texts(base, way=ROW_NAME_STYLE, text=ROW_AMOUNT_STYLE),
        ),
        AMOUNT_ROW_HEIGHT,
    )


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    scenario_kind, calculated_kind, published_kind = _KIND_COLOURS
    kinds = [
        calculated_kind if is_calculated else published_kind
        for is_calculated in is_calculated_here(table)
    ]
    rows = table.assign(kind=[scenario_kind, *kinds[1:]])
    rows = rows.sort_values("annual_saving", ascending=False, kind="stable", ignore_index=True)
    return rows[["way", "annual_saving", "low", "high", "kind"]].assign(
        place=range(len(rows)),
        text=[format_short_estimate(saved) for saved in rows["annual_saving"]],
    )


def _write_description(table: pd.DataFrame) -> str:
    """Describe each estimate and why it differs, without repeating a sentence."""
    sentences: dict[str, None] = {}
    for row in table.to_dict("records"):
        sentences[_describe_estimate(row)] = None
        sentences |= dict.fromkeys(_SENTENCE_PATTERN.findall(row["why"]))
    return " ".join(sentences)


def _describe_estimate(row: dict[Any, Any]) -> str:
    """Describe an estimate: its amount, its range with what the range is, and its take-up."""
    range_text = ""
    if pd.notna(row["low"]) and pd.notna(row["high"]):
        range_text = f" {describe_simulations(row['low'], row['high'])}"
        if row["method"] == BOTTOM_UP:
            ends = format_simulated_range(row["low"], row["high"], "GBP")
            range_text = f" (the report’s low and high rates: {ends})"
    start, target = (format_share(row[end]) for end in ("take_up_from", "take_up_to"))
    annual_saving = format_estimate(row["annual_saving"], "GBP")
    return f"{row['way']}: {annual_saving} a year{range_text}, from {start} to {target}."
