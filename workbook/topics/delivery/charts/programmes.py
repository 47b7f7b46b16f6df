"""Commitments of each programme by status: the answer to whether they are on track."""

from collections.abc import Hashable, Iterator, Mapping
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
from workbook.charts.marks import category_scale
from workbook.charts.rows import by_width, row_channel, row_height, row_texts
from workbook.charts.theme import BLUE, GREY, ORANGE, PLUM, RULE_COLOUR, TEXT_COLOUR
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter, period_end
from workbook.text.dates import format_day, format_month
from workbook.text.grammar import choose_form, format_count, join_items
from workbook.topics.delivery.charts.empty_titles import no_target_title
from workbook.topics.delivery.commitments import (
    COMMITMENT,
    MISSED_LABEL,
    OFF_TRACK,
    ON_TRACK,
    STATUS_LABELS,
    STATUS_UNKNOWN,
    are_all_missed,
    label_status,
    list_statuses,
    select_missed,
)
from workbook.topics.delivery.parameters import Delivery

_ROW_HEIGHT = 22
"""Height of a row in CSS pixels."""

_BARS_OFFSET = 184
"""Pixels from the left at which the bars begin, after the programmes' names."""

_NO_TARGET = "no target in report"
_STATUS_NAMES = {
    OFF_TRACK: STATUS_LABELS[OFF_TRACK],
    ON_TRACK: STATUS_LABELS[ON_TRACK],
    STATUS_UNKNOWN: "cannot be judged",
}
_FILLS = {
    MISSED_LABEL: PLUM,
    _STATUS_NAMES[OFF_TRACK]: ORANGE,
    _STATUS_NAMES[ON_TRACK]: BLUE,
    _STATUS_NAMES[STATUS_UNKNOWN]: RULE_COLOUR,
    _NO_TARGET: "white",
}
_STROKES = {**_FILLS, _STATUS_NAMES[STATUS_UNKNOWN]: GREY, _NO_TARGET: GREY}
"""Fill and outline of a bar by status: no fill without a target."""

_INKS = {
    status: "white" if fill in (BLUE, PLUM) else TEXT_COLOUR for status, fill in _FILLS.items()
}
"""Colour of the number on a bar by status."""


def draw_programmes(outcome: Outcome) -> Figure:
    """Draw the number of commitments with each status, programme by programme."""
    table = outcome.frame("programmes")
    commitments = outcome.frame("commitments")
    missed_counts = select_missed(commitments)["programme"].value_counts()
    counted = table.assign(missed=table["programme"].map(missed_counts).fillna(0).astype(int))
    shown = counted[counted["commitments"] > 0]
    return make_figure(
        _build_template(),
        {"rows": _build_rows(shown)},
        title=_write_title(shown, outcome.frame("progress"), outcome),
        subtitle=f"Commitments by programme and status{_describe_day(commitments, outcome)}",
        description=_write_description(shown),
    )


@build_once
def _build_template() -> ChartTemplate:
    base = named_data("rows").encode(
        y=row_channel("programme"), tooltip=["programme:N", "status:N", "commitments:Q"]
    )
    x = alt.X(
        "start:Q",
        axis=None,
        scale=alt.Scale(nice=False, range=[_BARS_OFFSET, alt.ExprRef("width - 1")]),
    )
    legend = alt.Legend(symbolType="square", columns=by_width(2, 5))
    bars = base.mark_bar(height=15, strokeWidth=1).encode(
        x=x,
        x2="end:Q",
        fill=alt.Fill("status:N", scale=category_scale(_FILLS), legend=legend),
        stroke=alt.Stroke("status:N", scale=category_scale(_STROKES), legend=legend),
    )
    counts = base.mark_text(fontWeight="bold").encode(
        x=alt.X("middle:Q", axis=None),
        text="commitments:Q",
        color=alt.Color("ink:N", scale=None, legend=None),
    )
    return ChartTemplate(
        layer_charts(
            bars,
            counts,
            *row_texts(base, name={}),
        ),
        row_height(_ROW_HEIGHT),
    )


def _describe_day(commitments: pd.DataFrame, outcome: Outcome) -> str:
    """The day of the status, or the last known month where the data end before it."""
    day = _last_day(outcome)
    periods = commitments.loc[commitments["kind"] == COMMITMENT, "period"]
    last_known = max(map(period_end, periods), default=day)
    if f"{last_known:%Y-%m}" < f"{day:%Y-%m}":
        return f" as last known, {format_month(last_known)}"
    return f" at {format_day(day)}"


def _last_day(outcome: Outcome) -> date:
    return last_day_of_quarter(outcome.scenario.quarter)


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each status of each programme, from ``start`` to ``end`` in commitments."""
    columns = ["place", "programme", "status", "commitments", "start", "end", "name"]
    rows = pd.DataFrame(list(_build_segments(table)), columns=columns)
    return rows.assign(
        middle=(rows["start"] + rows["end"]) / 2, ink=rows["status"].map(_INKS).astype("str")
    )


def _build_segments(table: pd.DataFrame) -> Iterator[tuple[int | str, ...]]:
    for place, row in enumerate(table.to_dict("records")):
        start, programme = 0, str(row["programme"])
        name = programme
        for status, count in _count_by_status(row).items():
            end = start + count
            yield place, programme, status, count, start, end, name
            start, name = end, ""


def _count_by_status(row: Mapping[Hashable, Any]) -> dict[str, int]:
    """Commitments of a programme by status; statuses without any are left out."""
    without_target = int(row["commitments"]) - int(row["with_target"])
    counts = {
        MISSED_LABEL: int(row["missed"]),
        _STATUS_NAMES[OFF_TRACK]: int(row["off_course"]) - int(row["missed"]),
        _STATUS_NAMES[ON_TRACK]: int(row["on_course"]),
        _STATUS_NAMES[STATUS_UNKNOWN]: int(row["not_known"]) - without_target,
        _NO_TARGET: without_target,
    }
    return {status: count for status, count in counts.items() if count}


def _write_title(table: pd.DataFrame, with_target: pd.DataFrame, outcome: Outcome) -> str:
    commitment_count, target_count = int(table["commitments"].sum()), len(with_target)
    if not target_count:
        return no_target_title(commitment_count, outcome.scenario_of(Delivery))
    if target_count == 1:
        row = with_target.to_dict("records")[0]
        is_unknown = row["on_course"] == STATUS_UNKNOWN
        return (
            f"The one target: {_STATUS_NAMES[STATUS_UNKNOWN] if is_unknown else label_status(row)}"
        )
    off_track = int(table["off_course"].sum())
    if not off_track:
        return f"{target_count} targets: {list_statuses(with_target, _last_day(outcome))}"
    label = "missed" if are_all_missed(with_target, _last_day(outcome)) else "off track"
    subject = f"The {format_count(off_track, 'target', one='one')} {label}"
    programmes = table.loc[table["off_course"] > 0, "programme"].tolist()
    place = programmes[0] if len(programmes) == 1 else f"{len(programmes)} programmes"
    return f"{subject} {choose_form(off_track, 'is', 'are')} in {place}"


def _write_description(table: pd.DataFrame) -> str:
    if table.empty:
        return "No commitment is in this selection, so no bar is drawn."
    return " ".join(
        f"{row['programme']}: {_describe_counts(row)}." for row in table.to_dict("records")
    )


def _describe_counts(row: Mapping[Hashable, Any]) -> str:
    return join_items(f"{count} {status}" for status, count in _count_by_status(row).items())
