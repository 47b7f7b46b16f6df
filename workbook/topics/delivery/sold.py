"""G-Cloud sales as printed, and as the file that is brought has them: side by side, and by month.

What a report calls volume is the number of returns.
"""

from typing import NamedTuple

import pandas as pd

from workbook.quarters import period_end, quarter_of
from workbook.topics.delivery.commitments import figure
from workbook.topics.delivery.sales import LAST, PENCE, Totals, between, by_month

SALES, SMALL_SHARE = "gcloud_sales", "gcloud_small_sales_share"
BY_VOLUME = "D49"
"""The commitment that tells the share of small firms in the number of returns: no indicator."""

PRINTED, RETURNED, ALL_RETURNED = "As the report prints them", "As returned", "As returned since"
ACCOUNTS = ("account", "month", "sales", "small_sales_share", "small_returns_share", "returns")
MONTHS = (
    "account",
    "month",
    "sales",
    "small_sales",
    "other_sales",
    "small_sales_share",
    "returns",
    "small_returns_share",
)
MONEY = ("sales", "small_sales", "other_sales")
IN_THE_MONTH = "In this month, as returned"
ALL_PRINTED, ALL_ADDED_UP = "All to this month, as printed", "All to this month, as returned"
WHOLE = {ALL_PRINTED: "Printed", ALL_ADDED_UP: "Returned"}
"""Accounts that are no month's, each in a word."""


class Said(NamedTuple):
    """Sales up to a month: pounds, small firms' fractions, the returns; None where not known."""

    month: str
    sales: float
    small_sales_share: float | None
    small_returns_share: float | None
    returns: int | None = None


def said(commitments: pd.DataFrame) -> Said | None:
    """What is printed of sales among the judged commitments, None where nothing is."""
    sales = figure(commitments, SALES)
    if sales is None:
        return None
    month = str(commitments.loc[commitments["indicator"] == SALES, "period"].iloc[0])
    volume = commitments.loc[commitments["id"] == BY_VOLUME, "value"].dropna()
    by_volume = None if volume.empty else float(volume.iloc[0])
    return Said(month, sales, figure(commitments, SMALL_SHARE), by_volume)


def compared_to(printed: Said | None, quarter: str) -> str:
    """The month up to which returns are added up: that of a figure printed in the quarter.

    Without one it is the last that there is.
    """
    return printed.month if printed and quarter_of(printed.month) == quarter else LAST


def returned(returns: pd.DataFrame, last: str) -> Said | None:
    """What returns up to a month come to, None where there is none."""
    kept = between(returns, last=last)
    if kept.empty:
        return None
    totals = Totals.of(kept)
    newest = str(kept["month"].astype("str").max())
    return _said(newest, totals)


def added_up(totals: pd.DataFrame) -> Said | None:
    """What the held totals of returns come to, up to the newest month; None where there is none."""
    if totals.empty:
        return None
    newest = str(totals["month"].max())
    return _said(newest, Totals.held(totals[totals["month"] == newest]))


def accounts(
    printed: Said | None, returns: pd.DataFrame, totals: pd.DataFrame, quarter: str
) -> pd.DataFrame:
    """A row for what is printed, what was returned to that month, and what was returned in all.

    Without the returns themselves there are the held ``totals`` of them.
    """
    rows: list[tuple[str | float | None, ...]] = []
    if printed:
        rows.append((PRINTED, *printed))
    if returns.empty and (held := added_up(totals)):
        rows.append((RETURNED, *held))
    ends = {RETURNED: compared_to(printed, quarter), ALL_RETURNED: LAST}
    seen: set[str] = set()
    for account, last in ends.items():
        found = returned(returns, last)
        if found and found.month not in seen:
            seen.add(found.month)
            rows.append((account, *found))
    numbers = dict.fromkeys(ACCOUNTS[2:], float)
    return pd.DataFrame(rows, columns=list(ACCOUNTS)).astype(numbers)


def months(printed: Said | None, returns: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Sales month by month as returned; without returns all that is printed, and the totals.

    Money is in pounds, to the penny.
    """
    if len(returns):
        found = by_month(returns).assign(account=IN_THE_MONTH)
        found["month"] = found["month"].astype(str)
    else:
        told = {ALL_PRINTED: printed, ALL_ADDED_UP: added_up(totals)}
        rows = [_whole(account, each) for account, each in told.items() if each]
        found = pd.DataFrame(rows, columns=list(MONTHS))
    numbers = found.reindex(columns=list(MONTHS)).astype(dict.fromkeys(MONTHS[2:], float))
    others = numbers.assign(other_sales=numbers["sales"] - numbers["small_sales"])
    return others.round(dict.fromkeys(MONEY, PENCE))


def _said(month: str, totals: Totals) -> Said:
    shares = totals.small_sales_share, totals.small_returns_share
    return Said(month, totals.sales, *shares, totals.returns)


def until(month: str) -> str:
    """A month as it is read: ``April 2014``."""
    return f"{period_end(month):%B %Y}"


def _whole(account: str, told: Said) -> dict[str, float | str | None]:
    share = told.small_sales_share
    return {
        "account": account,
        "month": told.month,
        "sales": told.sales,
        "small_sales": None if share is None else told.sales * share,
        "small_sales_share": share,
        "returns": told.returns,
        "small_returns_share": told.small_returns_share,
    }
