"""Digital inclusion's charts: the path to the target, and where the people come from."""

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import BLUE, GREY, INK, MAUVE, ORANGE, PLUM, TURQUOISE, finish
from workbook.outcome import Outcome

MILLION = 1e6
MEASURES = {
    "lacks basic digital skills": ("Lacks basic digital skills", ORANGE, "diamond"),
    "never used the internet": ("Never used the internet", TURQUOISE, "square"),
    "lacks essential digital skills for life": ("Lacks essential digital skills", MAUVE, "triangle-up"),
    "offline": ("Offline", GREY, "cross"),
}
"""Populations that are observed, each by its own name, colour and shape: they are not one series."""

FLOWS = ("gained the skills unaided", "helped by the programme", "helped, and fell back")


def path(outcome: Outcome) -> alt.LayerChart | alt.Chart:
    """The path to the target with its likely range, the target, the floor and what was observed."""
    table = outcome.tables["path"]
    last = table.iloc[-1]
    lines = _millions(table, ["people_excluded", "people_low", "people_high", "target_people", "floor_people"])
    year = alt.X("year:Q", title=None, axis=alt.Axis(format="d", tickMinStep=1), scale=alt.Scale(zero=False, nice=False))
    people = alt.Y("people_excluded:Q", title="Million people", axis=alt.Axis(tickCount=6), scale=alt.Scale(zero=True))
    base = alt.Chart(lines).encode(x=year)
    chart = alt.layer(
        base.mark_area(color=BLUE, opacity=0.15).encode(y="people_low:Q", y2="people_high:Q"),
        base.mark_line(color=GREY, strokeDash=[2, 3]).encode(y="floor_people:Q"),
        base.mark_line(color=PLUM, strokeDash=[6, 4], point={"color": PLUM, "filled": False, "fill": "white"}).encode(y="target_people:Q"),
        base.mark_line(color=BLUE, strokeWidth=3, point={"color": BLUE, "size": 50}).encode(y=people),
        *_labels(_path_labels(lines)),
        _observed(outcome.tables["observed"], lines),
    )
    return finish(
        chart,
        title=_path_title(last),
        subtitle="Millions of adults without basic digital skills; the band holds 8 of 10 draws of the assumptions",
        description=_path_description(last, outcome),
    )


def flows(outcome: Outcome) -> alt.LayerChart | alt.Chart:
    """Where the people come from, year by year: unaided, helped, fallen back."""
    table = _millions(outcome.tables["flows"], ["people"])
    totals = outcome.tables["flows"].groupby("flow")["people"].sum()
    chart = alt.Chart(table).mark_bar().encode(
        x=alt.X("year:O", title=None, axis=alt.Axis(labelAngle=0)),
        y=alt.Y("people:Q", title="Million people", axis=alt.Axis(tickCount=6)),
        color=alt.Color("flow:N", sort=list(FLOWS), scale=alt.Scale(domain=list(FLOWS), range=[BLUE, TURQUOISE, ORANGE])),
        order=alt.Order("flow:N", sort="ascending"),
    )
    unaided, helped, relapsed = (float(totals.get(flow, 0.0)) for flow in FLOWS)
    return finish(
        alt.layer(chart),
        title=_flows_title(unaided, helped),
        subtitle="Millions of people a year who gain the skills (above zero) or lose them again (below)",
        description=(
            f"Over all years {words.people(unaided)} people gain the skills unaided, "
            f"{words.people(helped)} because the programme helps them, and {words.people(-relapsed)} of "
            "those helped fall back."
        ),
    )


def _flows_title(unaided: float, helped: float) -> str:
    leaving = unaided + helped
    if leaving <= 0:
        return "Nobody gains the skills on these assumptions"
    share = helped / leaving
    if share == 0:
        return "Everybody who gains the skills does so unaided"
    return f"{words.percent(round(share, 2))} of those who gain the skills do so because the programme helps them"


