"""How far each commitment with a target has come towards it, and whether it is on course."""

from functools import cache
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import (
    BLUE,
    GREY,
    ORANGE,
    RULE,
    Drawing,
    Figure,
    finish,
    layers,
    on,
    rows_in_order,
)
from workbook.outcome import Outcome
from workbook.quarters import period_end
from workbook.topics.delivery.charts.marks import texts
from workbook.topics.delivery.course import NO, NOT_KNOWN, YES
from workbook.topics.delivery.rows import Row

ROW = 66
"""Height of a row in CSS pixels: two lines of what is committed to, its state, its bar."""

WRAPPED, LINES = 44, 2
"""Letters in a line, so that it can be read on a telephone, and lines."""

COLOURS = {YES: BLUE, NO: ORANGE, NOT_KNOWN: GREY}
COURSE = {YES: "on course", NO: "off course", NOT_KNOWN: "not known"}
ORDER = (NO, YES, NOT_KNOWN)


def progress(outcome: Outcome) -> Figure:
    """A bar for each commitment that has a target, those off course first."""
    table = outcome.tables["progress"]
    return finish(
        _bars(),
        {"rows": _rows(table)},
        title=_title(table, len(outcome.tables["commitments"])),
        subtitle=(
            f"Newest value{_of_when(table)} as a share of the target, where each track ends; "
            "hollow: not published"
        ),
        description=_description(table),
    )


@cache
def _bars() -> Drawing:
    scale = alt.Scale(domain=[0, 1], clamp=True, nice=False)
    x = alt.X("nothing:Q", axis=None, scale=scale)
    base = on("rows").encode(y=rows_in_order("place"), tooltip=["commitment:N", "why:N"])
    bar: dict[str, Any] = {"height": 9, "yOffset": 26}
    colour = alt.Color(
        "on_course:N",
        scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
        legend=None,
    )
    track = alt.Fill(
        "track:N", scale=alt.Scale(domain=["told", "untold"], range=[RULE, "white"]), legend=None
    )
    return Drawing(
        layers(
            base.mark_bar(**bar, stroke=RULE).encode(x=x, x2="all:Q", fill=track),
            base.mark_bar(**bar).encode(x=x, x2="of_target:Q", color=colour),
            *texts(
                base,
                name={"dy": -20, "lineBreak": "\n", "fontWeight": "bold"},
                text={"dy": 12},
            ),
        ),
        {"step": ROW},
    )


def _rows(table: pd.DataFrame) -> pd.DataFrame:
    rows = _sorted(table)
    told = rows.to_dict("records")
    return rows[["id", "commitment", "of_target", "on_course", "why"]].assign(
        place=range(len(rows)),
        nothing=0.0,
        all=1.0,
        track=["untold" if pd.isna(row["value"]) else "told" for row in told],
        name=[_wrapped(str(row["commitment"])) for row in told],
        text=[_state(row) for row in told],
    )


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    """Those off course first, then those on course; of each the furthest from its target first."""
    order = table["on_course"].map(ORDER.index)
    keyed = table.assign(order=order.astype(int))
    found = keyed.sort_values(["order", "of_target"], kind="stable", ignore_index=True)
    return found.drop(columns="order")


def _wrapped(text: str) -> str:
    """A text in two lines, cut where they end; one line stands on the second."""
    lines = wrap(text, WRAPPED, max_lines=LINES, placeholder=" …")
    return "\n".join(["", *lines][-LINES:])


def _state(row: Row) -> str:
    """Where it stands: ``3 of at least 7 by Sep 2014: off course``."""
    target = _said(row["target"], row["unit"])
    if row["unit"] != "share" or row["target"] < 1:
        target = f"{row['sense']} {target}"
    due: str = f" by {period_end(row['target_date']):%b %Y}" if pd.notna(row["target_date"]) else ""
    if pd.isna(row["value"]):
        return f"Not published; to be {target}{due}"
    value = words.value_in(float(row["value"]), row["unit"])
    return f"{value} of {target}{due}: {COURSE[row['on_course']]}"


def _of_when(table: pd.DataFrame) -> str:
    """The months that the values are of, such as `` (June 2014 to September 2014)``."""
    days = sorted({period_end(each) for each in table.loc[table["value"].notna(), "period"]})
    ends = dict.fromkeys(f"{day:%B %Y}" for day in (days[:1] + days[-1:]))
    return f" ({' to '.join(ends)})" if ends else ""


def _said(value: float, unit: str) -> str:
    """A value as it stands beside a bar, with what it counts where a number alone is none."""
    written = words.value_in(float(value), unit)
    return {"level": f"level {written}", "months": f"{written} months"}.get(unit, written)


def _title(table: pd.DataFrame, every: int) -> str:
    if table.empty:
        none = {0: "No commitment had been reported", 1: "The one commitment has no target"}
        return none.get(every, f"None of {every} commitments has a published target")
    off, on_course, unknown = (int((table["on_course"] == course).sum()) for course in ORDER)
    if len(table) == 1:
        return f"The one commitment with a target is {COURSE[table['on_course'].iloc[0]]}"
    return (
        f"Of {len(table)} commitments with a target, {_are(on_course)} on course and {_are(off)} "
        f"off course; of {unknown} it is not known"
    )


def _description(table: pd.DataFrame) -> str:
    if table.empty:
        return "Nothing is drawn."
    return " ".join(
        f"{row['commitment']}: {COURSE[row['on_course']]}. {row['why']}"
        for row in _sorted(table).to_dict("records")
    )


def _are(count: int) -> str:
    return f"{count or 'none'} {'is' if count <= 1 else 'are'}"
