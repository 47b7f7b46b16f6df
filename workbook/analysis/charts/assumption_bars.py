"""Bars of global sensitivity: rank correlation, PAWN index and remaining width by assumption."""

from collections.abc import Sequence

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
from workbook.charts.marks import DASHED, category_colour
from workbook.charts.rows import (
    NAMED_MARK_OFFSET,
    NAMED_ROW_HEIGHT,
    ROW_NAME_STYLE,
    row_channel,
    row_texts,
)
from workbook.charts.theme import BLUE, ORANGE, TEXT_COLOUR
from workbook.outcome import Outcome
from workbook.text.numbers import format_index, format_quantile, format_share

_MOST_SHOWN = 8
"""Assumptions in a chart, at most. The table has them all."""

_NO_EFFECT = "No assumption has more effect than chance"

_COLOURS = {"rises with the assumption": BLUE, "falls as the assumption rises": ORANGE}


def draw_rank_correlations(outcome: Outcome, indicator_name: str, table: pd.DataFrame) -> Figure:
    """Draw the rank correlation of an indicator with each assumption that affects it.

    Args:
        outcome: The outcome of the scenario.
        indicator_name: Name of the indicator.
        table: Rows from ``global_sensitivity``.

    Returns:
        The figure.
    """
    shown = _select_rows(table, indicator_name, "rank_correlation")
    label = outcome[indicator_name].label
    texts = [f"correlation {format_index(value)}" for value in shown["rank_correlation"]]
    return make_figure(
        _build_template("index", -1.0, 1.0),
        _chart_data(shown, "rank_correlation", texts, []),
        title=_name_first(shown, "is most closely correlated with the result"),
        subtitle=f"{label}: rank correlation with each assumption, over all simulations",
        description=_write_description(
            f"{label}: rank correlation with each assumption.", shown, texts
        ),
    )


def draw_pawn_indices(outcome: Outcome, indicator_name: str, table: pd.DataFrame) -> Figure:
    """Draw how far knowing each assumption moves an indicator's distribution (PAWN index).

    Args:
        outcome: The outcome of the scenario.
        indicator_name: Name of the indicator.
        table: Rows from ``global_sensitivity``.

    Returns:
        The figure, with the level of noise as a line.
    """
    shown = _select_rows(table, indicator_name, "pawn")
    label = outcome[indicator_name].label
    levels = shown["noise_level"].head(1).tolist()
    texts = [f"PAWN index {format_index(value)}" for value in shown["pawn"]]
    noise = "".join(f" Noise alone gives up to {format_index(level)}." for level in levels)
    return make_figure(
        _build_template("index", 0.0, 1.0),
        _chart_data(shown, "pawn", texts, levels),
        title=_name_first(shown, "moves the distribution of the result most"),
        subtitle=(
            f"{label}: PAWN index of each assumption, interactions included. Dashed: what noise"
            " alone gives"
        ),
        description=_write_description(f"{label}: PAWN index of each assumption.", shown, texts)
        + noise,
    )


def draw_remaining_widths(outcome: Outcome, indicator_name: str, table: pd.DataFrame) -> Figure:
    """Draw how wide an indicator's interval would be if one assumption were known.

    Args:
        outcome: The outcome of the scenario.
        indicator_name: Name of the indicator.
        table: Rows from ``global_sensitivity``.

    Returns:
        The figure, with today's width as a line.
    """
    indicator = outcome[indicator_name]
    shown = _select_rows(table.dropna(subset="remaining_width"), indicator_name, "narrowing")
    levels = shown["width"].head(1).tolist()
    texts = [
        f"{format_quantile(row['remaining_width'], indicator.unit)},"
        f" {format_share(row['narrowing'])} narrower"
        for row in shown.to_dict("records")
    ]
    today = "".join(f" Today: {format_quantile(level, indicator.unit)}." for level in levels)
    return make_figure(
        _build_template(indicator.unit, 0.0, None),
        _chart_data(shown, "remaining_width", texts, levels),
        title=_write_narrowing(shown),
        subtitle=(
            f"{indicator.label}: expected width from P10 to P90 if one assumption were known."
            " Dashed: today’s"
        ),
        description=_write_description(
            f"{indicator.label}: expected width from P10 to P90 if one assumption were known.",
            shown,
            texts,
        )
        + today,
    )


@build_once
def _build_template(unit: str, low: float, high: float | None) -> ChartTemplate:
    scale = alt.Scale(domainMin=low) if high is None else alt.Scale(domain=[low, high])
    x = alt.X("value:Q", title=None, axis=unit_axis("x", unit), scale=scale)
    base = named_data("bars").encode(y=row_channel("assumption"))
    has_signs = low < 0
    colour = category_colour("kind", _COLOURS, legend=alt.Legend() if has_signs else None)
    bars = base.mark_bar(height=11, yOffset=NAMED_MARK_OFFSET).encode(
        x=x, x2=alt.datum(0), color=colour, tooltip=["assumption:N", "text:N"]
    )
    level = named_data("level").mark_rule(color=TEXT_COLOUR, strokeDash=DASHED).encode(x=x)
    return ChartTemplate(
        layer_charts(bars, level, *row_texts(base, assumption=ROW_NAME_STYLE)), NAMED_ROW_HEIGHT
    )


def _select_rows(table: pd.DataFrame, indicator_name: str, column: str) -> pd.DataFrame:
    """The assumptions with more effect than noise, the largest first."""
    rows = table[(table["indicator"] == indicator_name) & table["has_effect"].astype(bool)]
    return rows.sort_values(column, key=abs, ascending=False, kind="stable").head(_MOST_SHOWN)


def _chart_data(
    shown: pd.DataFrame, column: str, texts: Sequence[str], levels: Sequence[float]
) -> dict[str, pd.DataFrame]:
    rises, falls = _COLOURS
    bars = pd.DataFrame(
        {
            "place": range(len(shown)),
            "assumption": shown["label"].tolist(),
            "value": shown[column].tolist(),
            "kind": [rises if value >= 0 else falls for value in shown[column]],
            "text": list(texts),
        }
    )
    return {"bars": bars, "level": pd.DataFrame({"value": list(levels)})}


def _name_first(shown: pd.DataFrame, finding: str) -> str:
    return _NO_EFFECT if shown.empty else f"“{shown.iloc[0]['label']}” {finding}"


def _write_narrowing(shown: pd.DataFrame) -> str:
    if shown.empty:
        return _NO_EFFECT
    first = shown.iloc[0]
    share = format_share(round(float(first["narrowing"]), 2))
    return f"Knowing “{first['label']}” would narrow the range by {share}"


def _write_description(start: str, shown: pd.DataFrame, texts: Sequence[str]) -> str:
    if shown.empty:
        return f"{start} {_NO_EFFECT}."
    parts = [f"{label}: {text}." for label, text in zip(shown["label"], texts, strict=True)]
    return " ".join([start, *parts])
