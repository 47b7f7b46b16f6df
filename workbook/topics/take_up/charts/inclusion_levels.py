"""Users at each level of the digital inclusion scale, with and without support."""

from collections.abc import Iterator

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
from workbook.charts.rows import (
    NAMED_MARK_OFFSET,
    NAMED_ROW_HEIGHT,
    ROW_NAME_STYLE,
    by_width,
    row_channel,
    row_texts,
)
from workbook.charts.theme import BLUE, ORANGE, RULE_COLOUR
from workbook.outcome import Outcome
from workbook.text.grammar import lower_first
from workbook.text.numbers import format_people, format_share

_UNSUPPORTED, _SUPPORTED, _INDEPENDENT = "without support", "with support", "need no support"
_COLOURS = {_UNSUPPORTED: ORANGE, _SUPPORTED: BLUE, _INDEPENDENT: RULE_COLOUR}


def draw_inclusion_levels(outcome: Outcome) -> Figure:
    """Draw the users at each level: without support, with support, and who need none."""
    table = outcome.frame("inclusion_levels")
    return make_figure(
        _build_template(),
        {"rows": _build_rows(table)},
        title=_write_title(table, _name_counted(outcome)),
        subtitle=(
            f"{_name_counted(outcome)} a year at each level of the digital inclusion scale. Level 7"
            " is basic digital skills"
        ),
        description=_write_description(table),
    )


@build_once
def _build_template() -> ChartTemplate:
    legend = alt.Legend(symbolType="square", columns=by_width(1, 3))
    base = named_data("rows").encode(y=row_channel("title"))
    return ChartTemplate(
        layer_charts(
            base.mark_bar(height=12, yOffset=NAMED_MARK_OFFSET).encode(
                x=alt.X("start:Q", axis=None, scale=alt.Scale(domainMin=0)),
                x2="end:Q",
                color=category_colour("group", _COLOURS, legend=legend),
                tooltip=["title:N", "group:N", "text:N"],
            ),
            *row_texts(base.transform_filter("datum.name"), name=ROW_NAME_STYLE),
        ),
        NAMED_ROW_HEIGHT,
    )


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    columns = ["place", "title", "group", "start", "end", "text", "name"]
    return pd.DataFrame([*_build_segments(table)], columns=columns)


def _build_segments(table: pd.DataFrame) -> Iterator[tuple[int | float | str, ...]]:
    """Bars of each level from left to right; the first has the level's name."""
    is_empty = table["people"].isna().all()
    counted = table.fillna({"people": 0.0, "needing": 0.0, "supported": 0.0, "unsupported": 0.0})
    for place, row in enumerate(counted.to_dict("records")):
        title, start = f"{row['level']} {row['name']}", 0.0
        name = title if is_empty else f"{title}: {format_people(row['people'])}"
        groups = {
            _UNSUPPORTED: row["unsupported"],
            _SUPPORTED: row["supported"],
            _INDEPENDENT: row["people"] - row["needing"],
        }
        for group, count in groups.items():
            yield place, title, group, start, start + count, format_people(count), name
            start, name = start + count, ""


def _name_counted(outcome: Outcome) -> str:
    return outcome.table("inclusion_levels").columns["people"].label


def _write_title(table: pd.DataFrame, counted: str) -> str:
    if table["people"].isna().all():
        return "No shares of users at each level are published: supply yours"
    needing, unsupported = float(table["needing"].sum()), float(table["unsupported"].sum())
    if not needing:
        return "Nobody needs support to use these services online"
    if unsupported < 1:
        return f"All {format_people(needing)} {lower_first(counted)} that need support have it"
    share = format_share(unsupported / needing)
    part = f"{format_people(unsupported)} of {format_people(needing)} {lower_first(counted)}"
    return f"{part} that need support have none ({share})"


def _write_description(table: pd.DataFrame) -> str:
    if table["people"].isna().all():
        levels = (f"Level {row['level']}: {row['name']}." for row in table.to_dict("records"))
        return " ".join(["No bar is drawn.", *levels])
    return " ".join(
        f"Level {row['level']}, {row['name']}: {format_people(row['people'])} in all,"
        f" {format_people(row['unsupported'])} without support and"
        f" {format_people(row['supported'])} with support."
        for row in table.to_dict("records")
    )
