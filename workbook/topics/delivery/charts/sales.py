"""G-Cloud sales month by month, with what small firms have of them; or all that is printed."""

from functools import cache

import altair as alt
import pandas as pd

from workbook import words
from workbook.charting import (
    BLUE,
    TURQUOISE,
    Drawing,
    Figure,
    finish,
    layers,
    on,
    rows_in_order,
)
from workbook.outcome import Outcome
from workbook.quarters import period_end
from workbook.scenario import Scenario
from workbook.topics.delivery import sold
from workbook.topics.delivery.charts.marks import texts
from workbook.topics.delivery.rows import Row, by_account

SHOWN = 36
"""Months in the chart, the latest; the table has them all."""

ROW = 22
"""Height of a row in CSS pixels."""

NAME, FIGURE = 66, 180
"""Pixels from the left at which a month’s figures begin, and its bar."""

SMALL, OTHER = "small firms", "other firms"
KINDS = {SMALL: TURQUOISE, OTHER: BLUE}


def sales(outcome: Outcome) -> Figure:
    """Each month's sales, small firms' first; without a file all that is printed and returned."""
    table = outcome.tables["sales"]
    shown = table.tail(SHOWN).reset_index(drop=True)
    return finish(
        _bars(),
        {"bars": _parts(shown), "rows": _rows(shown)},
        title=_title(table, outcome.tables["sales_accounts"], outcome.scenario),
        subtitle=_subtitle(table),
        description=_description(table, outcome.tables["sales_accounts"]),
    )


@cache
def _bars() -> Drawing:
    colour = alt.Color(
        "kind:N",
        sort=list(KINDS),
        scale=alt.Scale(domain=list(KINDS), range=list(KINDS.values())),
        legend=alt.Legend(symbolType="square"),
    )
    each = rows_in_order("row")
    x = alt.X(
        "from:Q",
        axis=None,
        scale=alt.Scale(nice=False, range=[FIGURE, alt.ExprRef("width")]),
    )
    rows = on("rows").encode(y=each)
    return Drawing(
        layers(
            on("bars")
            .mark_bar(height=14)
            .encode(
                y=each, x=x, x2="until:Q", color=colour, tooltip=["month:N", "kind:N", "text:N"]
            ),
            *texts(rows, name={}, text={"dx": NAME, "fontWeight": "bold"}),
        ),
        {"step": ROW},
    )


def _rows(table: pd.DataFrame) -> pd.DataFrame:
    """What is written of each month: its name, its sales and small firms' share of them."""
    names = [
        sold.WHOLE.get(account) or f"{period_end(month):%b %Y}"
        for account, month in zip(table["account"], table["month"], strict=True)
    ]
    told = [
        f"{_money(sales)}, {words.percent(round(share, 2)) if pd.notna(share) else 'not known'}"
        for sales, share in zip(table["sales"], table["small_sales_share"], strict=True)
    ]
    return pd.DataFrame(
        {"row": _keys(table), "place": range(len(table)), "name": names, "text": told}
    )


def _keys(table: pd.DataFrame) -> "pd.Series[str]":
    """What tells a row from every other."""
    return table["account"].astype(str) + table["month"].astype(str)


def _parts(table: pd.DataFrame) -> pd.DataFrame:
    """Bars of each month: small firms' from nothing on, the others' from there to all of it."""
    parts = []
    for kind, start, end in ((SMALL, None, "small_sales"), (OTHER, "small_sales", "sales")):
        rows = pd.DataFrame(
            {
                "row": _keys(table),
                "month": table["month"],
                "place": range(len(table)),
                "kind": kind,
                "from": 0.0 if start is None else table[start].fillna(0.0),
                "until": table[end],
            }
        )
        amounts = rows["until"] - rows["from"]
        parts.append(rows.assign(text=[_money(amount) for amount in amounts.fillna(0.0)]))
    return pd.concat(parts, ignore_index=True)


def _whole(table: pd.DataFrame) -> bool:
    """Whether the rows are of all to a month, and not of each."""
    return bool(table["account"].isin(list(sold.WHOLE)).any())


def _title(table: pd.DataFrame, accounts: pd.DataFrame, scenario: Scenario) -> str:
    if table.empty:
        if any(scenario.values()[name] for name in ("department", "programme")):
            return "G-Cloud sales are of none of the departments and programmes chosen"
        return f"No G-Cloud sales had been printed by {scenario.quarter}"
    by = by_account(accounts)
    if sold.RETURNED not in by:
        return f"{_sold(by[sold.PRINTED])}, as printed; month by month needs the file of sales"
    found = _sold(by[sold.RETURNED])
    if sold.PRINTED not in by:
        return found
    printed = by[sold.PRINTED]
    share = printed["small_sales_share"]
    small: str = "" if pd.isna(share) else f" and {words.percent(share)}"
    when = "" if printed["month"] == by[sold.RETURNED]["month"] else f" by {_until(printed)}"
    return f"{found}; printed as {words.pounds(printed['sales'])}{small}{when}"


def _sold(row: Row) -> str:
    share = row["small_sales_share"]
    small: str = "" if pd.isna(share) else f", {words.percent(share)} of it with small firms"
    return f"{words.pounds(row['sales'])} sold through G-Cloud by {_until(row)}{small}"


def _until(row: Row) -> str:
    return sold.until(str(row["month"]))


def _subtitle(table: pd.DataFrame) -> str:
    if table.empty or _whole(table):
        return "£ in all up to a month, and small firms’ share of it; month by month needs the file"
    which = f", the latest {SHOWN} of {len(table)} months" if len(table) > SHOWN else ""
    return f"£ a month as returned, credits taken off, and small firms’ share of it{which}"


def _description(table: pd.DataFrame, accounts: pd.DataFrame) -> str:
    if table.empty:
        return "Nothing is drawn."
    said = [f"{row['account']}: {_sold(row)}." for row in accounts.to_dict("records")]
    if not _whole(table):
        rows = table.to_dict("records")
        first, most, last = rows[0], max(rows, key=lambda row: row["sales"]), rows[-1]
        said += [
            f"{what}, {sold.until(row['month'])}: {words.pounds(row['sales'])}{_share(row)}."
            for what, row in (("First month", first), ("Most", most), ("Last month", last))
        ]
    return " ".join(said)


def _share(row: Row) -> str:
    share = row["small_sales_share"]
    return "" if pd.isna(share) else f", {words.percent(share)} with small firms"


def _money(amount: float) -> str:
    """Money as it stands beside a bar: ``£21.0 m``."""
    return words.pounds(amount).replace(" million", " m").replace(" billion", " bn")
