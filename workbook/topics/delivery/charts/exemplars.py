"""Timeline of the exemplar services' phases, up to the end of the quarter."""

import altair as alt
import pandas as pd

from workbook.charts.axes import time_channel
from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import DOTTED, category_colour, point_labels
from workbook.charts.rows import (
    NAMED_MARK_OFFSET,
    NAMED_ROW_HEIGHT,
    ROW_NAME_STYLE,
    by_width,
    row_channel,
    row_texts,
)
from workbook.charts.theme import BLUE, GREY, ORANGE, TEXT_COLOUR, TURQUOISE
from workbook.outcome import Outcome
from workbook.periods import MONTHS_PER_YEAR, decimal_year, last_day_of_quarter
from workbook.text.dates import format_day, format_month
from workbook.text.grammar import capitalise_first, choose_form, format_count, format_part
from workbook.topics.delivery.exemplars import ALPHA, BETA, DISCOVERY, EXEMPLAR_PHASES, LIVE

_PHASE_COLOURS = {DISCOVERY: GREY, ALPHA: ORANGE, BETA: TURQUOISE, LIVE: BLUE}

_NEAR_YEARS = 1
"""Years after the last known month within which the end of the quarter is marked."""

_MONTH = 1 / MONTHS_PER_YEAR
"""Length of a month in years."""


def draw_exemplars(outcome: Outcome) -> Figure:
    """Draw the phases of each service by its dated milestones, the furthest first."""
    table, quarter = outcome.frame("exemplars"), outcome.scenario.quarter
    return make_figure(
        _build_template(),
        {"rows": _build_rows(table), "mark": _build_quarter_end(table, quarter)},
        title=_write_title(table, quarter),
        subtitle=(
            "Each bar begins at the phase’s first completed milestone: for discovery, its end. "
            "Dotted line: last day covered"
        ),
        description=_write_description(table),
    )


@build_once
def _build_template() -> ChartTemplate:
    colour = category_colour(
        "phase",
        _PHASE_COLOURS,
        legend=alt.Legend(symbolType="square", columns=by_width(2, 4)),
    )
    base = named_data("rows").encode(y=row_channel("title"))
    quarter_end = alt.X("at:Q")
    return ChartTemplate(
        layer_charts(
            base.mark_bar(height=12, yOffset=NAMED_MARK_OFFSET).encode(
                x=time_channel("began", orient="top"),
                x2="until:Q",
                color=colour,
                tooltip=["title:N", "phase:N", "start:N", "end:N"],
            ),
            named_data("mark")
            .mark_rule(color=TEXT_COLOUR, strokeDash=DOTTED, strokeWidth=2)
            .encode(x=quarter_end),
            *row_texts(base.transform_filter("datum.name"), name=ROW_NAME_STYLE),
            *point_labels("mark", x=quarter_end, y=alt.value("height"), align="right", dy=10),
        ),
        NAMED_ROW_HEIGHT,
    )


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Bars from the first day of a phase to its last; the first bar of a service has its name."""
    rows = table[["title", "phase", "start", "end"]].astype(object)
    going_on = table["going_on"].astype(bool)
    current_phases = table[going_on].set_index("title")["phase"]
    is_first_phase = ~table["title"].duplicated()
    names = [
        f"{title}: {current_phases[title]}" if is_first else ""
        for title, is_first in zip(table["title"], is_first_phase, strict=True)
    ]
    until = [
        decimal_year(end) if is_current else decimal_year(end) - _MONTH
        for end, is_current in zip(table["end"], going_on, strict=True)
    ]
    places = pd.factorize(table["title"])[0]
    starts = [decimal_year(start) - _MONTH for start in table["start"]]
    return rows.assign(began=starts, until=until, name=names, place=places)


def _build_quarter_end(table: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """The quarter's last day, or the last known month where that is long before it."""
    rows = []
    if len(table):
        known_month = str(table["end"].max())
        quarter_end, known_to = decimal_year(quarter), decimal_year(known_month)
        if quarter_end - known_to <= _NEAR_YEARS:
            rows.append((quarter_end, format_day(last_day_of_quarter(quarter))))
        else:
            rows.append((known_to, f"Known to {format_month(known_month)}"))
    return pd.DataFrame(rows, columns=["at", "text"])


def _write_title(table: pd.DataFrame, quarter: str) -> str:
    if table.empty:
        end = format_month(last_day_of_quarter(quarter))
        return f"No exemplar service had a dated milestone by {end}"
    known_to = f"By milestones to {format_month(str(table['end'].max()))}, "
    current = table[table["going_on"].astype(bool)]
    live_count, service_count = int((current["phase"] == LIVE).sum()), len(current)
    if service_count == 1:
        state = "live" if live_count else f"in {current['phase'].iloc[0]}"
        return f"{known_to}{current['title'].iloc[0]} was {state}"
    verb = choose_form(live_count or 1, "was", "were")
    live_text = f"{known_to}{format_part(live_count, service_count, 'service')} {verb} live"
    beta_count = int((current["phase"] == BETA).sum())
    return f"{live_text}, {beta_count} in beta" if beta_count else live_text


def _write_description(table: pd.DataFrame) -> str:
    if table.empty:
        return "No exemplar service had a dated milestone, so no phase is drawn."
    current = table[table["going_on"].astype(bool)]
    sentences = [
        f"{capitalise_first(phase)}: {_describe_starts(phase, starts)}."
        for phase in reversed(EXEMPLAR_PHASES)
        if len(starts := current.loc[current["phase"] == phase, "start"])
    ]
    known_to_month = format_month(str(table["end"].max()))
    numbers = int(current["number"].nunique())
    shared = (
        [f"These are {len(current)} entries for {format_count(numbers, 'numbered service')}."]
        if numbers < len(current)
        else []
    )
    return " ".join([f"By dated milestones known to {known_to_month}.", *sentences, *shared])


def _describe_starts(phase: str, starts: "pd.Series[str]") -> str:
    """How many services are in a phase, and when they reached it, or completed discovery."""
    services = format_count(len(starts), "service", one="one")
    span = _describe_span(starts.min(), starts.max())
    if phase == DISCOVERY:
        return f"{services}, which completed it {span}, with no later milestone"
    return f"{services}, which reached it {span}"


def _describe_span(first: str, last: str) -> str:
    if first == last:
        return f"in {format_month(first)}"
    return f"between {format_month(first)} and {format_month(last)}"
