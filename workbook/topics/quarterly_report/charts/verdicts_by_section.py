"""How many published figures of each section of the report were confirmed or contradicted."""

from collections.abc import Hashable, Iterator, Mapping
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.figure import ChartTemplate, Figure, layer_charts, make_figure, named_data
from workbook.charts.marks import category_scale
from workbook.charts.rows import row_channel, row_height, row_texts
from workbook.charts.theme import BLUE, GREY, MAUVE, ORANGE, PLUM, TURQUOISE
from workbook.claims.verdict import (
    CONFIRMED,
    CONSISTENT,
    CONTRADICTED,
    NOT_CHECKABLE,
    PLAN_NOT_MET,
    WITHIN_REVISIONS,
)
from workbook.outcome import Outcome
from workbook.text.grammar import choose_form
from workbook.topics.quarterly_report.published_figures import KIND_COUNT_COLUMNS

_ROW_HEIGHT = 54
"""Height of a row in CSS pixels: the section, the counts in words, and the bar."""

_KIND_COLOURS = {
    CONTRADICTED: ORANGE,
    PLAN_NOT_MET: PLUM,
    WITHIN_REVISIONS: MAUVE,
    CONSISTENT: TURQUOISE,
    CONFIRMED: BLUE,
    NOT_CHECKABLE: GREY,
}
_KIND_FILLS = {**_KIND_COLOURS, NOT_CHECKABLE: "white"}
"""Outline and fill of a bar by its finding: no fill for figures that cannot be checked."""


def draw_verdicts_by_section(outcome: Outcome) -> Figure:
    """Draw the number of published figures with each finding, section by section."""
    table = outcome.frame("sections")
    return make_figure(
        _build_template(),
        {"rows": _build_rows(table)},
        title=_write_title(table),
        subtitle="Published figures by section of the report and by finding",
        description=_write_description(table),
    )


@cache
def _build_template() -> ChartTemplate:
    base = named_data("rows").encode(
        y=row_channel("section"), tooltip=["section:N", "finding:N", "claims:Q"]
    )
    bar: dict[str, Any] = {"height": 12, "yOffset": 15, "strokeWidth": 1}
    x = alt.X("start:Q", axis=None, scale=alt.Scale(nice=False))
    return ChartTemplate(
        layer_charts(
            base.mark_bar(**bar).encode(
                x=x,
                x2="end:Q",
                fill=alt.Fill("finding:N", scale=category_scale(_KIND_FILLS)),
                stroke=alt.Stroke("finding:N", scale=category_scale(_KIND_COLOURS)),
            ),
            *row_texts(base, name={"dy": -18, "fontWeight": "bold"}, text={"dy": -1}),
        ),
        row_height(_ROW_HEIGHT),
    )


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each finding of each section, from ``start`` to ``end`` in published figures."""
    columns = ["place", "section", "finding", "claims", "start", "end", "name", "text"]
    return pd.DataFrame(list(_build_segments(table)), columns=columns)


def _build_segments(table: pd.DataFrame) -> Iterator[tuple[int | str, ...]]:
    for place, row in enumerate(table.to_dict("records")):
        start, name, text = 0, str(row["section"]), _describe_counts(row)
        for kind, column in KIND_COUNT_COLUMNS.items():
            if count := int(row[column]):
                yield place, row["section"], kind, count, start, start + count, name, text
                start, name, text = start + count, "", ""


def _describe_counts(row: Mapping[Hashable, Any]) -> str:
    """The findings of a section: ``1 contradicted, 3 consistent within the report``."""
    counts = {kind: int(row[column]) for kind, column in KIND_COUNT_COLUMNS.items()}
    return ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)


def _write_title(table: pd.DataFrame) -> str:
    if table.empty:
        return "No figures that can be checked had been published"
    counts = {kind: int(table[column].sum()) for kind, column in KIND_COUNT_COLUMNS.items()}
    contradicted, confirmed = counts[CONTRADICTED], counts[CONFIRMED]
    verb = choose_form(confirmed, "is", "are")
    return (
        f"Of {sum(counts.values())} published figures, {confirmed or 'none'} {verb} confirmed by"
        f" other data and {contradicted or 'none'} contradicted"
    )


def _write_description(table: pd.DataFrame) -> str:
    if table.empty:
        return "There is nothing to show."
    return " ".join(
        f"{row['section']}: {_describe_counts(row)}." for row in table.to_dict("records")
    )
