"""Digital inclusion's charts: the path to the target, and where the people come from."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import (
    BLUE,
    GREY,
    HALO,
    INK,
    MAUVE,
    ORANGE,
    PLUM,
    TURQUOISE,
    Drawing,
    Figure,
    finish,
    layers,
    on,
)
from workbook.outcome import Outcome
from workbook.quarters import period_end

MILLION = 1e6
DAYS_OF_A_YEAR = 366
"""Of a leap year, so that a period's end never reads as the next year."""

PLACES = 4
"""Decimals of a million that a chart is given: a hundred people are less than a pixel."""

WHOLE_YEARS = "datum.value % 1 ? '' : format(datum.value, 'd')"


@dataclass(frozen=True)
class Look:
    """How a population that was observed is drawn."""

    name: str
    colour: str
    shape: str


LOOKS = {
    "lacks basic digital skills": Look("Lacks basic digital skills", ORANGE, "diamond"),
    "never used the internet": Look("Never used the internet", TURQUOISE, "square"),
    "lacks essential digital skills for life": Look(
        "Lacks essential digital skills", MAUVE, "triangle-up"
    ),
    "offline": Look("Offline", GREY, "cross"),
}
"""Populations that are observed, by their measure: they are not one series."""

FLOWS = {
    "gained the skills unaided": BLUE,
    "helped by the programme": TURQUOISE,
    "helped, and fell back": ORANGE,
}


def path(outcome: Outcome) -> Figure:
    """The path to the target with its likely range, the target, the floor and what was observed."""
    table = outcome.tables["path"]
    first, last = (row.to_dict() for _, row in table.iloc[[0, -1]].iterrows())
    lines = _millions(table, [str(name) for name in table.columns if name != "year"])
    return finish(
        _path(),
        {
            "lines": lines,
            "labels": _path_labels(lines),
            "observed": _counts(outcome.tables["observed"], lines),
        },
        title=_path_title(last),
        subtitle=(
            "Millions of adults without basic digital skills; "
            "the band holds 8 of 10 draws of the assumptions"
        ),
        description=_path_description(first, last, outcome.tables["observed"]),
    )


def flows(outcome: Outcome) -> Figure:
    """Where the people come from, year by year: unaided, helped, fallen back."""
    table = outcome.tables["flows"]
    totals = table.groupby("flow")["people"].sum()
    unaided, helped, relapsed = (float(totals[flow]) for flow in FLOWS)
    return finish(
        _flows(),
        {"flows": _millions(table, ["people"])},
        title=_flows_title(unaided, helped),
        subtitle=(
            "Millions of people a year who gain the skills (above zero) or lose them again (below)"
        ),
        description=(
            f"Over all years {words.people(unaided)} people gain the skills unaided, "
            f"{words.people(helped)} because the programme helps them, and "
            f"{words.people(-relapsed)} of those helped fall back."
        ),
    )


@cache
def _path() -> Drawing:
    return Drawing(layers(*_lines(), *_labels(), _seen()))


@cache
def _flows() -> Drawing:
    colours = alt.Scale(domain=list(FLOWS), range=list(FLOWS.values()))
    bars = on("flows").mark_bar()
    return Drawing(
        layers(
            bars.encode(
                x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
                y=alt.Y("people:Q", title="Million people", axis=alt.Axis(tickCount=6)),
                color=alt.Color("flow:N", sort=list(FLOWS), scale=colours),
                order=alt.Order("flow:N", sort="ascending"),
            )
        )
    )


def _flows_title(unaided: float, helped: float) -> str:
    if unaided + helped <= 0:
        return "Nobody gains the skills on these assumptions"
    share = words.percent(round(helped / (unaided + helped), 2))
    if not helped:
        return "Everybody who gains the skills does so unaided"
    return f"{share} of those who gain the skills do so because the programme helps them"


def _path_title(last: dict[Any, Any]) -> str:
    year, gap = int(last["year"]), last["people_excluded"] - last["target_people"]
    if gap > 0:
        return f"On these assumptions {year} misses the target by {words.people(gap)} people"
    return (
        f"On these assumptions {year} reaches the target with {words.people(-gap)} people to spare"
    )


def _path_description(first: dict[Any, Any], last: dict[Any, Any], observed: pd.DataFrame) -> str:
    start, end, low, high, goal, floor = (
        words.people(value)
        for value in (
            first["people_excluded"],
            *(last[name] for name in ("people_excluded", "people_low", "people_high")),
            *(last[name] for name in ("target_people", "floor_people")),
        )
    )
    able = (
        "The target lies below the number who, by the strategy's own estimate, may never be able:"
        if last["target_people"] < last["floor_people"]
        else "The number who may never be able, by the strategy's own estimate, is"
    )
    seen = [
        f"Observed in {row['period']}: {words.people(float(row['people']))} ({row['measure']})."
        for row in observed.dropna(subset=["people"]).to_dict("records")
    ]
    went = (
        f"From {start} in {first['year']:.0f} to {end} in {last['year']:.0f}, likely between "
        f"{low} and {high}; the target falls to {goal}."
    )
    return " ".join([went, f"{able} {floor}.", *seen])


