"""Where the answer turns: the take-up from which it is worth its cost, by what a contact saves."""

from collections.abc import Hashable
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import (
    BLUE,
    GREY,
    INK,
    PLUM,
    TURQUOISE,
    Drawing,
    Figure,
    finish,
    layers,
    on,
)
from workbook.outcome import Outcome
from workbook.topics.savings.charts.axes import DOT, label, money

TOP = 10
"""Pixels from the top: what is told of the scenario's cost gap, beside its line."""

ROUND = 22
"""Pixels over everybody and under the lowest line, for what is said of it and of the gap."""

NEAR = 0.03
"""Take-up: a line that is less above a point is in the way of a label over it."""

Row = dict[Hashable, Any]
Rows = list[Row]
"""Of the table: a cost gap, and the take-up at which it turns."""

NO_TARGET = "Take-up goes as it is forecast: there is no target to break even at"


def break_even(outcome: Outcome) -> Figure:
    """Break-even take-up by the cost gap, with the scenario's own, its target and today's."""
    table = outcome.tables["break_even"]
    now = float(outcome.tables["cash_flow"]["take_up"].iloc[0])
    target = float(outcome.scenario.values()["take_up_target"])
    rows = table.to_dict("records")
    own, curve = rows[:1], [row for row in rows[1:] if pd.notna(row["take_up"])]
    return finish(
        _chart(),
        {
            "rows": table.iloc[1:],
            "own": _own(own, target),
            "now": pd.DataFrame([{"take_up": now, "text": f"Today {words.percent(now)}"}]),
            "target": _target(own, curve, now, target),
            "worth": pd.DataFrame({"text": ["Worth its cost"][: len(curve)]}),
        },
        title=_title(own, curve, now, target),
        subtitle=(
            "Take-up at which net present value is zero, by how much more a contact costs by the "
            "other channels than online"
        ),
        description=_description(own, curve, now, target),
    )


@cache
def _chart() -> Drawing:
    x = alt.X(
        "cost_gap:Q",
        title="Cost gap, £ a contact",
        axis=money("x", grid=False, tickCount=alt.ExprRef("min(8, width / 50)")),
        scale=alt.Scale(nice=False),
    )
    y = alt.Y(
        "take_up:Q",
        title=None,
        axis=alt.Axis(format=".0%", tickCount=6, tickMinStep=0.01),
        scale=alt.Scale(zero=False, nice=False, domainMax=1, padding=ROUND),
    )
    rows, own = on("rows").encode(x=x, y=y), on("own").encode(x=x)
    return Drawing(
        layers(
            rows.mark_area(color=TURQUOISE, opacity=0.2).encode(y2=alt.datum(1)),
            on("now").mark_rule(color=GREY, strokeDash=[2, 3], strokeWidth=2).encode(y=y),
            on("target").mark_rule(color=PLUM, strokeDash=[6, 4], strokeWidth=2).encode(y=y),
            own.mark_rule(color=INK, strokeDash=[2, 3]),
            rows.mark_line(color=BLUE, strokeWidth=3),
            own.mark_point(**DOT, color=PLUM).encode(y="take_up_target:Q"),
            own.mark_point(**{**DOT, "filled": False}, color=BLUE, fill="white").encode(y=y),
            *_labels(x, y),
        )
    )


def _labels(x: alt.X, y: alt.Y) -> list[alt.LayerChart]:
    left, right = alt.value(4), alt.value(alt.ExprRef("width - 4"))
    return [
        label("now", "text", x=left, y=y, align="left", dy=12, color=GREY),
        label("target", "over", x=right, y=y, align="right", dy=-10, color=PLUM),
        label("target", "under", x=right, y=y, align="right", dy=12, color=PLUM),
        label("worth", "text", x=right, y=alt.value(4 * TOP), align="right"),
        label("own", "gap", x=x, y=alt.value(TOP), align="left", dx=8),
        label("own", "over", x=x, y=y, align="left", dx=10, dy=-8, color=BLUE),
        label("own", "under", x=x, y=y, align="right", dx=-10, dy=10, color=BLUE),
    ]


def _own(own: Rows, target: float) -> pd.DataFrame:
    """The scenario's own cost gap, with the take-up at which it turns, where there is one.

    What is said of that stands under it where the target's line is near above.
    """
    rows = [
        {
            **row,
            "take_up_target": target,
            "gap": f"Gap {words.pounds(row['cost_gap'])}",
            **_placed(_turn(row), under=0 <= target - row["take_up"] < NEAR),
        }
        for row in own
    ]
    columns = ["cost_gap", "take_up", "take_up_target", "gap", "over", "under"]
    return pd.DataFrame(rows, columns=columns)


def _target(own: Rows, curve: Rows, now: float, target: float) -> pd.DataFrame:
    """The target's line, its label on the side of it that the curve leaves free."""
    lowest = min((row["take_up"] for row in curve), default=1.0)
    said = _placed(f"Target {words.percent(target)}", under=now < target < lowest)
    rows = [{"take_up": target, **said} for _ in own]
    return pd.DataFrame(rows, columns=["take_up", "over", "under"])


def _placed(text: str, *, under: bool) -> dict[str, str]:
    """A label in the column of where it stands."""
    return {"over": "" if under else text, "under": text if under else ""}


def _turn(row: Row) -> str:
    return "" if pd.isna(row["take_up"]) else words.percent(row["take_up"])


def _title(own: Rows, curve: Rows, now: float, target: float) -> str:
    if not own:
        return NO_TARGET
    turn, gap = own[0]["take_up"], words.pounds(own[0]["cost_gap"])
    none = f"No take-up makes it worth its cost at a cost gap of {gap}"
    if pd.isna(turn) and not curve:
        return f"{none}, nor at any other tried"
    if pd.isna(turn):
        return f"{none}: it would take about {words.pounds(curve[0]['cost_gap'])}"
    if turn <= now:
        return f"Worth its cost at any take-up above today’s {words.percent(now)}"
    stands = "above" if target >= turn else "short"
    return (
        f"Worth its cost from {words.percent(turn)} take-up on; the target of "
        f"{words.percent(target)} is {words.points(abs(target - turn))[1:]} points {stands}"
    )


def _description(own: Rows, curve: Rows, now: float, target: float) -> str:
    today = f"today’s take-up is {words.percent(now)}"
    if not own:
        return f"{NO_TARGET}; {today}."
    said = [_said(own[0]), f"The target is {words.percent(target)}, {today}."]
    if curve:
        said += [_said(curve[0]), _said(curve[-1])]
    else:
        said += ["At none of the cost gaps tried is any take-up enough."]
    return " ".join(said)


def _said(row: Row) -> str:
    """From which take-up on it is worth its cost, at a cost gap."""
    at = f"At a cost gap of {words.pounds(row['cost_gap'])} a contact"
    if turn := _turn(row):
        return f"{at} it is worth its cost from a take-up of {turn} on."
    return f"{at} no take-up makes it worth its cost."
