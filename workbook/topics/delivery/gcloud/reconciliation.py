"""G-Cloud sales as printed, and as the file that is brought has them: side by side, and by month.

What a report calls volume is the number of returns.
"""

from typing import NamedTuple

import pandas as pd

from workbook.periods import quarter_of
from workbook.topics.delivery.commitments.assessment import indicator_total
from workbook.topics.delivery.gcloud.totals import (
    LATEST_MONTH,
    PENCE_DECIMALS,
    SalesTotals,
    monthly_totals,
    returns_between,
)

SALES_INDICATOR, SMALL_SHARE_INDICATOR = "gcloud_sales", "gcloud_small_sales_share"
_RETURNS_SHARE_COMMITMENT = "D49"
"""The commitment that tells the share of small firms in the number of returns: no indicator."""

PUBLISHED_SALES, RETURNED_SALES, ALL_RETURNED_SALES = (
    "As the report prints them",
    "As returned",
    "As returned since",
)
_SALES_ACCOUNT_COLUMNS = (
    "account",
    "month",
    "sales",
    "small_sales_share",
    "small_returns_share",
    "returns",
)
_MONTHLY_SALES_COLUMNS = (
    "account",
    "month",
    "sales",
    "small_sales",
    "other_sales",
    "small_sales_share",
    "returns",
    "small_returns_share",
)
_MONEY_COLUMNS = ("sales", "small_sales", "other_sales")
_MONTHLY_RETURNED = "In this month, as returned"
CUMULATIVE_PUBLISHED, CUMULATIVE_RETURNED = (
    "All to this month, as printed",
    "All to this month, as returned",
)
CUMULATIVE_LABELS = {CUMULATIVE_PUBLISHED: "Printed", CUMULATIVE_RETURNED: "Returned"}
"""Accounts that are no month's, each in a word."""


class SalesToMonth(NamedTuple):
    """Sales up to a month: pounds, small firms' fractions, the returns; None where not known."""

    month: str
    sales: float
    small_sales_share: float | None
    small_returns_share: float | None
    returns: int | None = None


def published_sales(commitments: pd.DataFrame) -> SalesToMonth | None:
    """What is printed of sales among the judged commitments, None where nothing is."""
    sales = indicator_total(commitments, SALES_INDICATOR)
    if sales is None:
        return None
    month = str(commitments.loc[commitments["indicator"] == SALES_INDICATOR, "period"].iloc[0])
    returns_shares = commitments.loc[
        commitments["id"] == _RETURNS_SHARE_COMMITMENT, "value"
    ].dropna()
    returns_share = None if returns_shares.empty else float(returns_shares.iloc[0])
    return SalesToMonth(
        month, sales, indicator_total(commitments, SMALL_SHARE_INDICATOR), returns_share
    )


def comparison_month(published: SalesToMonth | None, quarter: str) -> str:
    """The month up to which returns are added up: that of a figure printed in the quarter.

    Without one it is the last that there is.
    """
    return published.month if published and quarter_of(published.month) == quarter else LATEST_MONTH


def returned_sales(returns: pd.DataFrame, last: str) -> SalesToMonth | None:
    """What returns up to a month come to, None where there is none."""
    returns_to_month = returns_between(returns, last=last)
    if returns_to_month.empty:
        return None
    totals = SalesTotals.from_returns(returns_to_month)
    newest = str(returns_to_month["month"].astype("str").max())
    return _sales_to_month(newest, totals)


def bundled_sales(totals: pd.DataFrame) -> SalesToMonth | None:
    """What the held totals of returns come to, up to the newest month; None where there is none."""
    if totals.empty:
        return None
    newest = str(totals["month"].max())
    return _sales_to_month(
        newest, SalesTotals.from_bundled_totals(totals[totals["month"] == newest])
    )


def sales_accounts_table(
    published: SalesToMonth | None, returns: pd.DataFrame, totals: pd.DataFrame, quarter: str
) -> pd.DataFrame:
    """A row for what is printed, what was returned to that month, and what was returned in all.

    Without the returns themselves there are the held ``totals`` of them.
    """
    rows: list[tuple[str | float | None, ...]] = []
    if published:
        rows.append((PUBLISHED_SALES, *published))
    if returns.empty and (bundled := bundled_sales(totals)):
        rows.append((RETURNED_SALES, *bundled))
    last_months = {
        RETURNED_SALES: comparison_month(published, quarter),
        ALL_RETURNED_SALES: LATEST_MONTH,
    }
    listed_months: set[str] = set()
    for account, last in last_months.items():
        sales = returned_sales(returns, last)
        if sales and sales.month not in listed_months:
            listed_months.add(sales.month)
            rows.append((account, *sales))
    numeric_types = dict.fromkeys(_SALES_ACCOUNT_COLUMNS[2:], float)
    return pd.DataFrame(rows, columns=list(_SALES_ACCOUNT_COLUMNS)).astype(numeric_types)


def monthly_sales_table(
    published: SalesToMonth | None, returns: pd.DataFrame, totals: pd.DataFrame
) -> pd.DataFrame:
    """Sales month by month as returned; without returns all that is printed, and the totals.

    Money is in pounds, to the penny.
    """
    if len(returns):
        rows_by_month = monthly_totals(returns).assign(account=_MONTHLY_RETURNED)
        rows_by_month["month"] = rows_by_month["month"].astype(str)
    else:
        cumulative = {CUMULATIVE_PUBLISHED: published, CUMULATIVE_RETURNED: bundled_sales(totals)}
        rows = [_cumulative_row(account, sales) for account, sales in cumulative.items() if sales]
        rows_by_month = pd.DataFrame(rows, columns=list(_MONTHLY_SALES_COLUMNS))
    numbers = rows_by_month.reindex(columns=list(_MONTHLY_SALES_COLUMNS)).astype(
        dict.fromkeys(_MONTHLY_SALES_COLUMNS[2:], float)
    )
    with_other_sales = numbers.assign(other_sales=numbers["sales"] - numbers["small_sales"])
    return with_other_sales.round(dict.fromkeys(_MONEY_COLUMNS, PENCE_DECIMALS))


def _sales_to_month(month: str, totals: SalesTotals) -> SalesToMonth:
    shares = totals.small_sales_share, totals.small_returns_share
    return SalesToMonth(month, totals.sales, *shares, totals.returns)


def _cumulative_row(account: str, sales: SalesToMonth) -> dict[str, float | str | None]:
    small_share = sales.small_sales_share
    return {
        "account": account,
        "month": sales.month,
        "sales": sales.sales,
        "small_sales": None if small_share is None else sales.sales * small_share,
        "small_sales_share": small_share,
        "returns": sales.returns,
        "small_returns_share": sales.small_returns_share,
    }
