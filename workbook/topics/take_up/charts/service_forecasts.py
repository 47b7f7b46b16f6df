"""The probability that each service reaches the target by the end of the forecast."""

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
from workbook.charts.marks import category_colour
from workbook.charts.rows import (
    NAMED_ROW_HEIGHT,
    ROW_NAME_STYLE,
    row_channel,
    row_height,
    row_texts,
)
from workbook.charts.theme import BLUE, TURQUOISE
from workbook.periods import shift_quarter
from workbook.text.numbers import format_probability, format_share
from workbook.topics.take_up.charts.service_rows import MOST_SHOWN, SERVICE_CLICK_TARGET
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.quarter_labels import format_end_month, format_year_to

_KIND_COLOURS = {"at the target now": TURQUOISE, "below the target now": BLUE}


def draw_service_forecasts(table: pd.DataFrame, scenario: TakeUp) -> Figure:
    """Draw the probability for each of the largest services, the most likely first."""
    target_text = format_share(scenario.target)
    shown = table.head(MOST_SHOWN).sort_values(
        "probability_of_target", ascending=False, kind="stable", ignore_index=True
    )
    last_quarter = max(
        (shift_quarter(quarter, scenario.horizon) for quarter in table["quarter"]), default=""
    )
    return make_figure(
        _build_template(),
        {"rows": _build_rows(shown, scenario)},
        title=_write_title(table, target_text, last_quarter),
        subtitle=(
            f"Probability of take-up of {target_text} or more {scenario.horizon} quarters ahead"
            + (
                f", {MOST_SHOWN} largest of {len(table)} services"
                if len(table) > MOST_SHOWN
                else ""
            )
        ),
        description=_write_description(table, target_text, last_quarter),
        click_target=SERVICE_CLICK_TARGET,
    )


@cache
def _build_template() -> ChartTemplate:
    service_rows = row_channel("service")
    x = alt.X(
        "probability_of_target:Q",
        title=None,
        axis=share_axis(tickCount=5, orient="top"),
        scale=alt.Scale(domain=[0, 1]),
    )
    base = named_data("rows").encode(y=service_rows, tooltip=["service:N", "text:N"])
    bars = base.mark_bar(height=8, yOffset=10).encode(
        x=x, color=category_colour("kind", _KIND_COLOURS)
    )
    return ChartTemplate(
        layer_charts(bars, *row_texts(base, name=ROW_NAME_STYLE)), row_height(NAMED_ROW_HEIGHT)
    )


def _build_rows(shown: pd.DataFrame, scenario: TakeUp) -> pd.DataFrame:
    at_target = (shown["take_up"] >= scenario.target).tolist()
    reached_texts = [
        _describe_reached(quarter, is_met=is_met)
        for is_met, quarter in zip(
            at_target,
            shown["target_quarter"].astype(object).where(shown["target_quarter"].notna(), None),
            strict=True,
        )
    ]
    texts = [
        f"take-up {format_share(share)}; target reached: {quarter}; probability at the end: "
        + ("not known" if pd.isna(probability) else format_probability(probability))
        for share, quarter, probability in zip(
            shown["take_up"], reached_texts, shown["probability_of_target"], strict=True
        )
    ]
    kinds = list(_KIND_COLOURS)
    return shown[["service", "probability_of_target"]].assign(
        name=[
            f"{name}: {quarter}" if is_known else name
            for name, quarter, is_known in zip(
                shown["service"], reached_texts, shown["target_quarter"].notna(), strict=True
            )
        ],
        place=range(len(shown)),
        kind=[kinds[0] if now else kinds[1] for now in at_target],
        text=texts,
    )


def _describe_reached(quarter: str | None, *, is_met: bool) -> str:
    if quarter is None:
        return "not in the forecast"
    month = format_end_month(quarter)
    return f"since {month}" if is_met else month


def _write_title(table: pd.DataFrame, target_text: str, last_quarter: str) -> str:
    if table.empty:
        return "No service reported"
    count, reaching = len(table), int(table["target_quarter"].notna().sum())
    return (
        f"{reaching} of {count} services are at {target_text} or forecast to reach it by"
        f" {format_end_month(last_quarter)}"
    )


def _write_description(table: pd.DataFrame, target_text: str, last_quarter: str) -> str:
    likely = table[table["probability_of_target"] > 1 / 2]
    volume = table["volume"].sum()
    share = likely["volume"].sum() / volume if volume else 0.0
    period = format_year_to(last_quarter) if last_quarter else "the forecast"
    return (
        f"{len(likely)} of {len(table)} services have a probability above 50% of take-up of"
        f" {target_text} or more in {period}. They have {format_share(float(share))} of"
        " transactions."
    )
