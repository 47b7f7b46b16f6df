"""How likely each service is to be at the target when the forecast ends."""

from functools import cache

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import (
    BLUE,
    TURQUOISE,
    Drawing,
    Figure,
    Picks,
    finish,
    layers,
    on,
    rows_in_order,
)
from workbook.quarters import later
from workbook.topics.take_up.charts.axes import names
from workbook.topics.take_up.scenario import TakeUp

SHOWN = 20
"""Services in the chart, the largest; the table has them all."""

ROW = 34
KINDS = {"at the target now": TURQUOISE, "below it": BLUE}


def chart(table: pd.DataFrame, scenario: TakeUp) -> Figure:
    """The chance of each of the largest services, the most likely first."""
    goal = words.percent(scenario.target)
    shown = table.head(SHOWN).sort_values(
        "probability_of_target", ascending=False, kind="stable", ignore_index=True
    )
    end = max((later(each, scenario.horizon) for each in table["quarter"]), default="")
    return finish(
        _bars(),
        {"rows": _rows(shown, scenario)},
        title=_title(table, goal, end),
        subtitle=(
            f"Chance that take-up is {goal} or more {scenario.horizon} quarters ahead"
            + (f", the {SHOWN} largest of {len(table)} services" if len(table) > SHOWN else "")
        ),
        description=_description(table, goal, end),
        picks=Picks(parameter="service", column="service"),
    )


@cache
def _bars() -> Drawing:
    each = rows_in_order("service")
    x = alt.X(
        "probability_of_target:Q",
        title=None,
        axis=alt.Axis(format=".0%", tickCount=5, orient="top"),
        scale=alt.Scale(domain=[0, 1]),
    )
    base = on("rows").encode(y=each, tooltip=["service:N", "text:N"])
    colour = alt.Color("kind:N", scale=alt.Scale(domain=list(KINDS), range=list(KINDS.values())))
    bars = base.mark_bar(height=8, yOffset=10).encode(x=x, color=colour)
    return Drawing(layers(bars, *names(base, "name")), {"step": ROW})


def _rows(shown: pd.DataFrame, scenario: TakeUp) -> pd.DataFrame:
    met = (shown["take_up"] >= scenario.target).tolist()
    when = [
        f"since {quarter}" if now else quarter or "not within the forecast"
        for now, quarter in zip(
            met,
            shown["target_quarter"].astype(object).where(shown["target_quarter"].notna(), None),
            strict=True,
        )
    ]
    texts = [
        f"now {words.percent(share)}; at the target {quarter}; chance "
        + ("not known" if pd.isna(chance) else words.chance(chance))
        for share, quarter, chance in zip(
            shown["take_up"], when, shown["probability_of_target"], strict=True
        )
    ]
    kinds = list(KINDS)
    return shown[["service", "probability_of_target"]].assign(
        name=[
            f"{name}: {quarter}" if known else name
            for name, quarter, known in zip(
                shown["service"], when, shown["target_quarter"].notna(), strict=True
            )
        ],
        place=range(len(shown)),
        kind=[kinds[0] if now else kinds[1] for now in met],
        text=texts,
    )


def _title(table: pd.DataFrame, goal: str, end: str) -> str:
    if table.empty:
        return "No service reports"
    count, there = len(table), int(table["target_quarter"].notna().sum())
    return f"{there} of {count} services are at {goal} or expected to be there by {end}"


def _description(table: pd.DataFrame, goal: str, end: str) -> str:
    likely = table[table["probability_of_target"] > 1 / 2]
    volume = table["volume"].sum()
    share = likely["volume"].sum() / volume if volume else 0.0
    return (
        f"{len(likely)} of {len(table)} services, with {words.percent(float(share))} of the "
        f"volume, are more likely than not to be at {goal} or above in {end}."
    )
