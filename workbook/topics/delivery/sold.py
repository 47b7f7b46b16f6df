"""G-Cloud sales as printed, and as the file that is brought has them: side by side, and by month.

What a report calls volume is the number of returns.
"""

from typing import NamedTuple

import pandas as pd

from workbook.quarters import period_end, quarter_of
from workbook.topics.delivery.commitments import figure
from workbook.topics.delivery.sales import LAST, Totals, between, by_month

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
ALL_TO, IN_THE_MONTH = "All to this month, as printed", "In this month, as returned"


class Said(NamedTuple):
    """What a report prints of sales up to a month: pounds, and fractions of them or None."""

    month: str
    sales: float
    small_sales_share: float | None
    small_returns_share: float | None


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
    return Said(newest, totals.sales, totals.small_sales_share, totals.small_returns_share)


def accounts(printed: Said | None, returns: pd.DataFrame, quarter: str) -> pd.DataFrame:
    """A row for what is printed, what was returned to that month, and what was returned in all."""
    rows: list[tuple[str | float | None, ...]] = []
    if printed:
        rows.append((PRINTED, *printed, None))
    ends = {RETURNED: compared_to(printed, quarter), ALL_RETURNED: LAST}
    seen: set[str] = set()
    for account, last in ends.items():
        found = returned(returns, last)
        if found and found.month not in seen:
            seen.add(found.month)
            rows.append((account, *found, len(between(returns, last=last))))
    numbers = dict.fromkeys(ACCOUNTS[2:], float)
    return pd.DataFrame(rows, columns=list(ACCOUNTS)).astype(numbers)


def months(printed: Said | None, returns: pd.DataFrame) -> pd.DataFrame:
    """Sales month by month as returned; without returns one row of all that is printed."""
    if len(returns):
        found = by_month(returns).assign(account=IN_THE_MONTH)
        found["month"] = found["month"].astype(str)
    else:
        found = pd.DataFrame([_whole(printed)] if printed else [], columns=list(MONTHS))
    rows = found.assign(other_sales=found["sales"] - found["small_sales"])[list(MONTHS)]
    return rows.astype(dict.fromkeys(MONTHS[2:], float))


def until(month: str) -> str:
    """A month as it is read: ``April 2014``."""
    return f"{period_end(month):%B %Y}"


def _whole(printed: Said) -> dict[str, float | str | None]:
    share = printed.small_sales_share
    small = None if share is None else printed.sales * share
    return {
        "account": ALL_TO,
        "month": printed.month,
        "sales": printed.sales,
        "small_sales": small,
        "small_sales_share": share,
        "small_returns_share": printed.small_returns_share,
    }
