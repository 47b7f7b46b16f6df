"""The exemplar services' phases on one line each, up to the end of the quarter."""

from functools import cache

import altair as alt
import pandas as pd

from workbook.charts.figure import ChartTemplate, Figure, layer_charts, make_figure, named_data
from workbook.charts.rows import row_channel
from workbook.charts.theme import BLUE, GREY, ORANGE, TEXT_COLOUR, TURQUOISE
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_day, format_month
from workbook.text.grammar import capitalise_first, choose_form, format_count
from workbook.topics.delivery.charts.marks import (
    month_end_as_year,
    month_start_as_year,
    point_label_marks,
    row_text_marks,
)
from workbook.topics.delivery.exemplars import ALPHA, BETA, DISCOVERY, EXEMPLAR_PHASES, LIVE

_PHASE_COLOURS = {DISCOVERY: GREY, ALPHA: ORANGE, BETA: TURQUOISE, LIVE: BLUE}

_ROW_HEIGHT = 34
"""Height of a row in CSS pixels: a name with its phases beneath."""

_NEAR_YEARS = 1
"""Years after the last that is known, within which the quarter's end is marked."""

_WHOLE_YEARS_LABEL = "datum.value % 1 ? '' : format(datum.value, 'd')"


def draw_exemplars(outcome: Outcome) -> Figure:
    """The phases of each service by its dated milestones, the furthest first."""
    table, quarter = outcome.frame("exemplars"), outcome.scenario.quarter
    return make_figure(
        _build_timeline(),
        {"rows": _build_rows(table), "mark": _build_quarter_end(table, quarter)},
        title=_write_title(table, quarter),
        subtitle=(
            "Phases by dated milestones, each until the next begins; the line is the last day that "
            "counts"
        ),
        description=_describe(table),
    )


@cache
def _build_timeline() -> ChartTemplate:
    colour = alt.Color(
        "phase:N",
        sort=list(_PHASE_COLOURS),
        scale=alt.Scale(domain=list(_PHASE_COLOURS), range=list(_PHASE_COLOURS.values())),
        legend=alt.Legend(symbolType="square", columns=alt.ExprRef("width < 420 ? 2 : 4")),
    )
    axis = alt.Axis(labelExpr=_WHOLE_YEARS_LABEL, tickMinStep=1, orient="top", labelOverlap=True)
    x = alt.X("began:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=False))
    base = named_data("rows").encode(y=row_channel("title"))
    quarter_end_mark = named_data("mark").encode(x=alt.X("at:Q"))
    return ChartTemplate(
        layer_charts(
            base.mark_bar(height=12, yOffset=9).encode(
                x=x,
                x2="until:Q",
                color=colour,
                tooltip=["title:N", "phase:N", "start:N", "end:N"],
            ),
            quarter_end_mark.mark_rule(color=TEXT_COLOUR, strokeDash=[2, 3], strokeWidth=2),
            *row_text_marks(base.transform_filter("datum.name"), name={"dy": -8}),
            *point_label_marks(
                "mark", "text", x=alt.X("at:Q"), y=alt.value("height"), align="right", dy=10
            ),
        ),
        {"step": _ROW_HEIGHT},
    )


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Bars from the first day of a phase to its last, and what stands over the first of each."""
    rows = table[["title", "phase", "start", "end"]].astype(object)
    going_on = table["going_on"].astype(bool)
    current_phases = table[going_on].set_index("title")["phase"]
    is_first_phase = ~table["title"].duplicated()
    names = [
        f"{title}: {current_phases[title]}" if is_first else ""
        for title, is_first in zip(table["title"], is_first_phase, strict=True)
    ]
    until = [
        month_end_as_year(end) if is_current else month_start_as_year(end)
        for end, is_current in zip(table["end"], going_on, strict=True)
    ]
    places = pd.factorize(table["title"])[0]
    starts = [month_start_as_year(start) for start in table["start"]]
    return rows.assign(began=starts, until=until, name=names, place=places)


def _build_quarter_end(table: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """The quarter's last day, or the last that is known where that is long before it."""
    rows = []
    if len(table):
        known_to_month, day = str(table["end"].max()), last_day_of_quarter(quarter)
        quarter_end = day.year + day.month / 12
        is_near = quarter_end - month_end_as_year(known_to_month) <= _NEAR_YEARS
        text = format_day(day) if is_near else f"Known to {format_month(known_to_month)}"
        rows.append((quarter_end if is_near else month_end_as_year(known_to_month), text))
    return pd.DataFrame(rows, columns=["at", "text"])


def _write_title(table: pd.DataFrame, quarter: str) -> str:
    if table.empty:
        return f"No exemplar service of these has a dated milestone by {quarter}"
    current = table[table["going_on"].astype(bool)]
    live_count, service_count = int((current["phase"] == LIVE).sum()), len(current)
    live_text = (
        f"{live_count or 'None'} of {service_count} exemplar services"
        f" {choose_form(live_count, 'is', 'are')} live"
    )
    if service_count == 1:
        live_text = (
            f"{current['title'].iloc[0]} is"
            f" {'live' if live_count else 'in ' + current['phase'].iloc[0]}"
        )
    in_beta = current[current["phase"] == BETA]
    if len(in_beta) <= 1 or service_count == 1:
        return live_text
    longest = in_beta.sort_values("start", kind="stable").iloc[0]
    return f"{live_text}; {len(in_beta)} are in beta, one since {format_month(longest['start'])}"


def _describe(table: pd.DataFrame) -> str:
    if table.empty:
        return "No service is shown."
    current = table[table["going_on"].astype(bool)]
    known_to_month = format_month(str(table["end"].max()))
    parts = [
        f"{phase}:"
        f" {', '.join(f'{title} (since {format_month(start)})' for title, start in services)}."
        for phase in reversed(EXEMPLAR_PHASES)
        if (
            services := current.loc[current["phase"] == phase, ["title", "start"]]
            .to_numpy()
            .tolist()
        )
    ]
    return (
        f"By dated milestones known to {known_to_month},"
        f" {format_count(len(current), 'service', one='one')}. "
        + " ".join(map(capitalise_first, parts))
    )
