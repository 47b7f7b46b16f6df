"""How many published figures were confirmed, contradicted or could not be checked."""

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
from workbook.charts.marks import category_scale
from workbook.charts.rows import (
    ROW_NAME_STYLE,
    row_channel,
    row_height,
    row_texts,
)
from workbook.claims.verdict import CONFIRMED, CONSISTENT
from workbook.outcome import Outcome
from workbook.text.grammar import capitalise_first, choose_form, format_count, format_part
from workbook.topics.quarterly_report.charts.finding_kinds import KIND_COLOURS, KIND_FILLS
from workbook.topics.quarterly_report.published_figures import FINDING_LABELS

_ROW_HEIGHT = 40
"""Height of a row in CSS pixels: the finding with its count, and the bar."""


def draw_findings(outcome: Outcome) -> Figure:
    """Draw the number of published figures with each finding."""
    table = outcome.frame("findings")
    return make_figure(
        _build_template(),
        {"rows": _build_rows(table)},
        title=_write_title(table),
        subtitle="Published figures by finding",
        description=_write_description(table),
    )


@build_once
def _build_template() -> ChartTemplate:
    base = named_data("rows").encode(
        y=row_channel("kind"), tooltip=["kind:N", "figures:Q", "meaning:N"]
    )
    x = alt.X("zero:Q", axis=None, scale=alt.Scale(nice=False))
    fills, colours = (
        {label: by_kind[kind] for kind, label in FINDING_LABELS.items()}
        for by_kind in (KIND_FILLS, KIND_COLOURS)
    )
    return ChartTemplate(
        layer_charts(
            base.transform_filter("datum.figures > 0")
            .mark_bar(height=12, yOffset=11, strokeWidth=1)
            .encode(
                x=x,
                x2="figures:Q",
                fill=alt.Fill("kind:N", scale=category_scale(fills), legend=None),
                stroke=alt.Stroke("kind:N", scale=category_scale(colours), legend=None),
            ),
            *row_texts(base, text=ROW_NAME_STYLE),
        ),
        row_height(_ROW_HEIGHT),
    )


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    counts = zip(table["kind"], table["figures"], strict=True)
    texts = [f"{label}: {count}" for label, count in counts]
    return table.assign(place=range(len(table)), zero=0, text=pd.Series(texts, dtype="str"))


def _write_title(table: pd.DataFrame) -> str:
    if table.empty:
        return "No figures that can be checked had been published"
    counts = table.set_index("kind")["figures"]
    confirmed = int(counts[FINDING_LABELS[CONFIRMED]])
    consistent = int(counts[FINDING_LABELS[CONSISTENT]])
    part = capitalise_first(format_part(confirmed, int(counts.sum()), "figure"))
    others = (
        f"{format_count(consistent, 'is', 'are')} consistent but not confirmed"
        if consistent
        else "none is consistent"
    )
    return f"{part} {choose_form(confirmed or 1, 'is', 'are')} confirmed; {others}"


def _write_description(table: pd.DataFrame) -> str:
    if table.empty:
        return "No figure of a report is checked in this quarter, so no bar is drawn."
    return " ".join(f"{text}." for text in _build_rows(table)["text"])
