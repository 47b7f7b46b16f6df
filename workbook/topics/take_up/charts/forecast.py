"""The forecast of take-up: observed values, prediction intervals and the target."""

from functools import cache

import altair as alt
import pandas as pd

from workbook.charts.axes import share_channel, time_channel
from workbook.charts.figure import ChartTemplate, Figure, layer_charts, make_figure, named_data
from workbook.charts.marks import DASHED, DOTTED, point_labels
from workbook.charts.theme import BLUE, PLUM
from workbook.outcome import Outcome
from workbook.periods import decimal_year
from workbook.text.grammar import join_items
from workbook.text.numbers import format_probability, format_share
from workbook.text.probability import describe_probability
from workbook.topics.take_up.quarter_labels import format_year_to

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
    is_tested = future["probability_of_target"].notna()
    tested, path = future[is_tested], pd.concat([last_observed, future])
    return make_figure(
        _build_template(),
        {
            "was": observed[["time", "take_up", "quarter"]],
            "ahead": path.iloc[: len(tested) + 1][["time", "forecast", "quarter"]],
            "untested": path.iloc[len(tested) :][["time", "forecast", "quarter"]],
            "untested_text": _untested_label(future[~is_tested]),
            "bands": pd.concat(
                [
                    _build_interval_rows(last_observed, tested, level)
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
        subtitle=_write_subtitle([level for level, _ in levels], len(tested), len(future)),
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


def _untested_label(untested: pd.DataFrame) -> pd.DataFrame:
    """The label of the part of the path that is not tested, at its start; empty without one."""
    first = untested.iloc[:1]
    return pd.DataFrame(
        {"time": first["time"], "take_up": first["forecast"], "text": ["not tested"] * len(first)}
    )


def _write_subtitle(levels: list[float], tested_count: int, count: int) -> str:
    parts = ["Digital share of transactions, 12-month periods"]
    if tested_count:
        shown_levels = join_items(f"{level:g}%" for level in levels)
        parts.append(f"Shaded: {shown_levels} prediction intervals")
    if tested_count < count:
        parts.append("Dotted: too far ahead to test, so no interval")
    return ". ".join(parts)


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
    untested = (
        named_data("untested")
        .mark_line(color=BLUE, strokeWidth=2, strokeDash=DOTTED)
        .encode(x=x, y=share_channel("forecast"))
    )
    target = named_data("goal").mark_rule(color=PLUM, strokeDash=DOTTED, strokeWidth=2).encode(y=y)
    return ChartTemplate(
        layer_charts(
            intervals,
            target,
            observed,
            future,
            untested,
            *point_labels("untested_text", x=x, y=y, align="left", dy=16, color=BLUE),
            *point_labels("goal_text", x=x, y=y, align="left", dy=-10, dx=4, color=PLUM),
            *point_labels("end_text", x=x, y=y, align="right", dy=16, color=BLUE),
        )
    )


def _write_title(table: pd.DataFrame, subject: str, target: float) -> str:
    observed, future = table[table["take_up"].notna()], table[table["forecast"].notna()]
    if len(observed) == 1:
        return f"{subject} cannot be forecast from one 12-month period"
    latest, target_text = format_share(observed["take_up"].iloc[-1]), format_share(target)
    tested = future.dropna(subset=["probability_of_target"])
    is_reached = observed["take_up"].iloc[-1] >= target
    if is_reached and (tested["forecast"] >= target).all():
        return f"{subject} is {latest}, at or above {target_text}"
    if tested.empty:
        return f"{subject} is {latest}. Whether it would reach {target_text} cannot be told"
    end = tested.iloc[-1]
    return (
        f"{subject} is {latest}. The probability of {target_text} or more in"
        f" {format_year_to(end['quarter'])} is"
        f" {describe_probability(float(end['probability_of_target']))}"
    )


def _write_description(table: pd.DataFrame, subject: str) -> str:
    observed, future = table.dropna(subset=["take_up"]), table.dropna(subset=["forecast"])
    first, last, end = observed.iloc[0], observed.iloc[-1], future.iloc[-1]
    latest = f"{format_share(float(last['take_up']))} in {format_year_to(last['quarter'])}"
    if len(observed) == 1:
        return f"{subject} was {latest}."
    start = f"{format_share(float(first['take_up']))} in {format_year_to(first['quarter'])}"
    path = (
        f"{subject} was {start} and {latest}. The central forecast for"
        f" {format_year_to(end['quarter'])} is {format_share(float(end['forecast']))}."
    )
    tested = future.dropna(subset=["probability_of_target"])
    if tested.empty:
        return f"{path} It is not tested, so there is no interval and no probability."
    last_tested = tested.iloc[-1]
    low, high = (format_share(float(last_tested[f"{side}_80"])) for side in ("low", "high"))
    return (
        f"{path} The 80% prediction interval for {format_year_to(last_tested['quarter'])} is {low}"
        f" to {high}. The probability of meeting the target then is"
        f" {format_probability(float(last_tested['probability_of_target']))}."
    )
