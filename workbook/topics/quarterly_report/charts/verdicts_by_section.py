"""How many published figures of each section of the report were confirmed or contradicted."""

from collections.abc import Hashable, Iterator, Mapping
from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import category_scale, halo_texts
from workbook.charts.rows import by_width, row_channel, row_height, row_texts
from workbook.charts.theme import TEXT_COLOUR
from workbook.outcome import Outcome
from workbook.text.grammar import capitalise_first, choose_form, format_part
from workbook.topics.quarterly_report.charts.finding_kinds import KIND_COLOURS, KIND_FILLS
from workbook.topics.quarterly_report.published_figures import KIND_COUNT_COLUMNS

_ROW_HEIGHT = row_height(22, narrow=36)
"""Height of a row: the section at the left, in two lines on a phone, and its bar."""

_NAMES_WIDTH = by_width(142, 290)
"""Width of the sections' names at the left, in CSS pixels. The bars start after it."""

_NAME_LINE_LENGTH = 22
"""Characters in a line of a section's name on a phone."""


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


@build_once
def _build_template() -> ChartTemplate:
    base = named_data("rows").encode(
        y=row_channel("section"), tooltip=["section:N", "finding:N", "claims:Q"]
    )
    scale = alt.Scale(nice=False, range=[_NAMES_WIDTH, alt.ExprRef("width")])
    x = alt.X("start:Q", axis=None, scale=scale)
    legend = alt.Legend(columns=by_width(1, 3))
    counts = base.encode(x=alt.X("middle:Q"))
    return ChartTemplate(
        layer_charts(
            base.mark_bar(height=16, strokeWidth=1).encode(
                x=x,
                x2="end:Q",
                fill=alt.Fill("finding:N", scale=category_scale(KIND_FILLS), legend=legend),
                stroke=alt.Stroke("finding:N", scale=category_scale(KIND_COLOURS), legend=legend),
            ),
            *row_texts(
                base.transform_filter("datum.start === 0"),
                line_length=_NAME_LINE_LENGTH,
                section={"baseline": "middle"},
            ),
            *halo_texts(counts, "claims", color=TEXT_COLOUR, fontSize=11),
        ),
        _ROW_HEIGHT,
    )


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each finding of each section, from ``start`` to ``end`` in published figures."""
    columns = ["place", "section", "finding", "claims", "start", "end", "middle"]
    return pd.DataFrame(list(_build_segments(table)), columns=columns)


def _build_segments(table: pd.DataFrame) -> Iterator[tuple[int | float | str, ...]]:
    for place, row in enumerate(table.to_dict("records")):
        start = 0
        for kind, column in KIND_COUNT_COLUMNS.items():
            if count := int(row[column]):
                end = start + count
                yield place, str(row["section"]), kind, count, start, end, (start + end) / 2
                start = end


def _describe_counts(row: Mapping[Hashable, Any]) -> str:
    """The findings of a section: ``1 contradicted, 3 consistent within the report``."""
    counts = {kind: int(row[column]) for kind, column in KIND_COUNT_COLUMNS.items()}
    return ", ".join(f"{count} {kind}" for kind, count in counts.items() if count)


def _write_title(table: pd.DataFrame) -> str:
    if table.empty:
        return "No figures that can be checked had been published"
    count = int((table["contradicted"] > 0).sum())
    part = capitalise_first(format_part(count, len(table), "section"))
    return f"{part} of the report {choose_form(count or 1, 'has', 'have')} contradicted figures"


def _write_description(table: pd.DataFrame) -> str:
    if table.empty:
        return "No published figures can be checked in this quarter, so no bar is drawn."
    return " ".join(
        f"{row['section']}: {_describe_counts(row)}." for row in table.to_dict("records")
    )