def _millions(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    scaled = {name: (table[name].astype(float) / MILLION).round(PLACES) for name in columns}
    return table.assign(**scaled)


def _lines() -> list[alt.Chart]:
    """The likely range, the floor, the target and the path itself, the last on top."""
    year = alt.X(
        "year:Q",
        title=None,
        axis=alt.Axis(labelExpr=WHOLE_YEARS, tickMinStep=1, labelOverlap=True),
        scale=alt.Scale(zero=False, nice=False),
    )
    people = alt.Y(
        "people_excluded:Q",
        title="Million people",
        axis=alt.Axis(tickCount=6),
        scale=alt.Scale(zero=True),
    )
    base = on("lines").encode(x=year)
    hollow = {"color": PLUM, "filled": False, "fill": "white"}
    return [
        base.mark_area(color=BLUE, opacity=0.15).encode(y="people_low:Q", y2="people_high:Q"),
        base.mark_line(color=GREY, strokeDash=[2, 3]).encode(y="floor_people:Q"),
        base.mark_line(color=PLUM, strokeDash=[6, 4], point=hollow).encode(y="target_people:Q"),
        base.mark_line(color=BLUE, strokeWidth=3, point={"color": BLUE, "size": 50}).encode(
            y=people
        ),
    ]


PLACES_OF_LABELS: dict[str, dict[str, Any]] = {
    "end_over": {"align": "right", "dx": 0, "dy": -14},
    "end_under": {"align": "right", "dx": 0, "dy": 16},
    "start_under": {"align": "left", "dx": 4, "dy": 16},
}
"""Where a label stands beside the end of its line; the label is in the column of that name."""


def _path_labels(lines: pd.DataFrame) -> pd.DataFrame:
    """Direct labels, each on the side where its line leaves room."""
    first, last = lines.iloc[0], lines.iloc[-1]
    expected, goal, floor = last["people_excluded"], last["target_people"], first["floor_people"]
    upper, lower = "end_over", "end_under"
    if expected < goal:
        upper, lower = lower, upper
    labels = [
        {
            "year": last["year"],
            "people": expected,
            "colour": BLUE,
            upper: f"Expected {expected:.1f} m",
        },
        {"year": last["year"], "people": goal, "colour": PLUM, lower: f"Target {goal:.1f} m"},
        {
            "year": first["year"],
            "people": floor,
            "colour": GREY,
            "start_under": f"May never be able {floor:.1f} m",
        },
    ]
    columns = ["year", "people", "colour", *PLACES_OF_LABELS]
    return pd.DataFrame(labels, columns=columns).fillna(dict.fromkeys(PLACES_OF_LABELS, ""))


def _labels() -> list[alt.Chart]:
    """Labels beside the ends of lines: each twice, its halo beneath it."""
    return [_label(place, outline) for place in PLACES_OF_LABELS for outline in (HALO, {})]


def _label(place: str, outline: dict[str, Any]) -> alt.Chart:
    style = PLACES_OF_LABELS[place] | {"fontWeight": "bold"} | outline
    labelled: alt.Chart = (
        on("labels")
        .mark_text(**style)
        .encode(
            x="year:Q", y="people:Q", text=f"{place}:N", color=alt.Color("colour:N", scale=None)
        )
    )
    return labelled


def _seen() -> alt.LayerChart:
    """Published counts of people, each population with its own colour and shape."""
    looks = LOOKS.values()
    names = [look.name for look in looks]
    base = on("observed").encode(x="year:Q", y="people:Q")
    colours = alt.Scale(domain=names, range=[look.colour for look in looks])
    shapes = alt.Scale(domain=names, range=[look.shape for look in looks])
    points = base.mark_point(size=90, filled=True, opacity=1).encode(
        color=alt.Color("name:N", scale=colours, legend=None),
        shape=alt.Shape("name:N", scale=shapes, legend=None),
        tooltip=["text:N"],
    )
    style: dict[str, Any] = {"align": "left", "dx": 9, "dy": -4, "lineBreak": "\n"}
    style |= {"baseline": "line-bottom", "color": INK}
    texts = [base.mark_text(**style, **outline) for outline in (HALO, {})]
    return layers(points, *(text.encode(text="text:N") for text in texts))


def _counts(observed: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Counts of people observed in the years of the chart, with what is written beside them."""
    first, last = lines["year"].min() - 2, lines["year"].max() + 1
    years = observed["period"].map(_year_of).astype(float)
    counted = observed["people"].notna() & observed["measure"].isin(list(LOOKS))
    shown = observed.assign(year=years)[counted & years.between(first, last)]
    shown = _millions(shown, ["people"])
    names = [LOOKS[measure].name for measure in shown["measure"]]
    texts = [
        f"{name}:\n{people:.1f} m observed"
        for name, people in zip(names, shown["people"], strict=True)
    ]
    return shown.assign(name=names, text=texts)[["year", "people", "name", "text"]]


def _year_of(period: str) -> float:
    """When a figure was published for, as a year with its fraction: a whole year at its middle."""
    if period.isdigit():
        return int(period) + 0.5
    end = period_end(period)
    return end.year + end.timetuple().tm_yday / DAYS_OF_A_YEAR
