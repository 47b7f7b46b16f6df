"""The path to the target: people excluded by year, with simulation range, target and floor."""

from collections.abc import Iterable, Sequence
from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.axes import time_channel
from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import DASHED, DOTTED, point_labels
from workbook.charts.theme import BLUE, GREY, PLUM
from workbook.outcome import Outcome
from workbook.text.dates import format_month
from workbook.text.numbers import format_people
from workbook.topics.digital_inclusion.charts.millions import to_millions
from workbook.topics.digital_inclusion.charts.observed_counts import (
    MISSES_DATA,
    OBSERVED_DATA,
    Row,
    build_miss_marks,
    build_observed_marks,
    find_counts,
    find_misses,
    read_rows,
)
from workbook.topics.digital_inclusion.charts.path_labels import (
    PATH_LABEL_STYLES,
    RIGHT_MARGIN,
    build_end_labels,
    build_label_rows,
    find_highest,
)
from workbook.topics.digital_inclusion.floor_notes import describe_floor
from workbook.topics.digital_inclusion.parameters import DigitalInclusion

_SUBTITLE = (
    "UK adults without basic digital skills. Shaded blue: 8 in 10 simulations, if all can learn."
    " Diamond: survey"
)


def draw_exclusion_path(outcome: Outcome) -> Figure:
    """Draw the scenario's path and its simulation range, the target, the floor and the counts."""
    path = read_rows(outcome.frame("path"))
    observed = read_rows(outcome.frame("observed"), "period", "people", "measure")
    lines = [
        {name: value if name == "year" else to_millions(value) for name, value in row.items()}
        for row in path
    ]
    counts = list(find_counts(observed, path[0]["year"], path[-1]["year"]))
    misses = list(find_misses(read_rows(outcome.frame("comparison"))))
    highest = find_highest(lines, counts)
    return make_figure(
        _build_template(),
        {
            "lines": lines,
            "labels": build_label_rows(lines, counts, highest),
            "ends": build_end_labels(lines[-1], highest),
            OBSERVED_DATA: counts,
            MISSES_DATA: misses,
        },
        title=_write_title(path[-1], misses),
        subtitle=_SUBTITLE,
        description=_write_description(outcome, path, observed),
    )


@build_once
def _build_template() -> ChartTemplate:
    return ChartTemplate(
        layer_charts(*_build_lines(), build_miss_marks(), build_observed_marks(), *_build_labels())
    )


def _build_labels() -> list[alt.Chart]:
    """Labels beside their points, and those of the lines right of their ends."""
    style: dict[str, Any] = {"y": "people:Q", "colour_field": "colour", "lineBreak": "\n"}
    inside = [
        layer
        for side, side_style in PATH_LABEL_STYLES.items()
        for layer in point_labels("labels", side, x="year:Q", **style, **side_style)
    ]
    edge = alt.value(alt.ExprRef(f"width - {RIGHT_MARGIN} + 8"))
    return [*inside, *point_labels("ends", x=edge, align="left", dy=-7, **style)]


def _build_lines() -> list[alt.Chart]:
    """The simulation range, the floor, the target and the path, in order from back to front."""
    people = alt.Y(
        "people_excluded:Q",
        title="Million people",
        axis=alt.Axis(tickCount=6),
        scale=alt.Scale(zero=True),
    )
    plot_end = alt.ExprRef(f"width - {RIGHT_MARGIN}")
    x = time_channel("year").scale(zero=False, nice=False, range=[0, plot_end])
    base = named_data("lines").encode(x=x)
    thin_dashes: dict[str, Any] = {"color": BLUE, "strokeDash": DASHED, "strokeWidth": 1.5}
    hollow = {"color": PLUM, "filled": False, "fill": "white"}
    return [
        base.mark_area(color=GREY, opacity=0.1).encode(y="floor_people:Q"),
        base.mark_area(color=BLUE, opacity=0.15).encode(y="people_low:Q", y2="people_high:Q"),
        base.mark_line(color=GREY, strokeDash=DOTTED).encode(y="floor_people:Q"),
        base.mark_line(**thin_dashes).encode(y="people_by_age:Q"),
        base.mark_line(color=PLUM, strokeDash=DASHED, point=hollow).encode(y="target_people:Q"),
        base.mark_line(color=BLUE, strokeWidth=3, point={"color": BLUE, "size": 50}).encode(
            y=people
        ),
    ]


def _write_title(last: Row, misses: Sequence[Row]) -> str:
    """The finding: an estimate that contradicts the path, else its end by the floor and target."""
    if misses:
        return str(misses[-1]["title"])
    people, target, floor = (
        last[name] for name in ("people_excluded", "target_people", "floor_people")
    )
    path_end = f"The path reaches {format_people(people)} in {last['year']:.0f}"
    if people < floor:
        return f"{path_end}, below the {format_people(floor)} who may never learn"
    side = "above" if people > target else "below"
    return f"{path_end}, {side} the target of {format_people(target)}"


def _format_period(period: str) -> str:
    return period if period.isdigit() else format_month(period)


def _write_description(outcome: Outcome, path: Sequence[Row], observed: Iterable[Row]) -> str:
    first, last = path[0], path[-1]
    start, end, low, high, target_text = (
        format_people(value)
        for value in (
            first["people_excluded"],
            *(
                last[name]
                for name in ("people_excluded", "people_low", "people_high", "target_people")
            ),
        )
    )
    scenario = outcome.scenario_of(DigitalInclusion)
    become = "have become" if scenario.target_has_ended else "become"
    floor_sentence = describe_floor(scenario, float(last["floor_people"]))
    if last["target_people"] < last["floor_people"]:
        floor_sentence += ", which is more than the target"
    observed_sentences = [
        f"Published for {_format_period(count['period'])}: {format_people(count['people'])}"
        f" ({count['measure']})."
        for count in observed
        if pd.notna(count["people"])
    ]
    sentences = [
        f"{start} in {first['year']:.0f} would {become} {end} in {last['year']:.0f}.",
        f"8 in 10 simulations for {last['year']:.0f} lie between {low} and {high}.",
        f"The calculated target for {last['year']:.0f} is {target_text}.",
        f"{floor_sentence}.",
    ]
    if pd.notna(last["people_by_age"]):
        by_age = format_people(last["people_by_age"])
        sentences.append(f"The comparison by age group gives {by_age} in {last['year']:.0f}.")
    return " ".join([*sentences, *observed_sentences])
