"""Year by year: what is saved, what the move costs, and the position that it adds up to."""

import math
from functools import cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from workbook import words
from workbook.charting import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PLUM,
    TURQUOISE,
    Chart,
    Drawing,
    Figure,
    finish,
    layers,
    on,
)
from workbook.outcome import Outcome
from workbook.topics.savings.charts.axes import (
    beside,
    financial_years,
    label,
    money,
    short,
    sided,
    value,
)

KINDS = {"Saving": TURQUOISE, "Transition": ORANGE, "Dual running": PLUM}
AMOUNTS = {"saving": 1, "transition_cost": -1, "dual_running_cost": -1}
"""The columns of the kinds, and which way each goes."""

LINES = {"cumulative": ("Cumulative", BLUE), "cumulative_present_value": ("Discounted", GREY)}

ENDS: dict[str, dict[str, Any]] = {
    "over": {"baseline": "line-bottom", "dy": -16},
    "under": {"baseline": "line-top", "dy": 1},
}
"""How what is said of a line's end stands to it, by the column that it is in."""

BESIDE, ROUND = 78, 34
"""Pixels right of the last year, and over and under the lines, for what is said of their ends."""

ROOM = 0.8
"""Of the years: beyond it the label of the payback stands on its left."""

YEARS_END = 0.5
"""Where a year ends, of the middle of its bar: there its cash falls."""

HALF = 0.4
"""Of a year: half the width of its bar."""


def cash_flow(outcome: Outcome) -> Figure:
    """What each year saves and costs, and when what was spent is paid back."""
    table = outcome.tables["cash_flow"]
    starts = [int(year[:4]) for year in table["financial_year"]]
    prices = outcome.scenario.values()["price_year"]
    return finish(
        _chart(),
        {
            "bars": _bars(table, starts),
            "lines": table[["financial_year", *LINES]].assign(
                start=[start + YEARS_END for start in starts]
            ),
            "ends": _ends(table),
            "payback": _payback(outcome, starts),
        },
        title=_title(outcome, table),
        subtitle=(
            f"£ a year in {prices} prices: gains above zero, costs below; lines: cumulative "
            "position, as it is and discounted"
        ),
        description=_description(outcome, table),
    )


@cache
def _chart() -> Drawing:
    x = alt.X(
        "start:Q",
        title=None,
        axis=financial_years(),
        scale=alt.Scale(zero=False, nice=False, range=[0, alt.ExprRef(f"width - {BESIDE}")]),
    )
    paid, zero, foot = on("payback").encode(x=x), alt.datum(0), alt.value("height")
    return Drawing(
        layers(
            _columns(),
            *_lines(x),
            paid.mark_rule(color=INK, strokeDash=[2, 3]).encode(y=zero, y2=foot),
            paid.mark_point(color=INK, fill="white", size=90, opacity=1).encode(y=zero),
            *beside("payback", x=x, y=foot, lineBreak="\n", dy=-22),
        )
    )


def _columns() -> alt.Chart:
    """A bar for each year and kind."""
    colours = alt.Scale(domain=list(KINDS), range=list(KINDS.values()))
    square = alt.Legend(symbolType="square")
    drawn: alt.Chart = (
        on("bars")
        .transform_calculate(left=f"datum.start - {HALF}", right=f"datum.start + {HALF}")
        .mark_rect()
        .encode(
            x="left:Q",
            x2="right:Q",
            y="from:Q",
            y2="to:Q",
            color=alt.Color("kind:N", sort=list(KINDS), scale=colours, legend=square),
            tooltip=["financial_year:N", "kind:N", alt.Tooltip("amount:Q", format=",.0f")],
        )
    )
    return drawn


def _lines(x: alt.X) -> list[Chart]:
    """The position, discounted and not, and right of all bars where each of them ends."""
    y = alt.Y(
        "cumulative:Q",
        title=None,
        axis=money("y", tickCount=5),
        scale=alt.Scale(nice=False, padding=ROUND),
    )
    lines, edge = on("lines").encode(x=x), alt.value(alt.ExprRef(f"width - {BESIDE} + 5"))
    said = [
        label("ends", side, x=edge, y="position:Q", align="left", lineBreak="\n", **its)
        for side, its in ENDS.items()
    ]
    return [
        lines.mark_line(color=GREY, strokeDash=[6, 4]).encode(y="cumulative_present_value:Q"),
        lines.mark_line(color=BLUE, strokeWidth=3).encode(
            y=y, tooltip=["financial_year:N", alt.Tooltip("cumulative:Q", format=",.0f")]
        ),
        *(each.encode(color=alt.Color("colour:N", scale=None)) for each in said),
    ]


