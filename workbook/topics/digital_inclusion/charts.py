"""Digital inclusion's charts: the path to the target, and where the people come from."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.figure import ChartTemplate, Figure, layer_charts, make_figure, named_data
from workbook.charts.marks import LABEL_HALO
from workbook.charts.theme import BLUE, GREY, MAUVE, ORANGE, PLUM, TEXT_COLOUR, TURQUOISE
from workbook.outcome import Outcome
from workbook.periods import period_end
from workbook.text.numbers import format_people, format_share

_MILLION = 1e6
_DAYS_IN_LEAP_YEAR = 366
"""Of a leap year, so that a period's end never reads as the next year."""

_DECIMALS = 4
"""Decimals of a million that a chart is given: a hundred people are less than a pixel."""

_WHOLE_YEAR_LABELS = "datum.value % 1 ? '' : format(datum.value, 'd')"


@dataclass(frozen=True)
class MeasureStyle:
    """How a population that was observed is drawn."""

    name: str
    colour: str
    shape: str


MEASURE_STYLES = {
    "lacks basic digital skills": MeasureStyle("Lacks basic digital skills", ORANGE, "diamond"),
    "never used the internet": MeasureStyle("Never used the internet", TURQUOISE, "square"),
    "lacks essential digital skills for life": MeasureStyle(
        "Lacks essential digital skills", MAUVE, "triangle-up"
    ),
    "offline": MeasureStyle("Offline", GREY, "cross"),
}
"""Populations that are observed, by their measure: they are not one series."""

_FLOW_COLOURS = {
    "gained the skills unaided": BLUE,
    "helped by the programme": TURQUOISE,
    "helped, and fell back": ORANGE,
}


def draw_exclusion_path(outcome: Outcome) -> Figure:
    """The path to the target with its likely range, the target, the floor and what was observed."""
    table = outcome.frame("path")
    first, last = (row.to_dict() for _, row in table.iloc[[0, -1]].iterrows())
    lines = _scale_to_millions(table, [str(name) for name in table.columns if name != "year"])
    return make_figure(
        _build_path_template(),
        {
            "lines": lines,
            "labels": _build_label_rows(lines),
            "observed": _build_observed_rows(outcome.frame("observed"), lines),
        },
        title=_write_path_title(last),
        subtitle=(
            "Millions of adults without basic digital skills; "
            "the band holds 8 of 10 draws of the assumptions"
        ),
        description=_write_path_description(first, last, outcome.frame("observed")),
    )


def draw_skill_flows(outcome: Outcome) -> Figure:
    """Where the people come from, year by year: unaided, helped, fallen back."""
    table = outcome.frame("flows")
    totals = table.groupby("flow")["people"].sum()
    unaided, helped, relapsed = (float(totals[flow]) for flow in _FLOW_COLOURS)
    return make_figure(
        _build_flows_template(),
        {"flows": _scale_to_millions(table, ["people"])},
        title=_write_flows_title(unaided, helped),
        subtitle=(
            "Millions of people a year who gain the skills (above zero) or lose them again (below)"
        ),
        description=(
            f"Over all years {format_people(unaided)} people gain the skills unaided, "
            f"{format_people(helped)} because the programme helps them, and "
            f"{format_people(-relapsed)} of those helped fall back."
        ),
    )


@cache
def _build_path_template() -> ChartTemplate:
    return ChartTemplate(layer_charts(*_build_lines(), *_build_labels(), _build_observed_marks()))


@cache
def _build_flows_template() -> ChartTemplate:
    colours = alt.Scale(domain=list(_FLOW_COLOURS), range=list(_FLOW_COLOURS.values()))
    bars = named_data("flows").mark_bar()
    return ChartTemplate(
        layer_charts(
            bars.encode(
                x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
                y=alt.Y("people:Q", title="Million people", axis=alt.Axis(tickCount=6)),
                color=alt.Color("flow:N", sort=list(_FLOW_COLOURS), scale=colours),
                order=alt.Order("flow:N", sort="ascending"),
            )
        )
    )


def _write_flows_title(unaided: float, helped: float) -> str:
    if unaided + helped <= 0:
        return "Nobody gains the skills on these assumptions"
    share = format_share(round(helped / (unaided + helped), 2))
    if not helped:
        return "Everybody who gains the skills does so unaided"
    return f"{share} of those who gain the skills do so because the programme helps them"


def _write_path_title(last: dict[Any, Any]) -> str:
    year, gap = int(last["year"]), last["people_excluded"] - last["target_people"]
    if gap > 0:
        return f"On these assumptions {year} misses the target by {format_people(gap)} people"
    return (
        f"On these assumptions {year} reaches the target with {format_people(-gap)} people to spare"
    )


def _write_path_description(
    first: dict[Any, Any], last: dict[Any, Any], observed: pd.DataFrame
) -> str:
    start, end, low, high, target_text, floor = (
        format_people(value)
        for value in (
            first["people_excluded"],
            *(last[name] for name in ("people_excluded", "people_low", "people_high")),
            *(last[name] for name in ("target_people", "floor_people")),
        )
    )
    floor_clause = (
        "The target lies below the number who, by the strategy's own estimate, may never be able:"
        if last["target_people"] < last["floor_people"]
        else "The number who may never be able, by the strategy's own estimate, is"
    )
    observed_sentences = [
        f"Observed in {row['period']}: {format_people(float(row['people']))} ({row['measure']})."
        for row in observed.dropna(subset=["people"]).to_dict("records")
    ]
    path_sentence = (
        f"From {start} in {first['year']:.0f} to {end} in {last['year']:.0f}, likely between "
        f"{low} and {high}; the target falls to {target_text}."
    )
    return " ".join([path_sentence, f"{floor_clause} {floor}.", *observed_sentences])


