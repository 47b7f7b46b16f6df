"""Progress of each commitment towards its target, and whether it is on track."""

from functools import cache
from typing import Any

import altair as alt
import pandas as pd

from workbook.charts.figure import ChartTemplate, Figure, layer_charts, make_figure, named_data
from workbook.charts.marks import category_colour, category_scale
from workbook.charts.rows import row_channel, row_height, row_texts, wrap_to_two_lines
from workbook.charts.theme import BLUE, GREY, ORANGE, RULE_COLOUR
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_short_month, format_span
from workbook.text.numbers import format_value
from workbook.topics.delivery.charts.account_rows import Row
from workbook.topics.delivery.commitments import (
    COMMITMENT,
    OFF_TRACK,
    ON_TRACK,
    STATUS_LABELS,
    STATUS_UNKNOWN,
    list_statuses,
)

_ROW_HEIGHT = 66
"""Height of a row in CSS pixels: two lines of the commitment, its status, its bar."""

_LINE_LENGTH = 41
"""Characters in a line, so that it can be read on a telephone."""

_PUBLISHED, _NOT_PUBLISHED = "published", "not published"
_STATUS_COLOURS = {ON_TRACK: BLUE, OFF_TRACK: ORANGE, STATUS_UNKNOWN: GREY}
_TRACK_COLOURS = {_PUBLISHED: RULE_COLOUR, _NOT_PUBLISHED: "white"}
_STATUS_LABELS = STATUS_LABELS | {STATUS_UNKNOWN: "status unknown"}
_STATUS_ORDER = (OFF_TRACK, ON_TRACK, STATUS_UNKNOWN)


def draw_progress(outcome: Outcome) -> Figure:
    """Draw a bar for each commitment that has a target, those off track first."""
    table = outcome.frame("progress")
    return make_figure(
        _build_template(),
        {"rows": _build_rows(table)},
        title=_write_title(
            table,
            int((outcome.frame("commitments")["kind"] == COMMITMENT).sum()),
            outcome.scenario.quarter,
        ),
        subtitle=(
            f"Latest value{_describe_periods(table)} as a share of the target. Outline only: no"
            " published value"
        ),
        description=_write_description(table),
    )


@cache
def _build_template() -> ChartTemplate:
    scale = alt.Scale(domain=[0, 1], clamp=True, nice=False)
    x = alt.X("nothing:Q", axis=None, scale=scale)
    base = named_data("rows").encode(y=row_channel("place"), tooltip=["commitment:N", "why:N"])
    bar: dict[str, Any] = {"height": 9, "yOffset": 26}
    colour = category_colour("on_course", _STATUS_COLOURS, legend=None)
    track = alt.Fill("track:N", scale=category_scale(_TRACK_COLOURS), legend=None)
    return ChartTemplate(
        layer_charts(
            base.mark_bar(**bar, stroke=RULE_COLOUR).encode(x=x, x2="all:Q", fill=track),
            base.mark_bar(**bar).encode(x=x, x2="of_target:Q", color=colour),
            *row_texts(
                base,
                name={"dy": -20, "lineBreak": "\n", "fontWeight": "bold"},
                text={"dy": 12},
            ),
        ),
        row_height(_ROW_HEIGHT),
    )


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    rows = _sort_by_status(table)
    records = rows.to_dict("records")
    return rows[["id", "commitment", "of_target", "on_course", "why"]].assign(
        place=range(len(rows)),
        nothing=0.0,
        all=1.0,
        track=[_NOT_PUBLISHED if pd.isna(row["value"]) else _PUBLISHED for row in records],
        name=[wrap_to_two_lines(str(row["commitment"]), _LINE_LENGTH) for row in records],
        text=[_describe_state(row) for row in records],
    )


def _sort_by_status(table: pd.DataFrame) -> pd.DataFrame:
    """Sort by status, off track first; within a status the furthest from its target first."""
    order = table["on_course"].map(_STATUS_ORDER.index)
    keyed = table.assign(order=order.astype(int))
    ordered = keyed.sort_values(["order", "of_target"], kind="stable", ignore_index=True)
    return ordered.drop(columns="order")


def _describe_state(row: Row) -> str:
    """Describe the status of a commitment: ``3 of at least 7 by Sep 2014: off track``."""
    target = _format_target(row["target"], row["unit"])
    if row["unit"] != "share" or row["target"] < 1:
        target = f"{row['sense']} {target}"
    due: str = (
        f" by {format_short_month(row['target_date'])}" if pd.notna(row["target_date"]) else ""
    )
    if pd.notna(row["date_printed"]):
        due += f" (“{row['date_printed']}”)"
    if pd.isna(row["value"]):
        is_begun = pd.isna(row["counted_from"]) or row["counted_from"] <= row["period"]
        state = "Not published" if is_begun else "Not begun"
        return f"{state}. Target: {target}{due}"
    value = format_value(float(row["value"]), row["unit"])
    return f"{value} of {target}{due}: {_STATUS_LABELS[row['on_course']]}"


def _describe_periods(table: pd.DataFrame) -> str:
    """The months of the values, such as `` (June 2014 to September 2014)``."""
    months = table.loc[table["value"].notna(), "period"]
    return f" ({format_span(months.min(), months.max())})" if len(months) else ""


def _format_target(value: float, unit: str) -> str:
    """Format a target, with its unit where the number alone would be unclear."""
    written = format_value(float(value), unit)
    return {"level": f"level {written}", "months": f"{written} months"}.get(unit, written)


def _write_title(table: pd.DataFrame, commitment_count: int, quarter: str) -> str:
    if table.empty:
        empty_titles = {
            0: "No commitment had been reported",
            1: "The one commitment has no published target",
        }
        return empty_titles.get(
            commitment_count, f"None of the {commitment_count} commitments has a published target"
        )
    if len(table) == 1:
        status_label = STATUS_LABELS[table["on_course"].iloc[0]]
        return f"Status of the one commitment with a target: {status_label}"
    statuses = list_statuses(table, last_day_of_quarter(quarter))
    return f"Of {len(table)} commitments with a target, {statuses}"


def _write_description(table: pd.DataFrame) -> str:
    if table.empty:
        return "There is nothing to show."
    rows = _sort_by_status(table)
    has_value = rows["value"].notna()
    sentences = [
        f"{row['commitment']}: {_STATUS_LABELS[row['on_course']]}. {row['why']}"
        for row in rows[has_value].to_dict("records")
    ]
    if names := [str(name) for name in rows.loc[~has_value, "commitment"]]:
        sentences.append(f"Without a published value, status unknown: {'; '.join(names)}.")
    return " ".join(sentences)
