"""The forecast of take-up: observed values, prediction intervals and the target."""

from functools import cache

import altair as alt
import pandas as pd

from workbook.charts.axes import share_channel, time_channel
from workbook.charts.figure import ChartTemplate, Figure, layer_charts, make_figure, named_data
from workbook.charts.marks import DASHED, DOTTED, point_labels
from workbook.charts.theme import BLUE, PLUM
from workbook.methods.forecast import find_target_position
from workbook.outcome import Outcome
from workbook.periods import decimal_year
from workbook.text.grammar import join_items
from workbook.text.numbers import format_probability, format_share
from workbook.topics.take_up.quarter_labels import format_end_month, format_year_to

_INTERVAL_OPACITY = 0.18
"""Opacity of one interval. Intervals are drawn on each other, so the narrowest is the darkest."""


def draw_take_up_forecast(outcome: Outcome) -> Figure:
    """Draw the forecast of take-up in the services that reported in every period."""
    return _draw_forecast(outcome, "forecast", "Take-up in services that reported throughout")


def draw_service_forecast(outcome: Outcome) -> Figure:
    """Draw the forecast of the service in detail."""
    name = str(outcome.frame("service")["told"].iloc[0])
    return _draw_forecast(outcome, "service_forecast", f"{name}: take-up")


def _draw_forecast(outcome: Outcome, name: str, subject: str) -> Figure:
    table, target = outcome.frame(name), float(outcome.scenario.values()["target"])
    table = table.assign(time=table["quarter"].map(decimal_year))
    observed, future = table[table["take_up"].notna()], table[table["forecast"].notna()]
    levels = sorted(
        (float(column.removeprefix("low_").replace("_", ".")), column.removeprefix("low_"))
        for column in table.columns
        if column.startswith("low_")
    )
    last_observed = observed.iloc[[-1]].assign(forecast=lambda rows: rows["take_up"])
    return make_figure(
        _build_template(),
        {
            "was": observed[["time", "take_up", "quarter"]],
            "ahead": pd.concat([last_observed, future])[["time", "forecast", "quarter"]],
            "bands": pd.concat(
                [
                    _build_interval_rows(last_observed, future, level)
                    for _, level in reversed(levels)
                ]
            ),
            "goal": pd.DataFrame({"take_up": [target]}),
            "goal_text": pd.DataFrame(
                {
                    "time": [table["time"].iloc[0]],
                    "take_up": [target],
                    "text": [f"Target: {format_share(target)}"],
                }
            ),
            "end_text": pd.DataFrame(
                {
                    "time": [future["time"].iloc[-1]],
                    "take_up": [future["forecast"].iloc[-1]],
                    "text": [format_share(float(future["forecast"].iloc[-1]))],
                }
            ),
        },
        title=_write_title(table, subject, target),
        subtitle=(
            "Digital share of transactions, 12-month periods."
            f" Shaded: {join_items(f'{level:g}%' for level, _ in levels)} prediction intervals"
        ),
        description=_write_description(table, subject),
    )


def _build_interval_rows(
    last_observed: pd.DataFrame, future: pd.DataFrame, level: str
) -> pd.DataFrame:
    """Rows of a prediction interval, which starts at the last observed value."""
    rows = pd.DataFrame(
        {
            "time": [*last_observed["time"], *future["time"]],
            "low": [*last_observed["take_up"], *future[f"low_{level}"]],
            "high": [*last_observed["take_up"], *future[f"high_{level}"]],
        }
    )
    return rows.assign(level=f"{level.replace('_', '.')}%")


@cache
def _build_template() -> ChartTemplate:
    x, y = time_channel("time"), share_channel("take_up")
    intervals = (
        named_data("bands")
        .mark_area(color=BLUE, opacity=_INTERVAL_OPACITY)
        .encode(x=x, y=share_channel("low"), y2="high:Q", detail="level:N")
    )
    observed = (
        named_data("was")
        .mark_line(color=BLUE, strokeWidth=3, point={"color": BLUE, "size": 50})
        .encode(x=x, y=y, tooltip=["quarter:N", alt.Tooltip("take_up:Q", format=".1%")])
    )
    future = (
        named_data("ahead")
        .mark_line(color=BLUE, strokeWidth=3, strokeDash=DASHED)
        .encode(x=x, y=share_channel("forecast"))
    )
    target = named_data("goal").mark_rule(color=PLUM, strokeDash=DOTTED, strokeWidth=2).encode(y=y)
    return ChartTemplate(
        layer_charts(
            intervals,
            target,
            observed,
            future,
            *point_labels("goal_text", x=x, y=y, align="left", dy=-10, dx=4, color=PLUM),
            *point_labels("end_text", x=x, y=y, align="right", dy=16, color=BLUE),
        )
    )


def _write_title(table: pd.DataFrame, subject: str, target: float) -> str:
    if table["probability_of_target"].isna().all():
        return f"{subject} cannot be forecast from one 12-month period"
    path, target_text = table["take_up"].fillna(table["forecast"]), format_share(target)
    observed_count = int(table["take_up"].notna().sum())
    latest = float(path.iloc[observed_count - 1])
    last_month = format_end_month(table["quarter"].iloc[-1])
    position = find_target_position(path, target)
    if position is None:
        falling_title = (
            f"{subject} is {format_share(latest)} and is forecast to be below {target_text} in"
            f" {last_month}"
        )
        return (
            falling_title
            if latest >= target
            else f"{subject} is not forecast to reach {target_text} by {last_month}"
        )
    if position < observed_count:
        return f"{subject} is {format_share(latest)}, at or above {target_text}"
    reached_month = format_end_month(table["quarter"].iloc[position])
    return f"{subject} is forecast to reach {target_text} by {reached_month}"


def _write_description(table: pd.DataFrame, subject: str) -> str:
    observed, future = table.dropna(subset=["take_up"]), table.dropna(subset=["forecast"])
    first, last, end = observed.iloc[0], observed.iloc[-1], future.iloc[-1]
    if pd.isna(end["probability_of_target"]):
        latest = format_share(float(last["take_up"]))
        return f"{subject} was {latest} in {format_year_to(last['quarter'])}."
    low, high = (format_share(float(end[f"{side}_80"])) for side in ("low", "high"))
    return (
        f"{subject} was {format_share(float(first['take_up']))} in"
        f" {format_year_to(first['quarter'])} and {format_share(float(last['take_up']))} in"
        f" {format_year_to(last['quarter'])}. The forecast for {format_year_to(end['quarter'])} is"
        f" {format_share(float(end['forecast']))}, with an 80% prediction interval of {low} to"
        f" {high}. The probability of meeting the target then is"
        f" {format_probability(float(end['probability_of_target']))}."
    )