def _bars(table: pd.DataFrame, starts: list[int]) -> pd.DataFrame:
    """A bar for each year and kind, in pounds, each ``from`` where the one before it ends."""
    amounts = table[list(AMOUNTS)].to_numpy(float) * list(AMOUNTS.values())
    saved, spent, _ = amounts.T
    under = np.minimum(saved, 0)
    at = np.concatenate([np.zeros(len(saved)), under, under + spent])
    amount = amounts.T.ravel()
    return pd.DataFrame(
        {
            "start": starts * len(KINDS),
            "financial_year": table["financial_year"].tolist() * len(KINDS),
            "kind": [kind for kind in KINDS for _ in starts],
            "amount": amount,
            "from": at,
            "to": at + amount,
        }
    )


def _ends(table: pd.DataFrame) -> pd.DataFrame:
    """What is said of the ends of the lines: over the upper one, under the lower one."""
    ends = [(float(table[name].iloc[-1]), *line) for name, line in LINES.items()]
    rows = [
        {"position": at, "colour": colour, "over": "", "under": "", side: f"{said}\n{short(at)}"}
        for side, (at, said, colour) in zip(("under", "over"), sorted(ends), strict=True)
    ]
    return pd.DataFrame(rows)


def _payback(outcome: Outcome, starts: list[int]) -> pd.DataFrame:
    """When the position is above zero for good; no row where it never is, or never is below."""
    years = value(outcome, "payback_years")
    if not years:
        return pd.DataFrame(columns=["start", "left", "right"])
    at, text = starts[0] + YEARS_END + years, f"Paid back\n{_after(years)}"
    return pd.DataFrame([{"start": at, **sided(text, at, starts[0], starts[-1], ROOM)}])


def _title(outcome: Outcome, table: pd.DataFrame) -> str:
    end, years = table.iloc[-1].to_dict(), value(outcome, "payback_years")
    left, by = words.pounds(abs(end["cumulative"])), end["financial_year"]
    if years is None and end["saving"] < 0:
        return f"The move is a loss: by {by} it has cost {left}"
    if years is None:
        return f"Not paid back within {words.years(len(table) - 1)}: {left} short in {by}"
    if years:
        # Beyond nine decimals is the rounding of binary fractions.
        when = table["financial_year"].iloc[math.ceil(round(years, 9))]
        return f"Paid back {_after(years)}, in {when}; {left} ahead by {by}"
    if table["saving"].any():
        return f"Nothing has to be paid back: by {by} {left} is saved"
    return "Nothing is saved, and nothing is spent"


def _after(years: float) -> str:
    said = words.years(years)
    return "at once" if said == words.years(0) else f"after {said}"


def _description(outcome: Outcome, table: pd.DataFrame) -> str:
    least = int(table["cumulative"].argmin())
    first, lowest, end = table.iloc[[0, least, -1]].to_dict("records")
    transition, dual = (
        words.pounds(table[name].sum()) for name in ("transition_cost", "dual_running_cost")
    )
    paid = " ".join(
        f"{outcome[name].label}: {outcome[name].text}."
        for name in ("payback_years", "discounted_payback_years")
    )
    return (
        f"From {first['financial_year']} to {end['financial_year']}. Saved, net of help: "
        f"{outcome['total_saving'].text}, of it {outcome['fiscal_saving'].text} for the taxpayer "
        f"and {outcome['fee_payer_saving'].text} for fee-payers. Spent: {transition} on the "
        f"transition, {dual} on dual running. The position is lowest in "
        f"{lowest['financial_year']}, at {words.pounds(lowest['cumulative'])}, and at the end "
        f"{words.pounds(end['cumulative'])}; at present value it is then "
        f"{words.pounds(end['cumulative_present_value'])}. {paid}"
    )
