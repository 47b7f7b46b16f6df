"""The move of agency websites to GOV.UK: a path from the known numbers to the dated target."""

import altair as alt
import pandas as pd

from workbook.charts.axes import time_channel, unit_axis
from workbook.charts.figure import (
    ChartTemplate,
    Figure,
    build_once,
    layer_charts,
    make_figure,
    named_data,
)
from workbook.charts.marks import (
    DASHED,
    DOT_STYLE,
    DOTTED,
    LABEL_SIDES,
    category_colour,
    place_on_free_side,
    side_labels,
)
from workbook.charts.theme import BLUE, GREY, PLUM
from workbook.outcome import Outcome
from workbook.periods import month_index
from workbook.text.dates import format_month
from workbook.text.numbers import format_number
from workbook.topics.delivery.charts.account_rows import Row
from workbook.topics.delivery.charts.empty_titles import no_value_title
from workbook.topics.delivery.transition import MOVED, PLANNED_MOVE, TOTAL_TARGET

_COLOURS = {MOVED: BLUE, PLANNED_MOVE: GREY, TOTAL_TARGET: PLUM}
_LEFT_LABEL_SHARE = 0.0
"""Fraction of the time shown beyond which a label is on the left: the line rises to the right."""

_MONTH_LABELS = (
    "['Jan','Feb','Mar','Apr','May','Jun','Jul','Aug','Sep','Oct','Nov','Dec'][datum.value % 12]"
    " + ' ' + floor(datum.value / 12)"
)
"""Expression that labels a number of months since the year 0."""


def draw_transition(outcome: Outcome) -> Figure:
    """Draw the websites moved so far, those planned, and the target for all websites."""
    table = outcome.frame("transition")
    return make_figure(
        _build_template(),
        {
            "rows": _build_points(table),
            "moved": _place_months(table[table["basis"] == MOVED]),
            "ahead": _place_months(_path_ahead(table)),
        },
        title=_write_title(table, outcome.scenario.quarter),
        subtitle=_write_subtitle(table),
        description=_write_description(table),
    )


@build_once
def _build_template() -> ChartTemplate:
    x = time_channel("at", labelExpr=_MONTH_LABELS, tickCount=4, grid=False)
    y = alt.Y("websites:Q", title=None, axis=unit_axis("y", "count"), scale=alt.Scale(zero=True))
    points = named_data("rows").encode(x=x, y=y)
    return ChartTemplate(
        layer_charts(
            named_data("ahead")
            .mark_line(color=PLUM, strokeDash=DOTTED, strokeWidth=2)
            .encode(x=x, y=y),
            points.transform_filter(
                alt.FieldOneOfPredicate("basis", [MOVED, PLANNED_MOVE])
            ).mark_line(color=GREY, strokeDash=DASHED, strokeWidth=2),
            named_data("moved").mark_line(color=BLUE, strokeWidth=3).encode(x=x, y=y),
            points.mark_point(**DOT_STYLE).encode(
                color=category_colour("basis", _COLOURS, legend=None),
                tooltip=["month:N", "websites:Q", "basis:N"],
            ),
            *side_labels("rows", "label_", x=x, y=y, dy=-14),
        ),
        220,
    )


def _place_months(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {"at": [month_index(month) for month in table["month"]], "websites": table["websites"]}
    )


def _path_ahead(table: pd.DataFrame) -> pd.DataFrame:
    """The last point known or planned, and the target: the distance that is left."""
    target = table[table["basis"] == TOTAL_TARGET]
    return (
        pd.concat([table[table["basis"] != TOTAL_TARGET].tail(1), target])
        if len(target)
        else target
    )


def _build_points(table: pd.DataFrame) -> pd.DataFrame:
    """Each point with its label where there is room."""
    points = _place_months(table).assign(basis=table["basis"], month=table["month"])
    first, last = points["at"].min(), points["at"].max()
    columns: dict[str, list[str]] = {f"label_{side}": [] for side in LABEL_SIDES}
    for row, at in zip(table.to_dict("records"), points["at"], strict=True):
        sides = place_on_free_side(_label_point(row), at, first, last, _LEFT_LABEL_SHARE)
        for side, text in sides.items():
            columns[f"label_{side}"].append(text)
    return points.assign(**{name: pd.Series(texts, dtype="str") for name, texts in columns.items()})


def _label_point(row: Row) -> str:
    """What a point shows: ``50 moved``, ``115 as planned``, ``more than 300``."""
    number = format_number(row["websites"])
    if row["basis"] == TOTAL_TARGET:
        return f"Target: {row['sense']} {number}"
    if row["basis"] == PLANNED_MOVE:
        return f"{number} as planned"
    return f"{number} moved" if row["websites"] else ""


def _last_moved(table: pd.DataFrame) -> Row | None:
    moved = table[table["basis"] == MOVED].to_dict("records")
    return moved[-1] if moved else None


def _find_target(table: pd.DataFrame) -> Row | None:
    targets = table[table["basis"] == TOTAL_TARGET].to_dict("records")
    return targets[0] if targets else None


def _write_title(table: pd.DataFrame, quarter: str) -> str:
    moved, target = _last_moved(table), _find_target(table)
    if moved is None:
        return no_value_title("no known number of websites moved to GOV.UK", quarter)
    known = f"{format_number(moved['websites'])} websites are known to have moved to GOV.UK"
    if target is None:
        return known
    return f"{known}; the target is {target['sense']} {format_number(target['websites'])}"


def _write_subtitle(table: pd.DataFrame) -> str:
    if table.empty:
        return "Agency websites moved to GOV.UK"
    start = format_month(table["month"].iloc[0])
    return (
        f"Agency websites moved to GOV.UK since the end of {start}. The target counts earlier"
        " moves too, of which the number is not published"
    )


def _write_description(table: pd.DataFrame) -> str:
    moved = _last_moved(table)
    if moved is None:
        return "Government had not published how many websites had moved, so no line is drawn."
    sentences = [
        f"{format_number(moved['websites'])} websites were moved by {format_month(moved['month'])}."
    ]
    for row in table[table["basis"] != MOVED].to_dict("records"):
        number, month = format_number(row["websites"]), format_month(row["month"])
        sentences.append(
            f"The target is {row['sense']} {number} by {month}, with those moved earlier."
            if row["basis"] == TOTAL_TARGET
            else f"If all planned moves are made, it is {number} by {month}."
        )
    return " ".join(sentences)
