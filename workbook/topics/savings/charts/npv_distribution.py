"""How sure the answer is: net present value in the draws, its likely range, what is below zero."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import (
    BLUE,
    HEIGHT,
    INK,
    ORANGE,
    PLUM,
    Chart,
    Drawing,
    Figure,
    finish,
    layers,
    on,
)
from workbook.outcome import Outcome
from workbook.topics.savings.charts.axes import (
    DOT,
    SIDES,
    beside,
    label,
    money,
    short,
    sided,
    value,
)


def _within(usual: str, left: int, right: int) -> alt.ExprRef:
    """How far a label stands from its point, less where it would leave the chart.

    It takes so many pixels left and right of where it stands.
    """
    at = "scale('x', datum.npv)"
    return alt.ExprRef(f"max({left} - {at}, min({usual}, width - {right} - {at}))")


RANGE: dict[str, tuple[str, dict[str, Any]]] = {
    "npv_p10": ("P10\n", {"align": "right", "dx": _within("-4", 60, 0), "dy": 17}),
    "npv_p50": ("P50 ", {"align": "center", "dx": _within("0", 48, 48)}),
    "npv_p90": ("P90\n", {"align": "left", "dx": _within("4", 0, 60), "dy": 17}),
}
"""The likely range: how the label of each of its points begins, and how it stands to it."""

SIDES_AT, TEXTS_AT, RANGE_AT, OWN_AT, TOP = 6, 19, 72, 92, 112
"""Pixels from the top: what is told of either side of zero, of the range, of the scenario; bars."""


def npv_distribution(outcome: Outcome) -> Figure:
    """Net present value in the draws, what is below zero told apart."""
    table = outcome.tables["npv_distribution"]
    low, high = table[["npv_from", "npv_to"]].iloc[0]
    chance = value(outcome, "probability_npv_positive") or 0.0
    return finish(
        _chart(),
        {
            "draws": table,
            "likely": _likely(outcome),
            "own": _own(outcome, table),
            "sides": _sides(chance),
        },
        title=_title(chance),
        subtitle=(
            f"Net present value: share of {outcome.scenario.values()['draws']:,} draws of the "
            f"assumptions in each step of {words.pounds(high - low)}"
        ),
        description=_description(outcome, table, chance),
    )


@cache
def _chart() -> Drawing:
    x = alt.X("npv:Q", axis=money("x", grid=False), title=None)
    own, at = on("own").encode(x=x), alt.value(OWN_AT)
    zero = on("own").mark_rule(color=INK, strokeWidth=2)
    down = own.encode(y=at, y2=alt.value("height"))
    return Drawing(
        layers(
            _bars("datum.npv_from < 0", "datum.npv_from", "min(datum.npv_to, 0)", ORANGE),
            _bars("datum.npv_to > 0", "max(datum.npv_from, 0)", "datum.npv_to", BLUE),
            zero.encode(x=alt.datum(0), y=alt.value(TOP), y2=alt.value("height")),
            down.mark_rule(color="white", strokeWidth=4),
            down.mark_rule(color=PLUM, strokeWidth=2),
            own.mark_point(**DOT, color=PLUM, shape="diamond").encode(y=at),
            *beside("own", x=x, y=at, color=PLUM),
            *_range(x),
            *_key(),
        )
    )


def _bars(which: str, start: str, end: str, colour: str) -> alt.Chart:
    """The steps, or the parts of them, on one side of zero."""
    drawn: alt.Chart = (
        on("draws")
        .transform_filter(which)
        .transform_calculate(start=start, end=end)
        .mark_rect(color=colour, stroke="white", strokeWidth=0.5)
        .encode(
            x="start:Q",
            x2="end:Q",
            y=alt.Y(
                "draws_share:Q",
                title=None,
                axis=alt.Axis(format=".0%", tickCount=4, tickMinStep=0.01),
                scale=alt.Scale(range=[HEIGHT, TOP]),
            ),
            y2=alt.datum(0),
            tooltip=[
                alt.Tooltip("npv_from:Q", format=",.0f"),
                alt.Tooltip("npv_to:Q", format=",.0f"),
                alt.Tooltip("draws_share:Q", format=".1%"),
            ],
        )
    )
    return drawn


def _range(x: alt.X) -> list[Chart]:
    """P10 to P90 as a line, P50 within it, each with what is said of it above."""
    likely = on("likely").encode(x=x, y=alt.value(RANGE_AT))
    style = {"lineBreak": "\n", "baseline": "line-top", "fontWeight": "normal"}
    return [
        likely.mark_line(color=INK, strokeWidth=3),
        likely.mark_rule(color=INK).encode(y2=alt.value(TEXTS_AT + 15)),
        likely.mark_point(**DOT, color=INK),
        *(
            label("likely", name, x=x, y=alt.value(TEXTS_AT), **style, **its)
            for name, (_, its) in RANGE.items()
        ),
    ]


def _key() -> list[Chart]:
    """What lies on either side of zero, at the edges above."""
    at, ends = alt.value(SIDES_AT), (alt.value(6), alt.value(alt.ExprRef("width - 6")))
    square = on("sides").mark_square(size=140, opacity=1)
    return [
        *(
            square.encode(x=end, y=at, color=alt.value(colour))
            for end, colour in zip(ends, (ORANGE, BLUE), strict=True)
        ),
        *(
            label("sides", side, x=end, y=at, **SIDES[side])
            for end, side in zip(ends, ("right", "left"), strict=True)
        ),
    ]


def _likely(outcome: Outcome) -> pd.DataFrame:
    """P10, P50 and P90, what is said of each in the column of its name."""
    rows = [
        {"npv": (npv := value(outcome, name) or 0.0), name: f"{begins}{short(npv)}"}
        for name, (begins, _) in RANGE.items()
    ]
    return pd.DataFrame(rows).fillna("")


def _own(outcome: Outcome, table: pd.DataFrame) -> pd.DataFrame:
    """The scenario's own value, and what is said of it."""
    npv, low, high = value(outcome, "npv") or 0.0, table["npv_from"].min(), table["npv_to"].max()
    said = sided(f"Scenario: {short(npv)}", npv, min(low, 0.0), max(high, 0.0))
    return pd.DataFrame([{"npv": npv, **said}])


def _sides(chance: float) -> pd.DataFrame:
    """How likely a loss and a gain are, each in the column of where it stands to its colour."""
    loss, gain = words.chance(1 - chance), words.chance(chance)
    return pd.DataFrame([{"right": f"Loss: {loss}", "left": f"Gain: {gain}"}])


def _title(chance: float) -> str:
    if chance > 1 - words.LEAST_CHANCE:
        return "In more than 99 of 100 draws it is worth its cost"
    if chance < words.LEAST_CHANCE:
        return "In fewer than 1 of 100 draws is it worth its cost"
    only = "" if chance >= 1 / 2 else "only "
    return f"It is worth its cost in {only}{chance * 100:.0f} of 100 draws"


def _description(outcome: Outcome, table: pd.DataFrame, chance: float) -> str:
    ends = ", ".join(f"{outcome[name].label} {outcome[name].text}" for name in RANGE)
    most = table.iloc[int(table["draws_share"].argmax())].to_dict()
    low, high = (words.pounds(most[end]) for end in ("npv_from", "npv_to"))
    return (
        f"{ends}; in the scenario itself {outcome['npv'].text}. "
        f"It is above zero in {words.chance(chance)} of the draws. The fullest step, from {low} "
        f"to {high}, holds {words.percent(most['draws_share'])} of them; the outermost steps hold "
        "all that lie beyond them too."
    )
