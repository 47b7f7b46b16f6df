"""The exemplar services' phases on one line each, up to the end of the quarter."""

from functools import cache

import altair as alt
import pandas as pd

from workbook.charting import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    TURQUOISE,
    Drawing,
    Figure,
    finish,
    layers,
    on,
    rows_in_order,
)
from workbook.outcome import Outcome
from workbook.quarters import last_day, period_end
from workbook.topics.delivery.charts.marks import began, ended, label, texts
from workbook.topics.delivery.phases import ALPHA, BETA, DISCOVERY, LIVE, PHASES
from workbook.topics.delivery.remarks import many

COLOURS = {DISCOVERY: GREY, ALPHA: ORANGE, BETA: TURQUOISE, LIVE: BLUE}

ROW = 34
"""Height of a row in CSS pixels: a name with its phases beneath."""

NEAR = 1
"""Years after the last that is known, within which the quarter's end is marked."""

WHOLE_YEARS = "datum.value % 1 ? '' : format(datum.value, 'd')"


def exemplars(outcome: Outcome) -> Figure:
    """The phases of each service by its dated milestones, the furthest first."""
    table, quarter = outcome.tables["exemplars"], outcome.scenario.quarter
    return finish(
        _timeline(),
        {"rows": _rows(table), "mark": _mark(table, quarter)},
        title=_title(table, quarter),
        subtitle=(
            "Phases by dated milestones, each until the next begins; the line is the last day that "
            "counts"
        ),
        description=_description(table),
    )


@cache
def _timeline() -> Drawing:
    colour = alt.Color(
        "phase:N",
        sort=list(COLOURS),
        scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())),
        legend=alt.Legend(symbolType="square", columns=alt.ExprRef("width < 420 ? 2 : 4")),
    )
    axis = alt.Axis(labelExpr=WHOLE_YEARS, tickMinStep=1, orient="top", labelOverlap=True)
    x = alt.X("began:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=False))
    base = on("rows").encode(y=rows_in_order("title"))
    marked = on("mark").encode(x=alt.X("at:Q"))
    return Drawing(
        layers(
            base.mark_bar(height=12, yOffset=9).encode(
                x=x,
                x2="until:Q",
                color=colour,
                tooltip=["title:N", "phase:N", "start:N", "end:N"],
            ),
            marked.mark_rule(color=INK, strokeDash=[2, 3], strokeWidth=2),
            *texts(base.transform_filter("datum.name"), name={"dy": -8}),
            *label("mark", "text", x=alt.X("at:Q"), y=alt.value("height"), align="right", dy=10),
        ),
        {"step": ROW},
    )


def _rows(table: pd.DataFrame) -> pd.DataFrame:
    """Bars from the first day of a phase to its last, and what stands over the first of each."""
    rows = table[["title", "phase", "start", "end"]].astype(object)
    going_on = table["going_on"].astype(bool)
    now = table[going_on].set_index("title")["phase"]
    first = ~table["title"].duplicated()
    names = [
        f"{title}: {now[title]}" if new else ""
        for title, new in zip(table["title"], first, strict=True)
    ]
    until = [
        ended(end) if on_now else began(end)
        for end, on_now in zip(table["end"], going_on, strict=True)
    ]
    places = pd.factorize(table["title"])[0]
    starts = [began(start) for start in table["start"]]
    return rows.assign(began=starts, until=until, name=names, place=places)


def _mark(table: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """The quarter's last day, or the last that is known where that is long before it."""
    rows = []
    if len(table):
        known, day = str(table["end"].max()), last_day(quarter)
        at = day.year + day.month / 12
        near = at - ended(known) <= NEAR
        text = f"{day.day} {day:%B %Y}" if near else f"Known to {_month(known)}"
        rows.append((at if near else ended(known), text))
    return pd.DataFrame(rows, columns=["at", "text"])


def _title(table: pd.DataFrame, quarter: str) -> str:
    if table.empty:
        return f"No exemplar service of these has a dated milestone by {quarter}"
    now = table[table["going_on"].astype(bool)]
    count, every = int((now["phase"] == LIVE).sum()), len(now)
    live = f"{count or 'None'} of {every} exemplar services {'is' if count == 1 else 'are'} live"
    if every == 1:
        live = f"{now['title'].iloc[0]} is {'live' if count else 'in ' + now['phase'].iloc[0]}"
    beta = now[now["phase"] == BETA]
    if len(beta) <= 1 or every == 1:
        return live
    longest = beta.sort_values("start", kind="stable").iloc[0]
    return f"{live}; {len(beta)} are in beta, one since {_month(longest['start'])}"


def _description(table: pd.DataFrame) -> str:
    if table.empty:
        return "No service is shown."
    now = table[table["going_on"].astype(bool)]
    known = _month(str(table["end"].max()))
    parts = [
        f"{phase}: {', '.join(f'{t} (since {_month(s)})' for t, s in own)}."
        for phase in reversed(PHASES)
        if (own := now.loc[now["phase"] == phase, ["title", "start"]].to_numpy().tolist())
    ]
    return f"By dated milestones known to {known}, {many(len(now), 'service')}. " + " ".join(
        part[:1].upper() + part[1:] for part in parts
    )


def _month(month: str) -> str:
    return f"{period_end(month):%B %Y}"
