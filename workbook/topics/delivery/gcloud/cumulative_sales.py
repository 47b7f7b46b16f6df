"""Sales through G-Cloud up to a month: as published, as returned, and as bundled totals.

Reports call the number of returns the volume of sales.
"""

from typing import NamedTuple

import pandas as pd

from workbook.periods import quarter_of
from workbook.topics.delivery.commitments.totals import indicator_total
from workbook.topics.delivery.gcloud.totals import LATEST_MONTH, SalesTotals, returns_between

SALES_INDICATOR, SMALL_SHARE_INDICATOR = "gcloud_sales", "gcloud_small_sales_share"
_RETURNS_SHARE_COMMITMENT = "D49"
"""The commitment with small firms' share of the number of returns, which is no indicator."""


class SalesToMonth(NamedTuple):
    """Sales up to a month.

    Attributes:
        month: The last month, such as ``2014-04``.
        sales: Pounds.
        small_sales_share: Small firms' share of sales, None if not known.
        small_returns_share: Small firms' share of the number of returns, None if not known.
        returns: Number of returns, None if not known.
    """

    month: str
    sales: float
    small_sales_share: float | None
    small_returns_share: float | None
    returns: int | None = None


def published_sales(commitments: pd.DataFrame) -> SalesToMonth | None:
    """Sales as published among the commitments.

    Args:
        commitments: Assessed commitments.

    Returns:
        The published sales, None if there are none.
    """
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
    """Month up to which returns are added up, so that they compare with the published sales.

    Args:
        published: Published sales, if any.
        quarter: The quarter of the scenario.

    Returns:
        The month of the published sales if it lies in the quarter, otherwise a month after all.
    """
    return published.month if published and quarter_of(published.month) == quarter else LATEST_MONTH


def returned_sales(returns: pd.DataFrame, last: str) -> SalesToMonth | None:
    """Sales as returned up to a month.

    Args:
        returns: Rows of the table of G-Cloud sales.
        last: The last month to include.

    Returns:
        The sales up to the newest month with a return, None if there is none.
    """
    returns_to_month = returns_between(returns, last=last)
    if returns_to_month.empty:
        return None
    totals = SalesTotals.from_returns(returns_to_month)
    newest = str(returns_to_month["month"].astype("str").max())
    return _sales_to_month(newest, totals)


def bundled_sales(totals: pd.DataFrame) -> SalesToMonth | None:
    """Sales by the bundled totals of returns.

    Args:
        totals: Rows of the table of G-Cloud totals.

    Returns:
        The sales up to the newest month, None if there are no totals.
    """
    if totals.empty:
        return None
    newest = str(totals["month"].max())
    return _sales_to_month(
        newest, SalesTotals.from_bundled_totals(totals[totals["month"] == newest])
    )


def _sales_to_month(month: str, totals: SalesTotals) -> SalesToMonth:
    shares = totals.small_sales_share, totals.small_returns_share
    return SalesToMonth(month, totals.sales, *shares, totals.returns)
