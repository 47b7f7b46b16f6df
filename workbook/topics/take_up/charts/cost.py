"""Cost of a transaction by take-up, a point for each service."""

from collections.abc import Iterator

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
from workbook.charts.theme import BLUE
from workbook.outcome import Outcome
from workbook.text.grammar import format_count
from workbook.text.numbers import format_money, format_share
from workbook.topics.take_up.charts.service_rows import SERVICE_CLICK_TARGET

_MOSTLY_DIGITAL = 0.5
_LEAST_IN_MEDIAN = 5
"""Services that a group needs for its median to stand in a title."""
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
        subtitle=_write_subtitle(table),
        description=_write_description(table),
        click_target=SERVICE_CLICK_TARGET,
    )


@build_once
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


def _write_subtitle(table: pd.DataFrame) -> str:
    """Unit, axis and size, and what mostly digital means where the title says it."""
    groups = ""
    if _has_both_groups(table):
        groups = f" Mostly digital: {format_share(_MOSTLY_DIGITAL)} or more."
        if any(len(rows) >= _LEAST_IN_MEDIAN for rows in _split_by_take_up(table)):
            groups += " Medians count each service once."
    return (
        f"Pounds a transaction, by take-up.{groups} Each line is 10 times the line below. Larger"
        " circles: more transactions"
    )


def _has_both_groups(table: pd.DataFrame) -> bool:
    """Whether some services are mostly digital and others are not."""
    return all(len(rows) for rows in _split_by_take_up(table))


def _split_by_take_up(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mostly digital services, and the others."""
    is_mostly_digital = table["take_up"] >= _MOSTLY_DIGITAL
    return table[is_mostly_digital], table[~is_mostly_digital]


def _write_title(table: pd.DataFrame) -> str:
    """Compare the medians of both groups, as far as each has enough services for one."""
    count, (mostly_digital, others) = len(table), _split_by_take_up(table)
    if not _has_both_groups(table):
        return f"Cost of a transaction in {format_count(count, 'service')}"
    digital_cost, other_cost = (
        format_money(float(rows["cost"].median())) for rows in (mostly_digital, others)
    )
    has_digital_median, has_other_median = (
        len(rows) >= _LEAST_IN_MEDIAN for rows in (mostly_digital, others)
    )
    if has_digital_median and has_other_median:
        return (
            f"Mostly digital services have a median cost of {digital_cost} a transaction, and"
            f" others {other_cost}"
        )
    median = "with a median transaction cost of"
    if has_digital_median:
        return (
            f"{len(mostly_digital)} of {count} services are mostly digital, {median} {digital_cost}"
        )
    if has_other_median:
        return f"{len(others)} of {count} services are not mostly digital, {median} {other_cost}"
    return (
        f"Cost of a transaction in {count} services, of which {len(mostly_digital)} mostly digital"
    )


def _write_description(table: pd.DataFrame) -> str:
    if table.empty:
        return "No service reported both take-up and cost."
    extremes = table.sort_values("cost").iloc[[0, -1]].to_dict("records")
    least, most = (f"{row['service']}, {format_money(row['cost'])}" for row in extremes)
    services = f"{format_count(len(table), 'service')} with both take-up and a cost, in cash"
    extremes_text = f"{services}. Lowest cost: {least}. Highest cost: {most}."
    return " ".join([extremes_text, *_small_group_sentences(table)])


def _small_group_sentences(table: pd.DataFrame) -> Iterator[str]:
    """Name the services of a group that has too few of them for a median."""
    if not _has_both_groups(table):
        return
    for name, rows in zip(
        ("Mostly digital", "Not mostly digital"), _split_by_take_up(table), strict=True
    ):
        if len(rows) < _LEAST_IN_MEDIAN:
            for row in rows.sort_values("cost").to_dict("records"):
                yield f"{name}: {row['service']}, {format_money(row['cost'])}."
