"""The forecast of take-up: observed values, prediction intervals and the target."""

import altair as alt
import numpy as np
import pandas as pd

from workbook.charts.axes import share_channel, time_channel
from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import DASHED, DOTTED, point_labels
from workbook.charts.theme import BLUE, PLUM
from workbook.outcome import Outcome
from workbook.periods import decimal_year
from workbook.text.grammar import choose_form, format_count
from workbook.text.numbers import format_share
from workbook.topics.take_up.charts.forecast_text import ForecastSubject, ForecastText

_INTERVAL_OPACITY = 0.18
"""Opacity of one interval. Intervals are drawn on each other, so the narrowest is the darkest."""

_LABEL_OFFSETS = {"over": -14, "under": 16}
"""Pixels down from the path to its label, by the column that contains the label."""

_LABEL_HEIGHT, _LABELS_WIDTH = 0.15, 0.45
"""Height of a label as a share of the chart's, and width of both labels of the path."""


def draw_take_up_forecast(outcome: Outcome) -> Figure:
    """Draw the forecast of take-up in the services that reported in every period."""
    services = int(outcome.frame("forecast")["services"].iloc[0])
    subject = ForecastSubject(
        f"{format_count(services, 'service', one='One')} reporting throughout",
        choose_form(services, "The one service", f"The {services:,} services")
        + " that reported in every period",
    )
    return _draw_forecast(outcome, "forecast", subject)


def draw_service_forecast(outcome: Outcome) -> Figure:
    """Draw the forecast of the service in detail."""
    name = str(outcome.frame("service")["told"].iloc[0])
    return _draw_forecast(outcome, "service_forecast", ForecastSubject(name, name))


def _draw_forecast(outcome: Outcome, name: str, subject: ForecastSubject) -> Figure:
    table, options = outcome.frame(name), outcome.scenario.values()
    target = float(options["target"])
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
    end = float(future["forecast"].iloc[-1])
    forecast_text = ForecastText(
        table,
        subject,
        target,
        quarter=str(options["quarter"]),
        ceiling=float(options["ceiling"]),
        interval=float(options["interval"]),
    )
    is_low = _is_near_bottom(end, [target, *table["take_up"], *table["forecast"]])
    return make_figure(
        _build_template(),
        {
            "was": observed[["time", "take_up", "quarter"]],
            "ahead": path.iloc[: len(tested) + 1][["time", "forecast", "quarter"]],
            "untested": path.iloc[len(tested) :][["time", "forecast", "quarter"]],
            "untested_text": _untested_label(table, future[~is_tested], is_low=is_low),
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
            "end_text": _build_end_label(tested, is_low=is_low),
        },
        title=forecast_text.write_title(),
        subtitle=forecast_text.write_subtitle([level for level, _ in levels]),
        description=forecast_text.write_description(),
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


def _is_near_bottom(value: float, drawn_values: list[float]) -> bool:
    """Whether a label below a value would stand on the axis."""
    lowest, highest = np.nanmin(drawn_values), np.nanmax(drawn_values)
    return bool(value - lowest < _LABEL_HEIGHT * (highest - lowest))


def _place_label(text: str, *, is_low: bool) -> dict[str, str]:
    """Put a label below its line, or above it at the bottom of the chart."""
    return {"over": text if is_low else "", "under": "" if is_low else text}


def _build_end_label(tested: pd.DataFrame, *, is_low: bool) -> pd.DataFrame:
    """The last tested value, at its place. Later values are not quoted."""
    columns = ["time", "take_up", "over", "under"]
    if tested.empty:
        return pd.DataFrame(columns=columns)
    last = tested.iloc[-1]
    label = _place_label(format_share(float(last["forecast"])), is_low=is_low)
    row = {"time": last["time"], "take_up": last["forecast"], **label}
    return pd.DataFrame([row], columns=columns)


def _untested_label(table: pd.DataFrame, untested: pd.DataFrame, *, is_low: bool) -> pd.DataFrame:
    """The label of the part of the path that is not tested, at its start, if there is room."""
    columns = ["time", "take_up", "over", "under"]
    if untested.empty:
        return pd.DataFrame(columns=columns)
    first, last = untested.iloc[0], untested.iloc[-1]
    has_room = last["time"] - first["time"] > _LABELS_WIDTH * (last["time"] - table["time"].min())
    label = _place_label("not tested" if has_room else "", is_low=is_low)
    row = {"time": first["time"], "take_up": first["forecast"], **label}
    return pd.DataFrame([row], columns=columns)


def _build_path_labels(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Labels of the path, below its line or above it."""
    return [
        layer
        for name, align in (("untested_text", "left"), ("end_text", "right"))
        for side, offset in _LABEL_OFFSETS.items()
        for layer in point_labels(name, side, x=x, y=y, align=align, dy=offset, color=BLUE)
    ]


@build_once
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
            *_build_path_labels(x, y),
            *point_labels("goal_text", x=x, y=y, align="left", dy=-10, dx=4, color=PLUM),
        )
    )
