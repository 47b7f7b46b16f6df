"""Cost against take-up: each service with what a transaction costs."""

from functools import cache

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import BLUE, Drawing, Figure, Picks, finish, layers, on
from workbook.outcome import Outcome

HALF = 0.5
TENS = [10.0**power for power in range(-3, 6)]
CHEAPEST = TENS[0]
"""Pounds: on a logarithmic axis a cost of 0 has no place."""


def cost(outcome: Outcome) -> Figure:
    """Cost of a transaction by take-up; each service can be chosen."""
    table = outcome.tables["cost"]
    rows = table[table["cost"] >= CHEAPEST]
    texts = [
        f"{words.pounds(price)} a transaction, {words.percent(share)} digital, {volume:,.0f} a year"
        for price, share, volume in zip(rows["cost"], rows["take_up"], rows["volume"], strict=True)
    ]
    return finish(
        _dots(),
        {"rows": rows[["service", "take_up", "cost", "volume"]].assign(text=texts)},
        title=_title(table),
        subtitle="Pounds a transaction (each line is ten times the one below), by take-up",
        description=_description(table),
        picks=Picks(parameter="service", column="service"),
    )


@cache
def _dots() -> Drawing:
    return Drawing(
        layers(
            on("rows")
            .mark_point(color=BLUE, filled=True, opacity=0.6)
            .encode(
                x=alt.X(
                    "take_up:Q",
                    title="Take-up",
                    axis=alt.Axis(format=".0%", tickCount=5),
                    scale=alt.Scale(domain=[0, 1], clamp=True),
                ),
                y=alt.Y(
                    "cost:Q",
                    title=None,
                    axis=alt.Axis(
                        values=TENS,
                        labelExpr="'£' + format(datum.value, ',~r')",
                    ),
                    scale=alt.Scale(type="log"),
                ),
                size=alt.Size(
                    "volume:Q", scale=alt.Scale(type="sqrt", range=[40, 900]), legend=None
                ),
                tooltip=["service:N", "text:N"],
            )
        )
    )


def _title(table: pd.DataFrame) -> str:
    high, low = table[table["take_up"] >= HALF], table[table["take_up"] < HALF]
    if high.empty or low.empty:
        return f"What a transaction costs in {len(table)} services"
    one, other = (words.pounds(float(rows["cost"].median())) for rows in (high, low))
    return f"Services that are mostly digital cost a median {one} a transaction, the others {other}"


def _description(table: pd.DataFrame) -> str:
    if table.empty:
        return "No service has both a take-up and a cost."
    ends = table.sort_values("cost").iloc[[0, -1]].to_dict("records")
    least, most = (f"{row['service']}, {words.pounds(row['cost'])}" for row in ends)
    return f"{len(table)} services. The least: {least}. The most: {most}."
