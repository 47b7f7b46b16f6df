"""What was published as saved: part by part, what is computed here, and what is never added."""

from functools import cache
from itertools import groupby
from textwrap import wrap
from typing import Any

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import (
    BLUE,
    PLUM,
    TURQUOISE,
    Drawing,
    Figure,
    finish,
    layers,
    on,
    rows_in_order,
)
from workbook.outcome import Outcome
from workbook.topics.savings.charts.axes import short
from workbook.topics.savings.charts.rows import (
    BENEATH,
    FIGURE,
    HEADING,
    NAME,
    ROW,
    amounts,
    texts,
)
from workbook.topics.savings.published import RESIDUAL, SUM
from workbook.topics.savings.tables import COMPONENT, NARROW, TOTAL

WIDER = "another definition"
"""In place of the role of a row that is never added to those of the narrow definition."""

PARTS = (COMPONENT, RESIDUAL)
"""Roles of the rows that make up a total together."""

COMPUTED = {RESIDUAL: ", {} of it in no published part", SUM: "; its parts add up to {}"}
"""What the title says of a row that is computed here, by its role."""

WRAPPED = 38
"""Letters of a heading in a line, so that it can be read on a telephone."""

COLOURS = {TOTAL: BLUE, COMPONENT: TURQUOISE, RESIDUAL: TURQUOISE, SUM: BLUE, WIDER: PLUM}
FILLS = {**COLOURS, RESIDUAL: "white", SUM: "white", WIDER: "white"}
DASHES = {role: [4, 3] if role in {RESIDUAL, SUM} else [1, 0] for role in COLOURS}
"""Edge, filling and dashes of a bar by its role: hollow is what is computed or never added."""


def published(outcome: Outcome) -> Figure:
    """The published savings by year and part, each part starting where the one before it ends."""
    table = outcome.tables["published"]
    return finish(
        _bars(),
        {"rows": _rows(table)},
        title=_title(table, outcome.scenario.quarter),
        subtitle=(
            "£ by financial year, each part from where the one before it ends; dashed: computed "
            "here; outlined: another definition, never added"
        ),
        description=_description(table),
    )


@cache
def _bars() -> Drawing:
    base = on("rows").encode(y=rows_in_order("place"), tooltip=["name:N", "text:N"])
    edge, fill, dash = (
        alt.Scale(domain=list(by_role), range=list(by_role.values()))
        for by_role in (COLOURS, FILLS, DASHES)
    )
    bars = base.mark_bar(height=11, yOffset=BENEATH, strokeWidth=1.5).encode(
        x=amounts("start"),
        x2="end:Q",
        stroke=alt.Stroke("role:N", scale=edge, legend=None),
        fill=alt.Fill("role:N", scale=fill, legend=None),
        strokeDash=alt.StrokeDash("role:N", scale=dash, legend=None),
    )
    return Drawing(
        layers(bars, *texts(base, heading=HEADING, name=NAME, text=FIGURE)), {"step": ROW}
    )


def _rows(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each heading and each saving, which goes from ``start`` to ``end`` in pounds."""
    rows: list[dict[str, Any]] = []
    for heading, account in groupby(table.to_dict("records"), _heading):
        text = "\n".join(["", *wrap(heading, WRAPPED)][-2:])
        rows.append({"heading": text, "name": "", "text": "", "role": ""})
        reached = 0.0
        for row in account:
            start = reached if row["role"] in PARTS else 0.0
            end = start + row["value"]
            reached = end if row["role"] in PARTS else 0.0
            rows.append(_bar(row) | {"start": start, "end": end})
    columns = ["place", "heading", "name", "text", "role", "start", "end"]
    return pd.DataFrame([{"place": at, **row} for at, row in enumerate(rows)], columns=columns)


def _bar(row: dict[Any, Any]) -> dict[str, Any]:
    """What is said of a saving beside its bar, and the role by which that is drawn."""
    role = row["role"] if row["definition"] == NARROW else WIDER
    return {"heading": "", "name": _name(row), "text": short(row["value"]), "role": role}


def _heading(row: dict[Any, Any]) -> str:
    if row["definition"] == NARROW:
        return f"{row['financial_year']}: {row['definition']}"
    return f"Never added: {row['definition']}"


def _name(row: dict[Any, Any]) -> str:
    """What a row is called under its heading."""
    if row["definition"] == NARROW:
        return "Published total" if row["role"] == TOTAL else str(row["component"])
    year = str(row["financial_year"])
    return year if row["role"] == TOTAL else f"{year}: {row['component']}"


def _title(table: pd.DataFrame, quarter: str) -> str:
    narrow = [row for row in table.to_dict("records") if row["definition"] == NARROW]
    totals = [row for row in narrow if row["role"] == TOTAL]
    if not totals:
        what = "Nothing" if table.empty else f"Nothing by the definition of {NARROW}"
        return f"{what} had been published for a year that ended by {quarter}"
    year, total = totals[-1]["financial_year"], words.pounds(totals[-1]["value"])
    added = [
        COMPUTED[row["role"]].format(words.pounds(row["value"]))
        for row in narrow
        if row["financial_year"] == year and row["role"] in COMPUTED
    ]
    return f"{total} published for {year}{''.join(added)}"


def _description(table: pd.DataFrame) -> str:
    if table.empty:
        return "No savings had been published."
    parts = []
    for heading, account in groupby(table.to_dict("records"), _heading):
        rows = list(account)
        said = ", ".join(f"{_name(row)} {words.pounds(row['value'])}" for row in rows)
        notes = dict.fromkeys(row["note"] for row in rows if pd.notna(row["note"]) and row["note"])
        parts += [f"{heading}: {said}.", *notes]
    return " ".join(parts)