def _path_title(last: pd.Series) -> str:
    year, gap = int(last["year"]), last["people_excluded"] - last["target_people"]
    if gap > 0:
        return f"On these assumptions {year} misses the target by {words.people(gap)} people"
    return f"On these assumptions {year} reaches the target with {words.people(-gap)} people to spare"


def _path_description(last: pd.Series, outcome: Outcome) -> str:
    first = outcome.tables["path"].iloc[0]
    seen = outcome.tables["observed"].dropna(subset=["people"])
    floor = (
        "The target lies below the number who, by the strategy's own estimate, may never be able: "
        if last["target_people"] < last["floor_people"]
        else "The number who may never be able, by the strategy's own estimate, is "
    )
    return (
        f"From {words.people(first['people_excluded'])} in {first['year']:.0f} to "
        f"{words.people(last['people_excluded'])} in {last['year']:.0f}, likely between "
        f"{words.people(last['people_low'])} and {words.people(last['people_high'])}; the target falls to "
        f"{words.people(last['target_people'])}. {floor}{words.people(last['floor_people'])}. "
        + " ".join(
            f"Observed in {row.period}: {words.people(float(row.people))} ({row.measure})." for row in seen.itertuples()
        )
    )


def _millions(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return table.assign(**{name: (table[name].astype(float) / MILLION).round(4) for name in columns})


def _path_labels(lines: pd.DataFrame) -> pd.DataFrame:
    """Direct labels, each on the side where its line leaves room."""
    first, last = lines.iloc[0], lines.iloc[-1]
    above = last["people_excluded"] >= last["target_people"]
    start = lines.iloc[0]
    return pd.DataFrame(
        [
            (last["year"], last["people_excluded"], f"Expected {last['people_excluded']:.1f} m", BLUE, "end", "over" if above else "under"),
            (last["year"], last["target_people"], f"Target {last['target_people']:.1f} m", PLUM, "end", "under" if above else "over"),
            (first["year"], start["floor_people"], f"May never be able {start['floor_people']:.1f} m", GREY, "start", "under"),
        ],
        columns=["year", "people", "text", "colour", "side", "place"],
    )


def _labels(labels: pd.DataFrame) -> list[alt.Chart]:
    sides = {"start": "left", "end": "right"}
    halo = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
    return [
        alt.Chart(labels)
        .transform_filter((alt.datum.side == side) & (alt.datum.place == place))
        .mark_text(align=sides[side], dx=4 if side == "start" else 0, dy=-14 if place == "over" else 16, fontWeight="bold", **outline)
        .encode(x="year:Q", y="people:Q", text="text:N", color=alt.Color("colour:N", scale=None))
        for side, place in (("end", "over"), ("end", "under"), ("start", "under"))
        for outline in (halo, {})
    ]


def _observed(table: pd.DataFrame, lines: pd.DataFrame) -> alt.LayerChart:
    """Published counts of people, each population with its own colour and shape."""
    seen = table[table["people"].notna() & table["measure"].isin(list(MEASURES))]
    span = (lines["year"].min() - 2, lines["year"].max() + 1)
    seen = _millions(seen[seen["period_year"].between(*span)], ["people"])
    seen = seen.assign(
        name=[MEASURES[m][0] for m in seen["measure"]],
        text=[f"{MEASURES[row.measure][0]}: {row.people:.1f} m observed" for row in seen.itertuples()],
    )[["period_year", "people", "name", "text"]]
    names, colours, shapes = (list(each) for each in zip(*MEASURES.values(), strict=True))
    base = alt.Chart(seen).encode(x="period_year:Q", y="people:Q")
    points = base.mark_point(size=90, filled=True, opacity=1).encode(
        color=alt.Color("name:N", scale=alt.Scale(domain=names, range=colours), legend=None),
        shape=alt.Shape("name:N", scale=alt.Scale(domain=names, range=shapes), legend=None),
        tooltip=["text:N"],
    )
    return alt.layer(points, base.mark_text(align="left", dx=9, color=INK).encode(text="text:N"))
