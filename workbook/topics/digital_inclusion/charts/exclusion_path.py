"""The path to the target: people excluded by year, with simulation range, target and floor."""

from functools import cache
from typing import Any, cast

import altair as alt
import pandas as pd

from workbook.charts.axes import time_channel
from workbook.charts.figure import ChartTemplate, Figure, layer_charts, make_figure, named_data
from workbook.charts.marks import DASHED, DOTTED, point_labels
from workbook.charts.theme import BLUE, GREY, PLUM
from workbook.outcome import Outcome
from workbook.text.dates import format_month
from workbook.text.numbers import format_people, format_probability
from workbook.topics.digital_inclusion.charts.millions import scale_to_millions
from workbook.topics.digital_inclusion.charts.observed_counts import (
    MISSES_DATA,
    OBSERVED_DATA,
    build_miss_marks,
    build_miss_rows,
    build_observed_marks,
    build_observed_rows,
    describe_shapes,
)
from workbook.topics.digital_inclusion.parameters import DigitalInclusion

LABEL_POSITIONS: dict[str, dict[str, Any]] = {
    "end_over": {"align": "right", "dx": 0, "dy": -14},
    "end_under": {"align": "right", "dx": 0, "dy": 22},
    "start_under": {"align": "left", "dx": 4, "dy": 16},
    "middle_over": {
        "align": "left",
        "dx": 4,
        "dy": -8,
        "baseline": "line-bottom",
        "lineBreak": "\n",
    },
}
"""Place of a label relative to the end of its line, by the column that contains it."""

_SUBTITLE = (
    "Adults without basic digital skills, millions. Shaded: 8 in 10 simulations (P10 to P90)."
    " Thin dashes: comparison by age group"
)


def draw_exclusion_path(outcome: Outcome) -> Figure:
    """Draw the scenario's path and its simulation range, the target, the floor and the counts."""
    table = outcome.frame("path")
    first, last = (row.to_dict() for _, row in table.iloc[[0, -1]].iterrows())
    lines = scale_to_millions(table, [str(name) for name in table.columns if name != "year"])
    counts = build_observed_rows(outcome.frame("observed"), lines["year"])
    return make_figure(
        _build_template(),
        {
            "lines": lines,
            "labels": _build_label_rows(lines),
            OBSERVED_DATA: counts,
            MISSES_DATA: (misses := build_miss_rows(outcome.frame("comparison"))),
        },
        title=_write_title(outcome, last, misses),
        subtitle=". ".join(filter(None, [_SUBTITLE, describe_shapes(counts)])),
        description=_write_description(outcome, first, last),
    )


@cache
def _build_template() -> ChartTemplate:
    labels = [
        layer
        for position, style in LABEL_POSITIONS.items()
        for layer in point_labels(
            "labels", position, x="year:Q", y="people:Q", colour_field="colour", **style
        )
    ]
    return ChartTemplate(
        layer_charts(*_build_lines(), build_miss_marks(), *labels, *build_observed_marks())
    )


def _build_lines() -> list[alt.Chart]:
    """The simulation range, the floor, the target and the path, in order from back to front."""
    people = alt.Y(
        "people_excluded:Q",
        title="Million people",
        axis=alt.Axis(tickCount=6),
        scale=alt.Scale(zero=True),
    )
    base = named_data("lines").encode(x=time_channel("year"))
    thin_dashes: dict[str, Any] = {"color": BLUE, "strokeDash": DASHED, "strokeWidth": 1.5}
    hollow = {"color": PLUM, "filled": False, "fill": "white"}
    return [
        base.mark_area(color=BLUE, opacity=0.15).encode(y="people_low:Q", y2="people_high:Q"),
        base.mark_line(color=GREY, strokeDash=DOTTED).encode(y="floor_people:Q"),
        base.mark_line(**thin_dashes).encode(y="people_by_age:Q"),
        base.mark_line(color=PLUM, strokeDash=DASHED, point=hollow).encode(y="target_people:Q"),
        base.mark_line(color=BLUE, strokeWidth=3, point={"color": BLUE, "size": 50}).encode(
            y=people
        ),
    ]


