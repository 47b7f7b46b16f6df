"""Progress towards each target of which a value is known, and whether it is on track."""

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
from workbook.charts.marks import category_colour
from workbook.charts.rows import by_width, row_channel, row_height, row_texts
from workbook.charts.theme import BLUE, GREY, ORANGE, RULE_COLOUR
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_short_month, format_span
from workbook.text.grammar import capitalise_first, choose_form, format_count, format_part
from workbook.text.numbers import format_value
from workbook.topics.delivery.charts.account_rows import Row
from workbook.topics.delivery.charts.empty_titles import no_target_title
from workbook.topics.delivery.commitments import (
    AT_LEAST,
    COMMITMENT,
    MISSED_PREFIX,
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
    are_all_missed,
    describe_target,
    format_amount,
    label_status,
)
from workbook.topics.delivery.parameters import Delivery

_ROW_HEIGHT = row_height(52, narrow=84)
"""Height of a row: the commitment in one line or, on a phone, in two, its status and its bar."""

_STATUS_COLOURS = {ON_TRACK: BLUE, OFF_TRACK: ORANGE, STATUS_UNKNOWN: GREY}
_STATUS_ORDER = (OFF_TRACK, ON_TRACK, STATUS_UNKNOWN)


def draw_progress(outcome: Outcome) -> Figure:
    """Draw a bar for each commitment with a target and a value, those off track first."""
    table = outcome.frame("progress")
    return make_figure(
        _build_template(),
        {"rows": _build_rows(table[table["value"].notna()])},
        title=_write_title(
            table,
            int((outcome.frame("commitments")["kind"] == COMMITMENT).sum()),
            outcome.scenario_of(Delivery),
        ),
        subtitle=f"Latest value{_describe_periods(table)} as a share of the target",
        description=_write_description(table),
    )


@build_once
def _build_template() -> ChartTemplate:
    scale = alt.Scale(domain=[0, 1], clamp=True, nice=False)
    x = alt.X("nothing:Q", axis=None, scale=scale)
    base = named_data("rows").encode(y=row_channel("place"), tooltip=["commitment:N", "why:N"])
    bar: dict[str, Any] = {"height": 9, "yOffset": by_width(32, 18)}
    colour = category_colour("on_course", _STATUS_COLOURS, legend=None)
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
    return rows[["id", "commitment", "of_target", "on_course", "why"]].assign(
        place=range(len(rows)),
        nothing=0.0,
        all=1.0,
        name=rows["commitment"],
        text=[_describe_state(row) for row in rows.to_dict("records")],
    )


def _sort_by_status(table: pd.DataFrame) -> pd.DataFrame:
    """Sort by status, off track first; within a status the furthest from its target first."""
    order = table["on_course"].map(_STATUS_ORDER.index)
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
    due: str = (
        f" by {format_short_month(row['target_date'])}" if pd.notna(row["target_date"]) else ""
    )
    if pd.notna(row["date_printed"]):
        due += f" (“{row['date_printed']}”)"
    return f"{value} of {target}{due}: {label}"


def _label_status(row: Row) -> str:
    return "status unknown" if row["on_course"] == STATUS_UNKNOWN else label_status(row)


def _describe_periods(table: pd.DataFrame) -> str:
    """The months of the values, such as `` (June 2014 to September 2014)``."""
    months = table.loc[table["value"].notna(), "period"]
    return f" ({format_span(months.min(), months.max())})" if len(months) else ""


def _write_title(table: pd.DataFrame, commitment_count: int, scenario: Delivery) -> str:
    if table.empty:
        return no_target_title(commitment_count, scenario)
    has_value = table["value"].notna()
    value_count, off_track = int(has_value.sum()), int((table["on_course"] == OFF_TRACK).sum())
    if len(table) == 1:
        status_label = label_status(table.to_dict("records")[0])
        return f"Status of the one commitment with a target: {status_label}"
    part = capitalise_first(format_part(value_count, len(table), "target"))
    verb = choose_form(value_count or 1, "has", "have")
    off_track_text = _count_off_track(table, off_track, last_day_of_quarter(scenario.quarter))
    status_text = f", and {off_track_text}"
    return f"{part} {verb} a known value{status_text if off_track else ''}"


def _count_off_track(table: pd.DataFrame, off_track: int, day: date) -> str:
    """How many are off track, or were missed if all of these were due."""
    if are_all_missed(table, day):
        return f"{format_count(off_track, 'was', 'were', one='one')} missed"
    return f"{format_count(off_track, 'is', 'are', one='one')} off track"


def _write_description(table: pd.DataFrame) -> str:
    if table.empty:
        return "No commitment in this selection has a target in the report, so no bar is drawn."
    rows = _sort_by_status(table)
    has_value = rows["value"].notna()
    sentences = [
        f"{row['commitment']}: {_label_status(row)}. {str(row['why']).removeprefix(MISSED_PREFIX)}"
        for row in rows[has_value].to_dict("records")
    ]
    if missing := int((~has_value).sum()):
        subject = format_count(missing, "target has", "targets have", one="One")
        sentences.append(f"{subject} no known value and so no bar.")
    return " ".join(sentences)
