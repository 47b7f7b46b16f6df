"""How many published figures of each section of the report were reproduced."""

from collections.abc import Hashable, Iterator, Mapping
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.figure import ChartTemplate, Figure, layer_charts, make_figure, named_data
from workbook.charts.marks import category_scale
from workbook.charts.rows import row_channel, row_height, row_texts
from workbook.charts.theme import BLUE, GREY, ORANGE, TURQUOISE
from workbook.claims.verdict import (
    NOT_CHECKABLE,
    NOT_REPRODUCED,
    REPRODUCED,
    REPRODUCED_WITHIN_ROUNDING,
)
from workbook.outcome import Outcome
from workbook.text.grammar import choose_form
from workbook.topics.quarterly_report.published_figures import VERDICT_COUNT_COLUMNS

_ROW_HEIGHT = 54
"""Height of a row in CSS pixels: the section, the counts in words, and the bar."""

_VERDICT_COLOURS = {
    NOT_REPRODUCED: ORANGE,
    REPRODUCED_WITHIN_ROUNDING: TURQUOISE,
    REPRODUCED: BLUE,
    NOT_CHECKABLE: GREY,
}
_VERDICT_FILLS = {**_VERDICT_COLOURS, NOT_CHECKABLE: "white"}
"""Outline and fill of a bar by its verdict: no fill for figures that cannot be checked."""


def draw_verdicts_by_section(outcome: Outcome) -> Figure:
    """Draw the number of published figures with each verdict, section by section."""
    table = outcome.frame("sections")
    return make_figure(
        _build_template(),
        {"rows": _build_rows(table)},
        title=_write_title(table),
        subtitle="Published figures by section of the report and by the result of the check",
        description=_write_description(table),
    )


@cache
def _build_template() -> ChartTemplate:
    base = named_data("rows").encode(
        y=row_channel("section"), tooltip=["section:N", "verdict:N", "claims:Q"]
    )
    bar: dict[str, Any] = {"height": 12, "yOffset": 15, "strokeWidth": 1}
    x = alt.X("start:Q", axis=None, scale=alt.Scale(nice=False))
    return ChartTemplate(
        layer_charts(
            base.mark_bar(**bar).encode(
                x=x,
                x2="end:Q",
                fill=alt.Fill("verdict:N", scale=category_scale(_VERDICT_FILLS)),
                stroke=alt.Stroke("verdict:N", scale=category_scale(_VERDICT_COLOURS)),
            ),
            *row_texts(base, name={"dy": -18, "fontWeight": "bold"}, text={"dy": -1}),
        ),
        row_height(_ROW_HEIGHT),
    )


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each verdict of each section, from ``start`` to ``end`` in published figures."""
    columns = ["place", "section", "verdict", "claims", "start", "end", "name", "text"]
    return pd.DataFrame(list(_build_segments(table)), columns=columns)


def _build_segments(table: pd.DataFrame) -> Iterator[tuple[int | str, ...]]:
    for place, row in enumerate(table.to_dict("records")):
        start, name, text = 0, str(row["section"]), _describe_counts(row)
        for verdict, column in VERDICT_COUNT_COLUMNS.items():
            if count := int(row[column]):
                yield place, row["section"], verdict, count, start, start + count, name, text
                start, name, text = start + count, "", ""


def _describe_counts(row: Mapping[Hashable, Any]) -> str:
    """The verdicts of a section: ``1 not reproduced, 3 reproduced``."""
    counts = {verdict: int(row[column]) for verdict, column in VERDICT_COUNT_COLUMNS.items()}
    return ", ".join(f"{count} {verdict}" for verdict, count in counts.items() if count)


def _write_title(table: pd.DataFrame) -> str:
    if table.empty:
        return "No figures that can be checked had been published"
    counts = {
        verdict: int(table[column].sum()) for verdict, column in VERDICT_COUNT_COLUMNS.items()
    }
    not_reproduced = counts[NOT_REPRODUCED]
    checkable = sum(counts.values()) - counts[NOT_CHECKABLE]
    if not not_reproduced:
        return f"All {checkable} published figures that can be checked are reproduced"
    verb = choose_form(not_reproduced, "is", "are")
    return (
        f"{not_reproduced} of the {checkable} published figures that can be checked {verb} not"
        " reproduced"
    )


def _write_description(table: pd.DataFrame) -> str:
    if table.empty:
        return "There is nothing to show."
    return " ".join(
        f"{row['section']}: {_describe_counts(row)}." for row in table.to_dict("records")
    )
