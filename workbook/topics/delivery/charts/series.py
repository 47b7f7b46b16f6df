"""Progress measures with more than one known value: the latest, and those before it."""

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
from workbook.charts.rows import by_width, row_channel, row_height, row_texts
from workbook.charts.theme import BLUE, ORANGE, RULE_COLOUR
from workbook.outcome import Outcome
from workbook.text.dates import format_short_month
from workbook.text.grammar import choose_form, format_count
from workbook.topics.delivery.charts.account_rows import Row
from workbook.topics.delivery.charts.empty_titles import no_value_title
from workbook.topics.delivery.measures import describe_value

_ROW_HEIGHT = row_height(52, narrow=84)
"""Height of a row: the measure in one line or, on a phone, in two, its values and its bar."""

_BAR_HEIGHT = 9


def draw_series(outcome: Outcome) -> Figure:
    """Draw a bar for the latest value of each measure, with a line at each value before it."""
    table = outcome.frame("series")
    latest = table.groupby("id", sort=False).tail(1)
    earlier = table.drop(latest.index)
    return make_figure(
        _build_template(),
        {"rows": _build_rows(table, latest), "earlier": _build_marks(latest, earlier)},
        title=_write_title(table, latest, outcome.scenario.quarter),
        subtitle="Bar: latest value. Line: each value before. Both as a share of the highest",
        description=_write_description(table),
    )


@build_once
def _build_template() -> ChartTemplate:
    x = alt.X("nothing:Q", axis=None, scale=alt.Scale(domain=[0, 1], clamp=True, nice=False))
    offset = by_width(32, 18)
    base = named_data("rows").encode(y=row_channel("place"), tooltip=["measure:N", "text:N"])
    earlier = named_data("earlier").encode(
        y=row_channel("place"), x=alt.X("of_highest:Q", axis=None)
    )
    return ChartTemplate(
        layer_charts(
            base.mark_bar(height=_BAR_HEIGHT, yOffset=offset, fill=RULE_COLOUR).encode(
                x=x, x2="all:Q"
            ),
            base.mark_bar(height=_BAR_HEIGHT, yOffset=offset, color=BLUE).encode(
                x=x, x2="of_highest:Q"
            ),
            earlier.mark_tick(
                color=ORANGE, thickness=3, size=_BAR_HEIGHT + 6, yOffset=offset, orient="vertical"
            ),
            *row_texts(
                base,
                name={"dy": by_width(-8, -5), "baseline": "line-bottom", "fontWeight": "bold"},
                text={"dy": by_width(1, 4)},
            ),
        ),
        _ROW_HEIGHT,
    )


def _build_rows(table: pd.DataFrame, latest: pd.DataFrame) -> pd.DataFrame:
    texts = [
        " → ".join(map(_describe_point, history.to_dict("records")))
        for _, history in table.groupby("id", sort=False)
    ]
    return pd.DataFrame(
        {
            "place": range(len(latest)),
            "id": latest["id"].to_numpy(),
            "measure": latest["measure"].to_numpy(),
            "name": latest["measure"].to_numpy(),
            "nothing": 0.0,
            "all": 1.0,
            "of_highest": latest["of_highest"].to_numpy(),
            "text": texts,
        }
    )


def _build_marks(latest: pd.DataFrame, earlier: pd.DataFrame) -> pd.DataFrame:
    places = {name: place for place, name in enumerate(latest["id"])}
    marks = earlier[["id", "of_highest"]].reset_index(drop=True)
    return marks.assign(place=marks["id"].map(places).astype(int))


def _describe_point(row: Row) -> str:
    """A value with its month: ``over 104% (May 2014)``, ``13,668 (before)``."""
    month: str = format_short_month(row["period"]) if pd.notna(row["period"]) else "before"
    return f"{describe_value(row)} ({month})"


def _write_title(table: pd.DataFrame, latest: pd.DataFrame, quarter: str) -> str:
    if table.empty:
        return no_value_title("no progress measure with more than one value", quarter)
    first = table.groupby("id", sort=False)["value"].first()
    risen = int((latest.set_index("id")["value"] > first).sum())
    subject = format_count(len(latest), "measure has", "measures have", one="One")
    rise = (
        f"{choose_form(len(latest), 'it has', 'all have')} risen"
        if risen == len(latest)
        else f"{risen} {choose_form(risen, 'has', 'have')} risen"
    )
    return f"{subject} more than one known value, and {rise}"


def _write_description(table: pd.DataFrame) -> str:
    if table.empty:
        return "No progress measure has more than one known value, so no bar is drawn."
    return " ".join(
        f"{measure}: {', then '.join(map(_describe_point, history.to_dict('records')))}."
        for measure, history in table.groupby("measure", sort=False)
    )