def _build_label_rows(lines: pd.DataFrame) -> pd.DataFrame:
    """Labels of the lines, each on the side where its line leaves room."""
    first, middle, last = (lines.iloc[place] for place in (0, len(lines) // 2, -1))
    expected, target, floor = last["people_excluded"], last["target_people"], first["floor_people"]
    upper, lower = "end_over", "end_under"
    if expected < target:
        upper, lower = lower, upper
    labels = [
        {
            "year": last["year"],
            "people": expected,
            "colour": BLUE,
            upper: f"Scenario: {expected:.1f}m",
        },
        {
            "year": last["year"],
            "people": target,
            "colour": PLUM,
            lower: f"Target: {target:.1f}m",
        },
        {
            "year": first["year"],
            "people": floor,
            "colour": GREY,
            "start_under": f"May never gain the skills: {floor:.1f}m",
        },
    ]
    if middle["people_by_age"] > middle["people_excluded"]:
        labels.append(
            {
                "year": middle["year"],
                "people": middle["people_by_age"],
                "colour": BLUE,
                "middle_over": f"By age group:\n{last['people_by_age']:.1f}m in {last['year']:.0f}",
            }
        )
    return pd.DataFrame([dict.fromkeys(LABEL_POSITIONS, "") | label for label in labels])


def _write_title(outcome: Outcome, last: dict[Any, Any], misses: pd.DataFrame) -> str:
    """The finding: the latest estimate that contradicts the projection, else the probabilities.

    A target year that has ended has no probability, so its finding is the gap to the target.
    """
    if not misses.empty:
        return str(misses["title"].iloc[-1])
    year = cast("DigitalInclusion", outcome.scenario).target_year
    probability, with_floor = (
        outcome[name].number for name in ("probability_of_target", "probability_with_floor")
    )
    if probability is None or with_floor is None:
        gap = last["people_excluded"] - last["target_people"]
        people = format_people(abs(gap))
        result = f"missed by {people} people" if gap > 0 else f"met with {people} people to spare"
        return f"On these assumptions, the {year} target would have been {result}"
    text, with_floor_text = format_probability(probability), format_probability(with_floor)
    condition = (
        " on these assumptions"
        if text == with_floor_text
        else f", or {with_floor_text} if the estimate of who may never gain the skills holds"
    )
    return f"The probability of meeting the {year} target is {text}{condition}"


def _format_period(period: str) -> str:
    return period if period.isdigit() else format_month(period)


def _write_description(outcome: Outcome, first: dict[Any, Any], last: dict[Any, Any]) -> str:
    start, end, low, high, target_text, floor = (
        format_people(value)
        for value in (
            first["people_excluded"],
            *(last[name] for name in ("people_excluded", "people_low", "people_high")),
            *(last[name] for name in ("target_people", "floor_people")),
        )
    )
    is_published = cast("DigitalInclusion", outcome.scenario).has_published_floor
    estimate = "The strategy estimates" if is_published else "You assume"
    floor_sentence = f"{estimate} that {floor} people may never gain the skills"
    if last["target_people"] < last["floor_people"]:
        floor_sentence += ", which is more than the target"
    observed_sentences = [
        f"Published for {_format_period(row['period'])}:"
        f" {format_people(float(row['people']))} ({row['measure']})."
        for row in outcome.frame("observed").dropna(subset=["people"]).to_dict("records")
    ]
    sentences = [
        f"{start} in {first['year']:.0f} would become {end} in {last['year']:.0f}.",
        f"8 in 10 simulations for {last['year']:.0f} lie between {low} and {high}.",
        f"The target for {last['year']:.0f} is {target_text}.",
        f"{floor_sentence}.",
    ]
    if pd.notna(last["people_by_age"]):
        by_age = format_people(last["people_by_age"])
        sentences.append(f"The comparison by age group gives {by_age} in {last['year']:.0f}.")
    return " ".join([*sentences, *observed_sentences])
