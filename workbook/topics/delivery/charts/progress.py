"""Progress towards each target of which a value is known, and whether it is on track."""

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
from workbook.charts.marks import category_colour
from workbook.charts.rows import by_width, row_channel, row_height, row_texts
from workbook.charts.theme import BLUE, GREY, ORANGE, PLUM, RULE_COLOUR, TURQUOISE
from workbook.outcome import Outcome
from workbook.text.dates import format_short_month, format_span
from workbook.text.grammar import capitalise_first, choose_form, format_count, format_part
from workbook.text.numbers import format_value
from workbook.topics.delivery.amounts import describe_target, format_amount
from workbook.topics.delivery.charts.account_rows import Row
from workbook.topics.delivery.charts.empty_titles import no_commitment_title
from workbook.topics.delivery.commitments import (
    AT_LEAST,
    MET,
    MISSED,
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
    STATUSES,
)

_ROW_HEIGHT = row_height(52, narrow=84)
"""Height of a row: the commitment in one line or, on a phone, in two, its status and its bar."""

_STATUS_COLOURS = {
    MET: TURQUOISE,
    ON_TRACK: BLUE,
    OFF_TRACK: ORANGE,
    MISSED: PLUM,
    STATUS_UNKNOWN: GREY,
}


def draw_progress(outcome: Outcome) -> Figure:
    """Draw a bar for each commitment with a target and a value, those off track first."""
    table = outcome.frame("progress")
    return make_figure(
        _build_template(),
        {"rows": _build_rows(table[table["value"].notna()])},
        title=_write_title(table, outcome.scenario.quarter),
        subtitle=f"Latest value{_describe_periods(table)} as a share of the target",
        description=_write_description(table),
    )


@build_once
def _build_template() -> ChartTemplate:
    scale = alt.Scale(domain=[0, 1], clamp=True, nice=False)
    x = alt.X("nothing:Q", axis=None, scale=scale)
    base = named_data("rows").encode(y=row_channel("place"), tooltip=["commitment:N", "why:N"])
    bar: dict[str, Any] = {"height": 9, "yOffset": by_width(32, 18)}
    colour = category_colour("status", _STATUS_COLOURS, legend=None)
    return ChartTemplate(
        layer_charts(
            base.mark_bar(**bar, fill=RULE_COLOUR).encode(x=x, x2="all:Q"),
            base.mark_bar(**bar).encode(x=x, x2="of_target:Q", color=colour),
            *row_texts(
                base,
                name={"dy": by_width(-8, -5), "baseline": "line-bottom", "fontWeight": "bold"},
                text={"dy": by_width(1, 4)},
            ),
        ),
        _ROW_HEIGHT,
    )


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    rows = _sort_by_status(table)
    return rows[["id", "commitment", "of_target", "status", "why"]].assign(
        place=range(len(rows)),
        nothing=0.0,
        all=1.0,
        name=rows["commitment"],
        text=[_describe_state(row) for row in rows.to_dict("records")],
    )


def _sort_by_status(table: pd.DataFrame) -> pd.DataFrame:
    """Sort by status, off track first; within a status the furthest from its target first."""
    order = table["status"].map(STATUSES.index)
    keyed = table.assign(order=order.astype(int))
    ordered = keyed.sort_values(["order", "of_target"], kind="stable", ignore_index=True)
    return ordered.drop(columns="order")


def _describe_state(row: Row) -> str:
    """Describe the status of a commitment: ``3 of at least 7 by Sep 2014: off track``."""
    label = _label_status(row)
    value = format_value(float(row["value"]), row["unit"])
    if row["unit"] == "months" and row["sense"] == AT_LEAST:
        return f"{value} of {format_amount(row['target'], row['unit'])} had passed: {label}"
    target = describe_target(row["target"], row["unit"], row["sense"])
    due = f" by {format_short_month(row['target_date'])}"
    if pd.notna(row["date_printed"]):
        due += f" (“{row['date_printed']}”)"
    return f"{value} of {target}{due}: {label}"


def _label_status(row: Row) -> str:
    status = str(row["status"])
    return f"status {status}" if status == STATUS_UNKNOWN else status


def _describe_periods(table: pd.DataFrame) -> str:
    """The months of the values, such as `` (June 2014 to September 2014)``."""
    months = table.loc[table["value"].notna(), "period"]
    return f" ({format_span(months.min(), months.max())})" if len(months) else ""


def _write_title(table: pd.DataFrame, quarter: str) -> str:
    if table.empty:
        return no_commitment_title(quarter)
    value_count = int(table["value"].notna().sum())
    if len(table) == 1:
        return f"Status of the one target with a date: {table['status'].iloc[0]}"
    part = capitalise_first(format_part(value_count, len(table), "target"))
    verb = choose_form(value_count or 1, "has", "have")
    return f"{part} {verb} a known value{_count_failing(table)}"


def _count_failing(table: pd.DataFrame) -> str:
    """How many targets were missed or are off track, to follow the number with a value."""
    missed, off_track = (int((table["status"] == status).sum()) for status in (MISSED, OFF_TRACK))
    parts = []
    if missed:
        parts.append(f"{format_count(missed, 'was', 'were', one='one')} missed")
    if off_track:
        parts.append(f"{format_count(off_track, 'is', 'are', one='one')} off track")
    return f", and {' and '.join(parts)}" if parts else ""


def _write_description(table: pd.DataFrame) -> str:
    if table.empty:
        return "No commitment had been reported, so no bar is drawn."
    rows = _sort_by_status(table)
    has_value = rows["value"].notna()
    sentences = [
        f"{row['commitment']}: {_label_status(row)}. {row['why']}"
        for row in rows[has_value].to_dict("records")
    ]
    if missing := int((~has_value).sum()):
        subject = format_count(missing, "target has", "targets have", one="One")
        sentences.append(f"{subject} no known value and so no bar.")
    return " ".join(sentences)
