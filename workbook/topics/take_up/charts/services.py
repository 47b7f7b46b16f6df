"""Service by service: take-up before and after, the largest services in order of take-up."""

from functools import cache

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import (
    BLUE,
    GREY,
    ORANGE,
    TURQUOISE,
    Drawing,
    Figure,
    Picks,
    finish,
    layers,
    on,
    rows_in_order,
)
from workbook.outcome import Outcome
from workbook.topics.take_up.charts.axes import names

SHOWN = 20
"""Services in the chart, the largest; the table has them all."""

ROW = 34
"""Height of a row in CSS pixels: a name with its dots beneath."""

MOVES = {"rose": BLUE, "fell": ORANGE, "stayed": GREY, "no earlier figure": TURQUOISE}


def services(outcome: Outcome) -> Figure:
    """Take-up of the largest services, before and after; each can be chosen."""
    table = outcome.tables["services"].dropna(subset=["take_up"])
    shown = _rows(table.head(SHOWN))
    return finish(
        _dots(),
        {"rows": shown},
        title=_title(table),
        subtitle=_subtitle(len(table), len(shown)),
        description=_description(table),
        picks=Picks(parameter="service", column="service"),
    )


@cache
def _dots() -> Drawing:
    moves = alt.Scale(domain=list(MOVES), range=list(MOVES.values()))
    colour = alt.Color("move:N", scale=moves, legend=alt.Legend(symbolOpacity=1))
    each = rows_in_order("service")
    axis = alt.Axis(format=".0%", tickCount=5, orient="top")
    x = alt.X("take_up:Q", title=None, axis=axis, scale=alt.Scale(domain=[0, 1], clamp=True))
    base = on("rows").encode(y=each, tooltip=["service:N", "text:N"])
    return Drawing(
        layers(
            base.mark_rule(strokeWidth=4, yOffset=8, opacity=0.5).encode(
                x=x, x2="take_up_before:Q", color=colour
            ),
            base.mark_point(
                size=60, yOffset=8, filled=False, strokeWidth=2, fill="white", opacity=1
            ).encode(x=alt.X("take_up_before:Q"), color=colour),
            base.mark_point(size=110, yOffset=8, filled=True, opacity=1).encode(x=x, color=colour),
            *names(base, "service"),
        ),
        {"step": ROW},
    )


def _rows(table: pd.DataFrame) -> pd.DataFrame:
    rows = table.sort_values("take_up", ascending=False, kind="stable", ignore_index=True)
    texts = [
        f"{words.percent(after)}"
        + ("" if pd.isna(before) else f", {words.percent(before)} before")
        + f"; {volume:,.0f} transactions"
        for before, after, volume in zip(
            rows["take_up_before"], rows["take_up"], rows["volume"], strict=True
        )
    ]
    return rows[["service", "take_up_before", "take_up"]].assign(
        place=range(len(rows)), move=[_move(change) for change in rows["change"]], text=texts
    )


def _move(change: float) -> str:
    if pd.isna(change):
        return "no earlier figure"
    return "stayed" if change == 0 else "rose" if change > 0 else "fell"


def _title(table: pd.DataFrame) -> str:
    both = table.dropna(subset=["change"])
    if both.empty:
        return f"{_count(len(table))}, none with an earlier figure"
    rose, count = int((both["change"] > 0).sum()), len(both)
    if count == 1:
        name = both.iloc[0]["service"]
        return f"{name}: take-up {_move(float(both.iloc[0]['change']))}"
    return f"Take-up rose in {rose} of the {count} services that report in both years"


def _count(services: int) -> str:
    return "One service" if services == 1 else f"{services} services"


def _subtitle(count: int, shown: int) -> str:
    which = f"the {shown} largest of {count} services" if shown < count else "every service"
    return f"Share of transactions made digitally, {which}; ring: the earlier year, dot: the latest"


def _description(table: pd.DataFrame) -> str:
    both = table.dropna(subset=["change"]).sort_values("change", ascending=False)
    if both.empty:
        return f"{_count(len(table))}, none with an earlier figure."
    first, last = (
        f"{name} {words.percent(before)} to {words.percent(after)}"
        for name, before, after in both[["service", "take_up_before", "take_up"]]
        .iloc[[0, -1]]
        .to_numpy()
    )
    return f"Largest rise: {first}. Smallest rise, or largest fall: {last}."
