"""From discovery to live: the share of services not live yet, by months since their discovery."""

import math
from functools import cache
from typing import Final

import altair as alt
import numpy as np
import pandas as pd

from workbook import words
from workbook.charting import BLUE, GREY, PLUM, Drawing, Figure, finish, layers, on
from workbook.outcome import Outcome
from workbook.topics.delivery.charts.marks import label
from workbook.topics.delivery.remarks import many
from workbook.topics.delivery.rows import Row, by_account
from workbook.topics.delivery.services import ALONE, EVERY

HALF = 0.5
STEP: Final = "step-after"
FOOT, RISK, HEAD = -0.3, -0.22, -0.11
"""On the scale of shares: its end, the numbers at risk, and what they are, beneath nothing."""

TICKS = 6
"""Ticks of the axis along the foot, about."""

WHOLE = "datum.value % 1 ? '' : format(datum.value, 'd')"
AT_RISK = "Still on their way:"

FAR = 0.55
"""Of the months shown: beyond it what is said of a median stands on its left."""


def survival(outcome: Outcome) -> Figure:
    """The curve with its band, both medians, and how many are at risk."""
    table = outcome.tables["survival"]
    medians = by_account(outcome.tables["medians"])
    every, alone = medians.get(EVERY), medians.get(ALONE)
    return finish(
        _curve(),
        {
            "rows": _curves(table),
            "risk": _risk(table),
            "head": pd.DataFrame({"survival": [HEAD], "text": [AT_RISK]})[: len(table)],
            "half": pd.DataFrame({"survival": [HALF][: len(table)]}),
            "medians": _medians(table, every, alone),
        },
        title=_title(every, alone),
        subtitle=(
            "Share of services not live yet by months since discovery, with its 95% band; dashed: "
            "of those that went live alone"
        ),
        description=_description(table, every, alone),
    )


@cache
def _curve() -> Drawing:
    x = alt.X(
        "months:Q",
        title="Months since discovery",
        axis=alt.Axis(grid=False, labelExpr=WHOLE, tickCount=TICKS),
        scale=alt.Scale(nice=False, zero=True),
    )
    shares = [0, 0.25, 0.5, 0.75, 1]
    y = alt.Y(
        "survival:Q",
        title=None,
        axis=alt.Axis(format=".0%", values=shares),
        scale=alt.Scale(domain=[FOOT, 1], nice=False),
    )
    rows = on("rows").encode(x=x)
    medians = on("medians").encode(x=x, y=y)
    colour = alt.Color(
        "kind:N",
        scale=alt.Scale(domain=["every", "alone"], range=[BLUE, PLUM]),
        legend=None,
    )
    return Drawing(
        layers(
            rows.mark_area(color=BLUE, opacity=0.15, interpolate=STEP).encode(
                y=alt.Y("survival_low:Q"), y2="survival_high:Q"
            ),
            on("half").mark_rule(color=GREY, strokeDash=[2, 3]).encode(y=y),
            rows.mark_line(color=PLUM, strokeWidth=2, strokeDash=[6, 4], interpolate=STEP).encode(
                y=alt.Y("survival_completed:Q")
            ),
            rows.mark_line(color=BLUE, strokeWidth=3, interpolate=STEP).encode(y=y),
            medians.mark_point(filled=True, size=90, opacity=1).encode(color=colour),
            *label("risk", "text", x=x, y=y, fontWeight="normal"),
            *label("head", "text", x=alt.value(4), y=y, fontWeight="normal", align="left"),
            *_labels(x, y),
        )
    )


