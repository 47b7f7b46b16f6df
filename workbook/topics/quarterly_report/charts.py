"""The report's own chart, of what came of checking, and what it shows of the topics' charts."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from workbook.charting import (
    BLUE,
    GREY,
    HALO,
    INK,
    ORANGE,
    TURQUOISE,
    Drawing,
    Figure,
    finish,
    layers,
    on,
    rows_in_order,
)
from workbook.claims.verdicts import NOT_CHECKABLE, NOT_REPRODUCED, REPRODUCED, ROUNDED
from workbook.outcome import Outcome
from workbook.topic import AnyChart
from workbook.topics.quarterly_report.checked import COUNTS

ROW = 54
"""Height of a row in CSS pixels: the section, its bar, the figures between them."""

COLOURS = {
    NOT_REPRODUCED: ORANGE,
    ROUNDED: TURQUOISE,
    REPRODUCED: BLUE,
    NOT_CHECKABLE: GREY,
}
FILLS = {**COLOURS, NOT_CHECKABLE: "white"}
"""Edge and filling of a bar by its verdict: hollow is what cannot be checked."""


def told(chart: AnyChart) -> AnyChart:
    """A topic's chart as a report shows it: nothing is picked in it."""
    return replace(chart, picks=None) if isinstance(chart, Figure) else chart


def sections(outcome: Outcome) -> Figure:
    """How many figures of each section of the report came to each verdict."""
    table = outcome.tables["sections"]
    return finish(
        _bars(),
        {"rows": _rows(table)},
        title=_title(table),
        subtitle="Printed figures by section of the report and by what came of checking each",
        description=_description(table),
    )


@cache
def _bars() -> Drawing:
    base = on("rows").encode(
        y=rows_in_order("section"), tooltip=["section:N", "verdict:N", "claims:Q"]
    )
    edge, fill = (
        alt.Scale(domain=list(by_verdict), range=list(by_verdict.values()))
        for by_verdict in (COLOURS, FILLS)
    )
    bar: dict[str, Any] = {"height": 12, "yOffset": 15, "strokeWidth": 1}
    x = alt.X("start:Q", axis=None, scale=alt.Scale(nice=False))
    text: dict[str, Any] = {"align": "left", "color": INK, "limit": alt.ExprRef("width")}
    lines: dict[str, dict[str, Any]] = {
        "name": {"dy": -18, "fontWeight": "bold"},
        "text": {"dy": -1},
    }
    return Drawing(
        layers(
            base.mark_bar(**bar).encode(
                x=x,
                x2="end:Q",
                fill=alt.Fill("verdict:N", scale=fill),
                stroke=alt.Stroke("verdict:N", scale=edge),
            ),
            *(
                base.mark_text(**{**text, **line, **outline}).encode(
                    x=alt.value(0), text=f"{field}:N"
                )
                for field, line in lines.items()
                for outline in (HALO, {})
            ),
        ),
        {"step": ROW},
    )


def _rows(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each verdict of each section, from ``start`` to ``end`` in printed figures."""
    columns = ["place", "section", "verdict", "claims", "start", "end", "name", "text"]
    return pd.DataFrame(list(_segments(table)), columns=columns)


def _segments(table: pd.DataFrame) -> Iterator[tuple[int | str, ...]]:
    for place, row in enumerate(table.to_dict("records")):
        start, name, text = 0, str(row["section"]), _counted(row)
        for verdict, column in COUNTS.items():
            if count := int(row[column]):
                yield place, row["section"], verdict, count, start, start + count, name, text
                start, name, text = start + count, "", ""


def _counted(row: Mapping[Hashable, Any]) -> str:
    """The verdicts of a section: ``1 not reproduced, 3 reproduced``."""
    counts = {verdict: int(row[column]) for verdict, column in COUNTS.items()}
    return ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)


def _title(table: pd.DataFrame) -> str:
    if table.empty:
        return "No figures had been printed that could be checked"
    counts = {verdict: int(table[column].sum()) for verdict, column in COUNTS.items()}
    wrong = counts[NOT_REPRODUCED]
    checked = sum(counts.values()) - counts[NOT_CHECKABLE]
    if not wrong:
        return f"All {checked} printed figures that can be checked come out as printed"
    does = "does" if wrong == 1 else "do"
    return (
        f"{wrong} of {checked} printed figures that can be checked {does} not come out as printed"
    )


def _description(table: pd.DataFrame) -> str:
    if table.empty:
        return "Nothing is drawn."
    return " ".join(f"{row['section']}: {_counted(row)}." for row in table.to_dict("records"))
