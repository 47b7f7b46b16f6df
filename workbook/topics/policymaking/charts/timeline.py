"""Timeline of each consultation: open, waiting or answered, in days before and after closing."""

from collections.abc import Hashable, Mapping
from datetime import date
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
from workbook.charts.marks import category_colour, point_labels
from workbook.charts.rows import (
    NAMED_MARK_OFFSET,
    NAMED_ROW_HEIGHT,
    ROW_NAME_STYLE,
    by_width,
    row_channel,
    row_texts,
)
from workbook.charts.theme import BLUE, ORANGE, TEXT_COLOUR, TURQUOISE
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.text.grammar import capitalise_first, choose_form, format_count, format_part
from workbook.text.numbers import format_value
from workbook.topics.policymaking.charts.empty_titles import describe_nothing
from workbook.topics.policymaking.parameters import Policymaking
from workbook.topics.policymaking.status import (
    ANSWERED,
    ANSWERED_UNDATED,
    OPEN,
    UNDATED_STATUSES,
    WAITING,
)

_LONGEST_BAR = 365
"""Days after which a bar is cut, so that one long wait does not hide the others."""

_OPEN_BAR, _ANSWER_BAR, _WAITING_BAR = "Open", "Until the first answer", "Still waiting"
_COLOURS = {_OPEN_BAR: BLUE, _ANSWER_BAR: TURQUOISE, _WAITING_BAR: ORANGE}
_ROW_COLUMNS = ("title", "kind", "start", "end", "name", "text", "place")


def draw_timeline(outcome: Outcome) -> Figure:
    """Draw when each of the latest consultations was open, and how long its answer took."""
    scenario = outcome.scenario_of(Policymaking)
    table, shown = outcome.frame("consultations"), outcome.frame("timeline")
    dated = table[table["days_open"].notna()]
    title, description = (
        describe_nothing(outcome, "dates")
        if dated.empty
        else (_write_title(dated, scenario), _write_description(dated, scenario))
    )
    return make_figure(
        _build_template(),
        {
            "rows": _build_rows(shown, last_day_of_quarter(scenario.quarter)),
            "standard": _build_standard(shown, scenario),
        },
        title=title,
        subtitle=_write_subtitle(len(shown), len(dated)),
        description=description,
    )


@build_once
def _build_template() -> ChartTemplate:
    colour = category_colour(
        "kind", _COLOURS, legend=alt.Legend(symbolType="square", columns=by_width(1, 3))
    )
    x = alt.X(
        "start:Q",
        title="Days before and after closing",
        axis=alt.Axis(
            orient="top", tickCount=alt.ExprRef("min(8, width / 80)"), tickMinStep=1, grid=False
        ),
        scale=alt.Scale(nice=False),
    )
    base = named_data("rows").encode(y=row_channel("place"))
    standard = alt.X("day:Q")
    return ChartTemplate(
        layer_charts(
            base.mark_bar(height=12, yOffset=NAMED_MARK_OFFSET).encode(
                x=x, x2="end:Q", color=colour, tooltip=["title:N", "text:N"]
            ),
            named_data("standard").mark_rule(color=TEXT_COLOUR, strokeWidth=2).encode(x=standard),
            *row_texts(base.transform_filter("datum.name"), name=ROW_NAME_STYLE),
            *point_labels("standard", x=standard, y=alt.value("height"), align="right", dy=12),
        ),
        NAMED_ROW_HEIGHT,
    )


def _build_rows(shown: pd.DataFrame, day: date) -> pd.DataFrame:
    """Bars of each consultation; the first has its name."""
    rows: list[tuple[object, ...]] = []
    for place, row in enumerate(shown.to_dict("records")):
        text = _describe_row(row)
        opened, ended = -float(row["days_open"]), 0.0
        if row["status"] == OPEN:
            ended = float((day - date.fromisoformat(row["closed"])).days)
        bars = [(_OPEN_BAR, max(opened, -_LONGEST_BAR), ended)]
        for kind, days in (
            (_ANSWER_BAR, row["days_to_answer"]),
            (_WAITING_BAR, row["days_waiting"]),
        ):
            if pd.notna(days):
                bars.append((kind, 0.0, min(float(days), _LONGEST_BAR)))
        for number, (kind, start, end) in enumerate(bars):
            name = "" if number else f"{capitalise_first(text)}: {row['title']}"
            rows.append((row["title"], kind, start, end, name, text, place))
    return pd.DataFrame(rows, columns=list(_ROW_COLUMNS))


def _describe_row(row: Mapping[Hashable, Any]) -> str:
    if row["status"] == OPEN:
        return "still open"
    if row["status"] == WAITING:
        return f"waiting for {format_value(float(row['days_waiting']), 'days')}"
    if row["status"] == ANSWERED and pd.notna(row["days_to_answer"]):
        return f"answered after {format_value(float(row['days_to_answer']), 'days')}"
    if row["status"] == ANSWERED:
        return "answered"
    is_known = row["status"] == ANSWERED_UNDATED
    return "answered, date not known" if is_known else "not known if answered by then"


def _build_standard(shown: pd.DataFrame, scenario: Policymaking) -> pd.DataFrame:
    """The last day on which an answer is in time."""
    label = f"{scenario.standard_days} days"
    rows = [(scenario.standard_days, label)] if len(shown) else []
    return pd.DataFrame(rows, columns=["day", "text"])


def _write_subtitle(shown: int, dated: int) -> str:
    latest = f"The latest {shown} of {dated:,} consultations. " if shown < dated else ""
    return (
        f"{latest}Days before and after closing. Bars are cut after {_LONGEST_BAR} days."
        " Line: the last day for an answer in time"
    )


def _write_title(dated: pd.DataFrame, scenario: Policymaking) -> str:
    judged = dated["in_time"].dropna()
    counts = dated["status"].value_counts()
    undated = sum(int(counts.get(status, 0)) for status in UNDATED_STATUSES)
    if undated > int(counts.get(ANSWERED, 0)):
        answers = format_count(undated, "answer has", "answers have", one="One")
        return f"{answers} no date, so delays are not known"
    if judged.empty:
        return "No consultation closed long enough ago to judge its answer"
    in_time = int((judged == "yes").sum())
    part = capitalise_first(format_part(in_time, len(judged), "consultation"))
    verb = choose_form(in_time or 1, "was", "were")
    return f"{part} {verb} answered within {scenario.standard_days} days of closing"


def _write_description(dated: pd.DataFrame, scenario: Policymaking) -> str:
    counts = dated["status"].value_counts()
    sentences = [
        f"{format_count(int(counts[status]), 'consultation', one='One')}: {status.lower()}."
        for status in (OPEN, WAITING, ANSWERED, *UNDATED_STATUSES)
        if status in counts
    ]
    for row in dated.nlargest(1, "days_waiting").to_dict("records"):
        if row["status"] == WAITING:
            days = format_value(float(row["days_waiting"]), "days")
            sentences.append(f"Longest wait: {row['title']}, {days}.")
    sentences.append(f"An answer is in time within {scenario.standard_days} days.")
    return " ".join(sentences)