def _labels(x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """What is said of each median: of every service over the half, of the completed under it."""
    rows = {"over": {"dy": -12, "color": BLUE}, "under": {"dy": 14, "color": PLUM}}
    sides = {"left": {"align": "right", "dx": -9}, "right": {"align": "left", "dx": 9}}
    return [
        each
        for row, its in rows.items()
        for side, way in sides.items()
        for each in label("medians", f"{row}_{side}", x=x, y=y, **its, **way)
    ]


def _curves(table: pd.DataFrame) -> pd.DataFrame:
    columns = ["months", "survival", "survival_low", "survival_high", "survival_completed"]
    return table[columns]


def _risk(table: pd.DataFrame) -> pd.DataFrame:
    """How many were still on their way after each of a few even numbers of months."""
    if table.empty:
        return pd.DataFrame(columns=["months", "survival", "text"])
    times, at_risk = table["months"].to_numpy(float), table["at_risk"].to_numpy(int)
    months = np.arange(0, times[-1] + 0.5, _step(times[-1]))
    left = np.append(at_risk, 0)[np.searchsorted(times, months)]
    return pd.DataFrame({"months": months, "survival": RISK, "text": left.astype(str)})


def _step(longest: float) -> int:
    """Months between two ticks of the axis, as Vega has them (d3's ``tickIncrement``)."""
    raw = max(longest / TICKS, 1.0)
    power: int = 10 ** math.floor(math.log10(raw))
    factors = ((math.sqrt(50), 10), (math.sqrt(10), 5), (math.sqrt(2), 2))
    return power * next((step for least, step in factors if raw / power >= least), 1)


def _medians(table: pd.DataFrame, every: Row | None, alone: Row | None) -> pd.DataFrame:
    """The medians where their curves are at one half, each with the label on its roomy side."""
    places = [f"{row}_{side}" for row in ("over", "under") for side in ("left", "right")]
    rows: list[dict[str, float | str]] = []
    for kind, row, found, said in (
        ("alone", "under", alone, "completed alone"),
        ("every", "over", every, "every service"),
    ):
        if found is not None and pd.notna(found["median"]):
            months = float(found["median"])
            side = "left" if months > FAR * table["months"].max() else "right"
            texts = {
                **dict.fromkeys(places, ""),
                f"{row}_{side}": f"{words.number(months)}: {said}",
            }
            rows.append({"months": months, "survival": HALF, "kind": kind, **texts})
    columns = ["months", "survival", "kind", *places]
    return pd.DataFrame(rows, columns=columns)


def _title(every: Row | None, alone: Row | None) -> str:
    if every is None:
        return "Of no service is it known when its discovery began"
    completed, services = int(every["completed"]), int(every["services"])
    if services == 1:
        took = "is not live yet" if alone is None else f"took {_months(alone['median'])} to go live"
        return f"The one service {took}"
    if alone is None:
        return f"None of {services} services is live yet: how long it takes is not known"
    only = words.number(alone["median"])
    if pd.isna(every["median"]):
        return (
            f"Fewer than half of {services} services are live: how long half take is not known "
            f"yet; {_alone(completed)} {only}"
        )
    half = f"Half of {services} services take {words.number(every['median'])} months or more"
    if every["median"] == alone["median"]:
        return f"{half} to go live, as {_alone(completed)} too"
    return f"{half} to go live; {_alone(completed)} {only}"


def _alone(completed: int) -> str:
    return "the one completed says" if completed == 1 else f"the {completed} completed alone say"


def _description(
    table: pd.DataFrame,
    every: Row | None,
    alone: Row | None,
) -> str:
    if every is None:
        return "No curve is drawn."
    said = [f"{many(int(every['services']), 'service')}, {int(every['completed'])} of them live."]
    said += [
        f"After {words.number(row['months'])} months {words.percent(row['survival'])} are not live "
        f"yet, of {row['at_risk']} at risk just before{_band(row)}."
        for row in table[table["completed"] > 0].to_dict("records")
    ]
    if alone is not None:
        said.append(
            f"Median of every service: {_months(every['median'])}; of those completed alone: "
            f"{_months(alone['median'])}."
        )
    return " ".join(said)


def _band(row: Row) -> str:
    ends = (row["survival_low"], row["survival_high"])
    if any(map(pd.isna, ends)):
        return ""
    return f" (95% band {words.percent(ends[0])} to {words.percent(ends[1])})"


def _months(median: float) -> str:
    return "not reached" if pd.isna(median) else f"{words.number(median)} months"
