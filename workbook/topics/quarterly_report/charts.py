"""The report's own chart, of what came of checking, and what it shows of the topics' charts."""

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.figure import ChartTemplate, Figure, layer_charts, make_figure, named_data
from workbook.charts.marks import LABEL_HALO
from workbook.charts.rows import row_channel
from workbook.charts.theme import BLUE, GREY, ORANGE, TEXT_COLOUR, TURQUOISE
from workbook.claims.verdict import (
    NOT_CHECKABLE,
    NOT_REPRODUCED,
    REPRODUCED,
    REPRODUCED_WITHIN_ROUNDING,
)
from workbook.outcome import Outcome
from workbook.text.grammar import choose_form
from workbook.topic import AnyChart, ChartFunction
from workbook.topics.quarterly_report.published_figures import VERDICT_COUNT_COLUMNS

_ROW_HEIGHT = 54
"""Height of a row in CSS pixels: the section, its bar, the figures between them."""

_VERDICT_COLOURS = {
    NOT_REPRODUCED: ORANGE,
    REPRODUCED_WITHIN_ROUNDING: TURQUOISE,
    REPRODUCED: BLUE,
    NOT_CHECKABLE: GREY,
}
_VERDICT_FILLS = {**_VERDICT_COLOURS, NOT_CHECKABLE: "white"}
"""Edge and filling of a bar by its verdict: hollow is what cannot be checked."""


def draw_part(draw: ChartFunction, part: Outcome) -> AnyChart:
    """Draw a topic's chart as the report shows it: a click on a mark chooses nothing.

    Args:
        draw: The topic's own chart.
        part: The topic's outcome, without tables where nothing is known of the quarter.

    Returns:
        The chart, or an empty one that says so.
    """
    if not part.tables:
        title = part.headline.rstrip(".")
        return make_figure(_build_empty(), {}, title=title, description="Nothing is drawn.")
    chart = draw(part)
    return replace(chart, click_target=None) if isinstance(chart, Figure) else chart


@cache
def _build_empty() -> ChartTemplate:
    return ChartTemplate(alt.Chart(alt.InlineData([])).mark_point(), height=_ROW_HEIGHT)


def draw_verdicts_by_section(outcome: Outcome) -> Figure:
    """How many figures of each section of the report came to each verdict."""
    table = outcome.frame("sections")
    return make_figure(
        _build_bars(),
        {"rows": _build_rows(table)},
        title=_write_title(table),
        subtitle="Printed figures by section of the report and by what came of checking each",
        description=_describe_chart(table),
    )


@cache
def _build_bars() -> ChartTemplate:
    base = named_data("rows").encode(
        y=row_channel("section"), tooltip=["section:N", "verdict:N", "claims:Q"]
    )
    edge, fill = (
        alt.Scale(domain=list(by_verdict), range=list(by_verdict.values()))
        for by_verdict in (_VERDICT_COLOURS, _VERDICT_FILLS)
    )
    bar: dict[str, Any] = {"height": 12, "yOffset": 15, "strokeWidth": 1}
    x = alt.X("start:Q", axis=None, scale=alt.Scale(nice=False))
    text: dict[str, Any] = {"align": "left", "color": TEXT_COLOUR, "limit": alt.ExprRef("width")}
    lines: dict[str, dict[str, Any]] = {
        "name": {"dy": -18, "fontWeight": "bold"},
        "text": {"dy": -1},
    }
    return ChartTemplate(
        layer_charts(
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
                for outline in (LABEL_HALO, {})
            ),
        ),
        {"step": _ROW_HEIGHT},
    )


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each verdict of each section, from ``start`` to ``end`` in printed figures."""
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
        return "No figures had been printed that could be checked"
    counts = {
        verdict: int(table[column].sum()) for verdict, column in VERDICT_COUNT_COLUMNS.items()
    }
    not_reproduced = counts[NOT_REPRODUCED]
    checkable = sum(counts.values()) - counts[NOT_CHECKABLE]
    if not not_reproduced:
        return f"All {checkable} printed figures that can be checked come out as printed"
    verb = choose_form(not_reproduced, "does", "do")
    return (
        f"{not_reproduced} of {checkable} printed figures that can be checked {verb} not come out"
        " as printed"
    )


def _describe_chart(table: pd.DataFrame) -> str:
    if table.empty:
        return "Nothing is drawn."
    return " ".join(
        f"{row['section']}: {_describe_counts(row)}." for row in table.to_dict("records")
    )
