"""Other ways to the same answer, side by side: how far apart they lie, and why."""

import re
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import BLUE, GREY, Drawing, Figure, finish, layers, on, rows_in_order
from workbook.outcome import Outcome
from workbook.topics.savings.charts.axes import DOT, short
from workbook.topics.savings.charts.rows import BENEATH, FIGURE, NAME, ROW, amounts, texts

SENTENCES = re.compile(r"\S.*?\.(?= |$)")

MANY = 10
"""Times: a factor from here on is told without decimals."""

KINDS = {"this scenario": BLUE, "the report": GREY}


def ways(outcome: Outcome) -> Figure:
    """What is saved a year by each way, the largest first."""
    table = outcome.tables["ways"]
    return finish(
        _dots(),
        {"rows": _rows(table)},
        title=_title(table),
        subtitle="£ saved a year once take-up has risen; the line is a way’s range, if it has one",
        description=_description(table),
    )


@cache
def _dots() -> Drawing:
    base = on("rows").encode(y=rows_in_order("way"), tooltip=["way:N", "text:N"])
    colour = alt.Color(
        "kind:N", scale=alt.Scale(domain=list(KINDS), range=list(KINDS.values())), legend=None
    )
    return Drawing(
        layers(
            base.mark_rule(strokeWidth=4, opacity=0.5, yOffset=BENEATH).encode(
                x=alt.X("low:Q"), x2="high:Q", color=colour
            ),
            base.mark_point(**DOT, yOffset=BENEATH).encode(
                x=amounts("annual_saving"), color=colour
            ),
            *texts(base, way=NAME, text=FIGURE),
        ),
        {"step": ROW},
    )


def _rows(table: pd.DataFrame) -> pd.DataFrame:
    own, *others = KINDS
    rows = table.assign(kind=[own, *others * (len(table) - 1)])
    rows = rows.sort_values("annual_saving", ascending=False, kind="stable", ignore_index=True)
    return rows[["way", "annual_saving", "low", "high", "kind"]].assign(
        place=range(len(rows)), text=[short(saved) for saved in rows["annual_saving"]]
    )


def _title(table: pd.DataFrame) -> str:
    alike = table[(table["take_up_from"] == table["take_up_from"].iloc[0])]
    saved = alike["annual_saving"]
    own, low, high = float(saved.iloc[0]), float(saved.min()), float(saved.max())
    if len(alike) == 1:
        return f"{words.pounds(own)} a year, and no other way to compare it with"
    if low == high == 0:
        return "Nothing is saved in any of the ways"
    if low > 0:
        return f"From the same take-up the ways lie a factor of {_factor(high / low)} apart"
    ends = f"{words.pounds(low)} to {words.pounds(high)}"
    return f"From the same take-up the ways reach from {ends} a year"


def _factor(times: float) -> str:
    return f"{times:,.0f}" if times >= MANY else f"{times:.1f}".removesuffix(".0")


def _description(table: pd.DataFrame) -> str:
    """Each way in words, and why it differs; what was said of one way is not said of another."""
    said: dict[str, None] = {}
    for row in table.to_dict("records"):
        said[_said(row)] = None
        said |= dict.fromkeys(SENTENCES.findall(row["why"]))
    return " ".join(said)


def _said(row: dict[Any, Any]) -> str:
    """A way in words: its figure, its range, its take-up."""
    ends = [words.pounds(row[end]) for end in ("low", "high") if pd.notna(row[end])]
    likely = f" ({' to '.join(ends)})" if ends else ""
    start, target = (words.percent(row[end]) for end in ("take_up_from", "take_up_to"))
    saved = words.pounds(row["annual_saving"])
    return f"{row['way']}: {saved} a year{likely}, from {start} to {target}."
