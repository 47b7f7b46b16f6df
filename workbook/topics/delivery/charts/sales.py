"""G-Cloud sales by month and the share of small firms, or the published totals."""

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
from workbook.charts.rows import row_channel, row_height, row_texts
from workbook.charts.theme import BLUE, GREY, TURQUOISE
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_month, format_short_month
from workbook.text.numbers import format_money, format_share, format_short_money
from workbook.topics.delivery import gcloud
from workbook.topics.delivery.charts.account_rows import Row, rows_by_account

_MONTHS_SHOWN = 36
"""Months in the chart, the latest; the table has them all."""

_ROW_HEIGHT = 22
"""Height of a row in CSS pixels."""

_FIGURES_OFFSET, _BARS_OFFSET = 66, 180
"""Pixels from the left at which a month's amounts begin, and its bar."""

_SMALL_FIRMS, _OTHER_FIRMS, _ALL_FIRMS = "small firms", "other firms", "size not known"
_FIRM_COLOURS = {_SMALL_FIRMS: TURQUOISE, _OTHER_FIRMS: BLUE, _ALL_FIRMS: GREY}


def draw_sales(outcome: Outcome) -> Figure:
    """Draw each month's sales, small firms' first; without sales by month, the totals."""
    table = outcome.frame("sales")
    shown = table.tail(_MONTHS_SHOWN).reset_index(drop=True)
    return make_figure(
        _build_template(),
        {"bars": _build_bar_segments(shown), "rows": _build_rows(shown)},
        title=_write_title(table, outcome.frame("sales_accounts"), outcome.scenario.quarter),
        subtitle=_write_subtitle(table),
        description=_write_description(table, outcome.frame("sales_accounts")),
    )


@build_once
def _build_template() -> ChartTemplate:
    colour = category_colour(
        "kind",
        _FIRM_COLOURS,
        legend=alt.Legend(symbolType="square", values=[_SMALL_FIRMS, _OTHER_FIRMS]),
    )
    y = row_channel("row")
    x = alt.X(
        "from:Q",
        axis=None,
        scale=alt.Scale(nice=False, range=[_BARS_OFFSET, alt.ExprRef("width")]),
    )
    rows = named_data("rows").encode(y=y)
    return ChartTemplate(
        layer_charts(
            named_data("bars")
            .mark_bar(height=14)
            .encode(y=y, x=x, x2="until:Q", color=colour, tooltip=["month:N", "kind:N", "text:N"]),
            *row_texts(rows, name={}, text={"dx": _FIGURES_OFFSET, "fontWeight": "bold"}),
        ),
        row_height(_ROW_HEIGHT),
    )


def _build_rows(table: pd.DataFrame) -> pd.DataFrame:
    """The texts of each month: its name, its sales and small firms' share of them."""
    names = [
        gcloud.CUMULATIVE_LABELS.get(account) or format_short_month(month)
        for account, month in zip(table["account"], table["month"], strict=True)
    ]
    figure_texts = [
        f"{format_short_money(sales)},"
        f" {format_share(round(share, 2)) if pd.notna(share) else 'not known'}"
        for sales, share in zip(table["sales"], table["small_sales_share"], strict=True)
    ]
    return pd.DataFrame(
        {"row": _row_keys(table), "place": range(len(table)), "name": names, "text": figure_texts}
    )


def _row_keys(table: pd.DataFrame) -> "pd.Series[str]":
    """Keys that are different in every row."""
    return table["account"].astype(str) + table["month"].astype(str)


def _build_bar_segments(table: pd.DataFrame) -> pd.DataFrame:
    """Bars of each month: small firms' from zero, the others' from there to the month's sales."""
    parts = []
    for kind, start, end in (
        (_SMALL_FIRMS, None, "small_sales"),
        (_OTHER_FIRMS, "small_sales", "sales"),
    ):
        rows = pd.DataFrame(
            {
                "row": _row_keys(table),
                "month": table["month"],
                "place": range(len(table)),
                "kind": table["small_sales"].isna().map({True: _ALL_FIRMS, False: kind}),
                "from": 0.0 if start is None else table[start].fillna(0.0),
                "until": table[end],
            }
        )
        amounts = rows["until"] - rows["from"]
        parts.append(
            rows.assign(text=[format_short_money(amount) for amount in amounts.fillna(0.0)])
        )
    return pd.concat(parts, ignore_index=True)


def _is_cumulative(table: pd.DataFrame) -> bool:
    """Whether the rows are totals up to a month rather than months."""
    return bool(table["account"].isin(list(gcloud.CUMULATIVE_LABELS)).any())


def _write_title(table: pd.DataFrame, accounts: pd.DataFrame, quarter: str) -> str:
    if table.empty:
        end = format_month(last_day_of_quarter(quarter))
        return f"No G-Cloud sales had been published by {end}"
    rows_by_source = rows_by_account(accounts)
    published = rows_by_source.get(gcloud.PUBLISHED_SALES)
    returned = rows_by_source.get(gcloud.RETURNED_SALES)
    if published is None or returned is None:
        known = returned if published is None else published
        return _describe_sales(known or next(iter(rows_by_source.values())))
    if pd.notna(published["small_sales_share"]) and pd.notna(returned["small_sales_share"]):
        return (
            f"Small firms had {format_share(returned['small_sales_share'])} of G-Cloud sales to"
            f" {format_month(returned['month'])}; the report says"
            f" {format_share(published['small_sales_share'])}"
        )
    return (
        f"{format_money(returned['sales'])} of G-Cloud sales to {format_month(returned['month'])};"
        f" the report says {format_money(published['sales'])}"
    )


def _describe_sales(row: Row) -> str:
    share = row["small_sales_share"]
    small_share_text: str = "" if pd.isna(share) else f", {format_share(share)} by small firms"
    return (
        f"{format_money(row['sales'])} of G-Cloud sales to"
        f" {format_month(row['month'])}{small_share_text}"
    )


def _write_subtitle(table: pd.DataFrame) -> str:
    if table.empty or _is_cumulative(table):
        return (
            "Total sales in £ and small firms’ share. Upload the file of returns for monthly sales"
        )
    shown_months_text = (
        f". Latest {_MONTHS_SHOWN} of {len(table)} months" if len(table) > _MONTHS_SHOWN else ""
    )
    return f"Returned sales in £ a month, less credits, and small firms’ share{shown_months_text}"


def _write_description(table: pd.DataFrame, accounts: pd.DataFrame) -> str:
    if table.empty:
        return "No G-Cloud sales had been published, so no bar is drawn."
    sentences = [
        f"{row['account']}: {_describe_sales(row)}." for row in accounts.to_dict("records")
    ]
    if not _is_cumulative(table):
        rows = table.to_dict("records")
        first, highest, last = rows[0], max(rows, key=lambda row: row["sales"]), rows[-1]
        sentences += [
            f"{label}, {format_month(row['month'])}:"
            f" {format_money(row['sales'])}{_describe_small_share(row)}."
            for label, row in (
                ("First month", first),
                ("Highest month", highest),
                ("Last month", last),
            )
        ]
    return " ".join(sentences)


def _describe_small_share(row: Row) -> str:
    share = row["small_sales_share"]
    return "" if pd.isna(share) else f", {format_share(share)} by small firms"
