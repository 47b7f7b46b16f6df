"""Commitments of each programme by status: the answer to whether they are on track."""

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
from workbook.charts.marks import category_scale
from workbook.charts.rows import by_width, row_channel, row_height, row_texts
from workbook.charts.theme import (
    BLUE,
    GREY,
    ORANGE,
    PLUM,
    RULE_COLOUR,
    TEXT_COLOUR,
    TURQUOISE,
)
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter, period_end
from workbook.text.dates import format_day, format_month
from workbook.text.grammar import choose_form, format_count, join_items
from workbook.topics.delivery.charts.empty_titles import no_commitment_title
from workbook.topics.delivery.commitments import (
    MET,
    MISSED,
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
    list_statuses,
)

_ROW_HEIGHT = 22
"""Height of a row in CSS pixels."""

_BARS_OFFSET = 184
"""Pixels from the left at which the bars begin, after the programmes' names."""

_NAMES = {STATUS_UNKNOWN: "cannot be judged"}
_FILLS = {
    MISSED: PLUM,
    OFF_TRACK: ORANGE,
    ON_TRACK: BLUE,
    MET: TURQUOISE,
    _NAMES[STATUS_UNKNOWN]: RULE_COLOUR,
}
_STROKES = {**_FILLS, _NAMES[STATUS_UNKNOWN]: GREY}
"""Fill and outline of a bar by status."""

_INKS = {
    status: "white" if fill in (BLUE, PLUM) else TEXT_COLOUR for status, fill in _FILLS.items()
}
"""Colour of the number on a bar by status."""


def draw_programmes(outcome: Outcome) -> Figure:
    """Draw the number of commitments with each status, programme by programme."""
    table = outcome.frame("programmes")
    commitments = outcome.frame("commitments")
    shown = table[table["commitments"] > 0]
    return make_figure(
        _build_template(),
        {"rows": _build_rows(shown)},
        title=_write_title(shown, commitments, outcome.scenario.quarter),
        subtitle=f"Targets by programme and status{_describe_day(commitments, outcome)}",
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
    day = last_day_of_quarter(outcome.scenario.quarter)
    last_known = max(map(period_end, commitments["period"]), default=day)
    if f"{last_known:%Y-%m}" < f"{day:%Y-%m}":
        return f" as last known, {format_month(last_known)}"
    return f" at {format_day(day)}"


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
    counts = {
        _NAMES.get(status, status): int(row[status.replace(" ", "_")])
        for status in (MISSED, OFF_TRACK, ON_TRACK, MET, STATUS_UNKNOWN)
    }
    return {status: count for status, count in counts.items() if count}


def _write_title(table: pd.DataFrame, commitments: pd.DataFrame, quarter: str) -> str:
    if commitments.empty:
        return no_commitment_title(quarter)
    if len(commitments) == 1:
        return f"The one target with a date: {list_statuses(commitments)}"
    counts = {name: int(table[name].sum()) for name in ("missed", "off_track")}
    failing = sum(counts.values())
    if not failing:
        return f"{len(commitments)} targets with a date: {list_statuses(commitments)}"
    label = " or ".join(name.replace("_", " ") for name, count in counts.items() if count)
    subject = f"The {format_count(failing, 'target', one='one')} {label}"
    programmes = table.loc[table["missed"] + table["off_track"] > 0, "programme"].tolist()
    place = programmes[0] if len(programmes) == 1 else f"{len(programmes)} programmes"
    return f"{subject} {choose_form(failing, 'is', 'are')} in {place}"


def _write_description(table: pd.DataFrame) -> str:
    if table.empty:
        return "No commitment had been reported, so no bar is drawn."
    return " ".join(
        f"{row['programme']}: {_describe_counts(row)}." for row in table.to_dict("records")
    )


def _describe_counts(row: Mapping[Hashable, Any]) -> str:
    return join_items(f"{count} {status}" for status, count in _count_by_status(row).items())
