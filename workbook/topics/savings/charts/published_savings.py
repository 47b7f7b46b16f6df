"""Published savings by year: totals, components, and residuals calculated here."""

from itertools import groupby
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
from workbook.charts.rows import (
    AMOUNT_MARK_OFFSET,
    AMOUNT_ROW_HEIGHT,
    ROW_AMOUNT_STYLE,
    ROW_HEADING_STYLE,
    ROW_NAME_STYLE,
    amount_channel,
    row_channel,
    row_texts,
)
from workbook.charts.theme import BLUE, PLUM, TURQUOISE
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_month
from workbook.text.numbers import format_money, format_short_money
from workbook.topics.savings.data import COMPONENT_ROLE, NARROW_DEFINITION, TOTAL_ROLE
from workbook.topics.savings.reconciliation import RESIDUAL_ROLE, SUM_ROLE

_OTHER_DEFINITION_ROLE = "another definition"
"""Role of a row with another definition, which is never added to the narrow one."""

_PART_ROLES = (COMPONENT_ROLE, RESIDUAL_ROLE)
"""Roles of the rows that add up to a total."""

_COMPUTED_CLAUSES = {
    RESIDUAL_ROLE: ", {} of it not broken down",
    SUM_ROLE: "; its components add up to {}",
}
"""Part of the title about a calculated row, by its role."""

_EDGE_COLOURS = {
    TOTAL_ROLE: BLUE,
    COMPONENT_ROLE: TURQUOISE,
    RESIDUAL_ROLE: TURQUOISE,
    SUM_ROLE: BLUE,
    _OTHER_DEFINITION_ROLE: PLUM,
}
_FILL_COLOURS = {
    **_EDGE_COLOURS,
    RESIDUAL_ROLE: "white",
    SUM_ROLE: "white",
    _OTHER_DEFINITION_ROLE: "white",
}
_EDGE_DASHES = {
    role: [4, 3] if role in {RESIDUAL_ROLE, SUM_ROLE} else [1, 0] for role in _EDGE_COLOURS
}
"""Edge, fill and dashes of a bar by its role. Hollow bars are calculated here, or never added."""


def draw_published_savings(outcome: Outcome) -> Figure:
    """Draw the published savings by year, with the components of a year end to end."""
    table = outcome.frame("published")
    return make_figure(
        _build_template(),
        {"rows": _build_rows(table)},
        title=_write_title(table, outcome.scenario.quarter),
        subtitle=(
            "£ by financial year, cash prices, all of government, with components end to end."
            " Dashed: calculated here. Outlined: another definition, never added"
        ),
        description=_write_description(table),
    )


@build_once
def _build_template() -> ChartTemplate:
    base = named_data("rows").encode(y=row_channel("place"), tooltip=["name:N", "text:N"])
    edge, fill, dash = (
        category_scale(by_role) for by_role in (_EDGE_COLOURS, _FILL_COLOURS, _EDGE_DASHES)
    )
    bars = base.mark_bar(height=11, yOffset=AMOUNT_MARK_OFFSET, strokeWidth=1.5).encode(
        x=amount_channel("start"),
        x2="end:Q",
        stroke=alt.Stroke("role:N", scale=edge, legend=None),
        fill=alt.Fill("role:N", scale=fill, legend=None),
        strokeDash=alt.StrokeDash("role:N", scale=dash, legend=None),
    )
    return ChartTemplate(
        layer_charts(
            bars,
            *row_texts(base, heading=ROW_HEADING_STYLE, name=ROW_NAME_STYLE, text=ROW_AMOUNT_STYLE),
        ),
        AMOUNT_ROW_HEIGHT,
    )


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each heading and each saving, from ``start`` to ``end`` in pounds."""
    rows: list[dict[str, Any]] = []
    for heading, account in groupby(table.to_dict("records"), _account_heading):
        rows.append({"heading": heading, "name": "", "text": "", "role": ""})
        part_start = 0.0
        for row in account:
            start = part_start if row["role"] in _PART_ROLES else 0.0
            end = start + row["value"]
            part_start = end if row["role"] in _PART_ROLES else 0.0
            rows.append(_describe_bar(row) | {"start": start, "end": end})
    columns = ["place", "heading", "name", "text", "role", "start", "end"]
    return pd.DataFrame(
        [{"place": position, **row} for position, row in enumerate(rows)], columns=columns
    )


def _describe_bar(row: dict[Any, Any]) -> dict[str, Any]:
    """Texts beside the bar of a saving, and the role that determines its style."""
    role = row["role"] if row["definition"] == NARROW_DEFINITION else _OTHER_DEFINITION_ROLE
    return {
        "heading": "",
        "name": _row_name(row),
        "text": format_short_money(row["value"]),
        "role": role,
    }


def _account_heading(row: dict[Any, Any]) -> str:
    if row["definition"] == NARROW_DEFINITION:
        return f"{row['financial_year']}: {row['definition']}"
    return f"Never added: {row['definition']}"


def _row_name(row: dict[Any, Any]) -> str:
    """Name of a row under its heading."""
    if row["definition"] == NARROW_DEFINITION:
        return "Published total" if row["role"] == TOTAL_ROLE else str(row["component"])
    year = str(row["financial_year"])
    return year if row["role"] == TOTAL_ROLE else f"{year}: {row['component']}"


def _write_title(table: pd.DataFrame, quarter: str) -> str:
    narrow = [row for row in table.to_dict("records") if row["definition"] == NARROW_DEFINITION]
    totals = [row for row in narrow if row["role"] == TOTAL_ROLE]
    if not totals:
        scope = "" if table.empty else f" for {NARROW_DEFINITION}"
        quarter_end = format_month(last_day_of_quarter(quarter))
        return f"No saving{scope} is published for a year that ended by {quarter_end}"
    year, total = totals[-1]["financial_year"], format_money(totals[-1]["value"])
    clauses = [
        _COMPUTED_CLAUSES[row["role"]].format(format_money(row["value"]))
        for row in narrow
        if row["financial_year"] == year and row["role"] in _COMPUTED_CLAUSES
    ]
    return f"{total} published for {year}{''.join(clauses)}"


def _write_description(table: pd.DataFrame) -> str:
    if table.empty:
        return "No savings are published."
    parts = []
    for heading, account in groupby(table.to_dict("records"), _account_heading):
        rows = list(account)
        amounts = " ".join(f"{_row_name(row)}: {format_money(row['value'])}." for row in rows)
        notes = dict.fromkeys(row["note"] for row in rows if pd.notna(row["note"]) and row["note"])
        parts += [f"{heading}. {amounts}", *notes]
    return " ".join(parts)
