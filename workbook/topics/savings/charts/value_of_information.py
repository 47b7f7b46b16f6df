"""Value of information: what knowing each assumption before the decision would be worth."""

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
    AMOUNT_MARK_OFFSET,
    AMOUNT_ROW_HEIGHT,
    ROW_AMOUNT_STYLE,
    ROW_NAME_STYLE,
    amount_channel,
    row_channel,
    row_texts,
)
from workbook.charts.theme import BLUE, GREY
from workbook.text.numbers import format_quantile, shorten_amount

_MOST_SHOWN = 8
"""Rows in the chart, at most. The table has them all."""

_LEAST_SHOWN = 0.005
"""Share of the value of knowing everything below which a row is left out of the chart."""

_KIND_COLOURS = {"everything": GREY, "one assumption or a group": BLUE}


def draw_value_of_information(table: pd.DataFrame, appraised_in: str = "") -> Figure:
    """Draw the value of knowing everything, and of the assumptions worth knowing most.

    Args:
        table: Rows from ``value_of_information_table``.
        appraised_in: The year of the decision, where it has passed.

    Returns:
        The figure.
    """
    shown = table[(table["evppi"] > 0) & (table["evppi_share"] >= _LEAST_SHOWN)].head(_MOST_SHOWN)
    as_appraised = f", as appraised in {appraised_in}" if appraised_in else ""
    return make_figure(
        _build_template(),
        {"rows": _build_rows(shown)},
        title=_write_title(shown),
        subtitle=(
            f"Most that it would be worth to know an assumption before the decision{as_appraised},"
            " £. Values are not added up"
        ),
        description=_write_description(table, shown),
    )


@build_once
def _build_template() -> ChartTemplate:
    base = named_data("rows").encode(y=row_channel("label"), tooltip=["label:N", "text:N"])
    bars = base.mark_bar(height=11, yOffset=AMOUNT_MARK_OFFSET).encode(
        x=amount_channel("evppi"),
        x2=alt.datum(0),
        color=category_colour("kind", _KIND_COLOURS, legend=None),
    )
    texts = row_texts(base, label=ROW_NAME_STYLE, text=ROW_AMOUNT_STYLE)
    return ChartTemplate(layer_charts(bars, *texts), AMOUNT_ROW_HEIGHT)


def _build_rows(shown: pd.DataFrame) -> pd.DataFrame:
    everything, one = _KIND_COLOURS
    texts = [] if shown.empty else map(shorten_amount, _write_amounts(shown))
    return shown[["label", "evppi"]].assign(
        place=range(len(shown)),
        kind=[everything, *[one] * (len(shown) - 1)][: len(shown)],
        text=list(texts),
    )


def _write_amounts(shown: pd.DataFrame) -> list[str]:
    """Amounts to the two figures that are known, as their indicators."""
    return [format_quantile(float(amount), "GBP") for amount in shown["evppi"]]


def _write_title(shown: pd.DataFrame) -> str:
    if shown.empty:
        return "No assumption could change the decision, so knowing more is worth nothing"
    total, *amounts = _write_amounts(shown)
    if not amounts:
        return f"Knowing every assumption is worth up to {total}, and one alone almost nothing"
    return f"Most worth knowing: “{shown.iloc[1]['label']}” ({amounts[0]})"


def _write_description(table: pd.DataFrame, shown: pd.DataFrame) -> str:
    if shown.empty:
        return "The decision is the same in every simulation, so information has no value."
    amounts = [
        f"{label}: {amount}."
        for label, amount in zip(shown["label"], _write_amounts(shown), strict=True)
    ]
    rest = len(table) - len(shown)
    others = f" The other {rest} are worth almost nothing." if rest > 1 else ""
    return f"Value of knowing before the decision. {' '.join(amounts)}{others}"