def _scale_to_millions(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    scaled = {name: (table[name].astype(float) / _MILLION).round(_DECIMALS) for name in columns}
    return table.assign(**scaled)


def _build_lines() -> list[alt.Chart]:
    """The likely range, the floor, the target and the path itself, the last on top."""
    year = alt.X(
        "year:Q",
        title=None,
        axis=alt.Axis(labelExpr=_WHOLE_YEAR_LABELS, tickMinStep=1, labelOverlap=True),
        scale=alt.Scale(zero=False, nice=False),
    )
    people = alt.Y(
        "people_excluded:Q",
        title="Million people",
        axis=alt.Axis(tickCount=6),
        scale=alt.Scale(zero=True),
    )
    base = named_data("lines").encode(x=year)
    hollow = {"color": PLUM, "filled": False, "fill": "white"}
    return [
        base.mark_area(color=BLUE, opacity=0.15).encode(y="people_low:Q", y2="people_high:Q"),
        base.mark_line(color=GREY, strokeDash=[2, 3]).encode(y="floor_people:Q"),
        base.mark_line(color=PLUM, strokeDash=[6, 4], point=hollow).encode(y="target_people:Q"),
        base.mark_line(color=BLUE, strokeWidth=3, point={"color": BLUE, "size": 50}).encode(
            y=people
        ),
    ]


LABEL_POSITIONS: dict[str, dict[str, Any]] = {
    "end_over": {"align": "right", "dx": 0, "dy": -14},
    "end_under": {"align": "right", "dx": 0, "dy": 16},
    "start_under": {"align": "left", "dx": 4, "dy": 16},
}
"""Where a label stands beside the end of its line; the label is in the column of that name."""


def _build_label_rows(lines: pd.DataFrame) -> pd.DataFrame:
    """Direct labels, each on the side where its line leaves room."""
    first, last = lines.iloc[0], lines.iloc[-1]
    expected, target, floor = last["people_excluded"], last["target_people"], first["floor_people"]
    upper, lower = "end_over", "end_under"
    if expected < target:
        upper, lower = lower, upper
    labels = [
        {
            "year": last["year"],
            "people": expected,
            "colour": BLUE,
            upper: f"Expected {expected:.1f} m",
        },
        {"year": last["year"], "people": target, "colour": PLUM, lower: f"Target {target:.1f} m"},
        {
            "year": first["year"],
            "people": floor,
            "colour": GREY,
            "start_under": f"May never be able {floor:.1f} m",
        },
    ]
    columns = ["year", "people", "colour", *LABEL_POSITIONS]
    return pd.DataFrame(labels, columns=columns).fillna(dict.fromkeys(LABEL_POSITIONS, ""))


def _build_labels() -> list[alt.Chart]:
    """Labels beside the ends of lines: each twice, its halo beneath it."""
    return [
        _build_label(position, outline)
        for position in LABEL_POSITIONS
        for outline in (LABEL_HALO, {})
    ]


def _build_label(position: str, outline: dict[str, Any]) -> alt.Chart:
    style = LABEL_POSITIONS[position] | {"fontWeight": "bold"} | outline
    labelled: alt.Chart = (
        named_data("labels")
        .mark_text(**style)
        .encode(
            x="year:Q", y="people:Q", text=f"{position}:N", color=alt.Color("colour:N", scale=None)
        )
    )
    return labelled


def _build_observed_marks() -> alt.LayerChart:
    """Published counts of people, each population with its own colour and shape."""
    measure_styles = MEASURE_STYLES.values()
    names = [measure_style.name for measure_style in measure_styles]
    base = named_data("observed").encode(x="year:Q", y="people:Q")
    colours = alt.Scale(domain=names, range=[look.colour for look in measure_styles])
    shapes = alt.Scale(domain=names, range=[look.shape for look in measure_styles])
    points = base.mark_point(size=90, filled=True, opacity=1).encode(
        color=alt.Color("name:N", scale=colours, legend=None),
        shape=alt.Shape("name:N", scale=shapes, legend=None),
        tooltip=["text:N"],
    )
    style: dict[str, Any] = {"align": "left", "dx": 9, "dy": -4, "lineBreak": "\n"}
    style |= {"baseline": "line-bottom", "color": TEXT_COLOUR}
    texts = [base.mark_text(**style, **outline) for outline in (LABEL_HALO, {})]
    return layer_charts(points, *(text.encode(text="text:N") for text in texts))


def _build_observed_rows(observed: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Counts of people observed in the years of the chart, with what is written beside them."""
    first, last = lines["year"].min() - 2, lines["year"].max() + 1
    years = observed["period"].map(_decimal_period).astype(float)
    is_counted = observed["people"].notna() & observed["measure"].isin(list(MEASURE_STYLES))
    shown = observed.assign(year=years)[is_counted & years.between(first, last)]
    shown = _scale_to_millions(shown, ["people"])
    names = [MEASURE_STYLES[measure].name for measure in shown["measure"]]
    texts = [
        f"{name}:\n{people:.1f} m observed"
        for name, people in zip(names, shown["people"], strict=True)
    ]
    return shown.assign(name=names, text=texts)[["year", "people", "name", "text"]]


def _decimal_period(period: str) -> float:
    """When a figure was published for, as a year with its fraction: a whole year at its middle."""
    if period.isdigit():
        return int(period) + 0.5
    end = period_end(period)
    return end.year + end.timetuple().tm_yday / _DAYS_IN_LEAP_YEAR
