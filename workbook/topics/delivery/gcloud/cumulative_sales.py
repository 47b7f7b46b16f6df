"""Sales through G-Cloud up to a month: as published, as returned, and as bundled totals.

Reports do not say what they count as the volume of sales. It is compared with the rows of the file
of returns, in which one return of a supplier can have several rows.
"""

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from workbook.periods import quarter_of
from workbook.topics.delivery.gcloud.totals import LATEST_MONTH, SalesTotals, returns_between
from workbook.topics.delivery.table_rows import newest_by_indicator

SALES_INDICATOR, SMALL_SHARE_INDICATOR = "gcloud_sales", "gcloud_small_sales_share"
_RETURNS_SHARE_MEASURE = "D49"
"""The figure with small firms' share of sales by volume, which is no indicator."""


class SalesToMonth(NamedTuple):
    """Sales up to a month.

    Attributes:
        month: The last month, such as ``2014-04``.
        sales: Pounds.
        small_sales_share: Small firms' share of sales, None if not known.
        small_returns_share: Small firms' share of the rows of returns, or their published share by
            volume; None if not known.
        returns: Number of rows of returns, None if not known.
    """

    month: str
    sales: float
    small_sales_share: float | None
    small_returns_share: float | None
    returns: int | None = None


@dataclass(frozen=True, eq=False)
class SalesComparison:
    """Sales up to a month by source; None where a source has nothing.

    Attributes:
        published: Sales as published among the progress measures.
        returned: Sales as returned, up to the month of the published sales if that lies in the
            scenario's quarter, otherwise up to the newest month.
        all_returned: Sales as returned, up to the newest month.
        bundled: Sales by the bundled totals of returns.
        bundled_source: The source of these totals, empty if it is not known.
        returns: The returns themselves.
    """

    published: SalesToMonth | None
    returned: SalesToMonth | None
    all_returned: SalesToMonth | None
    bundled: SalesToMonth | None
    bundled_source: str
    returns: pd.DataFrame


def compare_sales(
    measures: pd.DataFrame, returns: pd.DataFrame, totals: pd.DataFrame, quarter: str
) -> SalesComparison:
    """Compare sales by source.

    Args:
        measures: Progress measures, with the published sales.
        returns: Rows of the table of G-Cloud sales; often none, as that file is uploaded.
        totals: Rows of the table of G-Cloud totals.
        quarter: The scenario's quarter.

    Returns:
        Sales up to a month by source.
    """
    published = _published_sales(measures)
    is_of_quarter = published is not None and quarter_of(published.month) == quarter
    last = published.month if published and is_of_quarter else LATEST_MONTH
    return SalesComparison(
        published=published,
        returned=_returned_sales(returns, last),
        all_returned=_returned_sales(returns, LATEST_MONTH),
        bundled=_bundled_sales(totals),
        bundled_source="" if totals.empty else str(totals["source"].iloc[-1]),
        returns=returns,
    )


def _published_sales(measures: pd.DataFrame) -> SalesToMonth | None:
    rows = newest_by_indicator(measures)
    sales_row, share_row = rows.get(SALES_INDICATOR), rows.get(SMALL_SHARE_INDICATOR)
    if sales_row is None or pd.isna(sales_row["value"]):
        return None
    small_share = None if share_row is None or pd.isna(share_row["value"]) else share_row["value"]
    returns_shares = measures.loc[measures["id"] == _RETURNS_SHARE_MEASURE, "value"].dropna()
    returns_share = None if returns_shares.empty else float(returns_shares.iloc[0])
    return SalesToMonth(str(sales_row["period"]), sales_row["value"], small_share, returns_share)


def _returned_sales(returns: pd.DataFrame, last: str) -> SalesToMonth | None:
    """Sales as returned up to a month, by the newest month with a return."""
    returns_to_month = returns_between(returns, last=last)
    if returns_to_month.empty:
        return None
    totals = SalesTotals.from_returns(returns_to_month)
    newest = str(returns_to_month["month"].astype("str").max())
    return _sales_to_month(newest, totals)


def _bundled_sales(totals: pd.DataFrame) -> SalesToMonth | None:
    if totals.empty:
        return None
    newest = str(totals["month"].max())
    return _sales_to_month(
        newest, SalesTotals.from_bundled_totals(totals[totals["month"] == newest])
    )


def _sales_to_month(month: str, totals: SalesTotals) -> SalesToMonth:
    shares = totals.small_sales_share, totals.small_returns_share
    return SalesToMonth(month, totals.sales, *shares, totals.returns)
