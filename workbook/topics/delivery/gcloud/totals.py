"""Totals of G-Cloud sales, by month, framework, lot and size of firm.

Sums are exact to the penny: they are rounded once, at the end.
"""

import math
from dataclasses import dataclass, fields
from typing import Any, Self

import pandas as pd

SMALL_FIRM, OTHER_FIRM = "small", "other"
"""Sizes of a supplier."""

PENCE_DECIMALS = 2
GROUPING_COLUMNS = ("month", "framework", "lot", "supplier_size")
EARLIEST_MONTH, LATEST_MONTH = "0001-01", "9999-12"


@dataclass(frozen=True)
class SalesTotals:
    """Sales in pounds and the number of rows of returns, in all and with small firms.

    What small firms have is None if the sizes of firms are not known.
    """

    sales: float
    returns: int
    small_sales: float | None
    small_returns: int | None

    @classmethod
    def from_returns(cls, returns: pd.DataFrame) -> Self:
        """Add up returns, less credits.

        Args:
            returns: Rows of the table of G-Cloud sales.

        Returns:
            The totals.
        """
        sales, count = _sum_to_pence(returns["sales"]), len(returns)
        if "supplier_size" not in returns:
            return cls(sales, count, None, None)
        small = returns[returns["supplier_size"] == SMALL_FIRM]
        return cls(sales, count, _sum_to_pence(small["sales"]), len(small))

    @classmethod
    def from_bundled_totals(cls, rows: pd.DataFrame) -> Self:
        """Add up bundled totals.

        Args:
            rows: Rows of the table of G-Cloud totals for one month.

        Returns:
            The totals.
        """
        small = rows[rows["supplier_size"] == SMALL_FIRM]
        sales, returns = _sum_to_pence(rows["sales"]), int(rows["returns"].sum())
        return cls(sales, returns, _sum_to_pence(small["sales"]), int(small["returns"].sum()))

    @property
    def small_sales_share(self) -> float | None:
        """Small firms' share of sales, None if not known or sales less credits not positive."""
        if self.small_sales is None or self.sales <= 0:
            return None
        return self.small_sales / self.sales

    @property
    def small_returns_share(self) -> float | None:
        """Small firms' share of the rows of returns, None if not known or there are none."""
        if self.small_returns is None or not self.returns:
            return None
        return self.small_returns / self.returns


def returns_between(
    returns: pd.DataFrame, first: str = EARLIEST_MONTH, last: str = LATEST_MONTH
) -> pd.DataFrame:
    """Select the returns of a period.

    Args:
        returns: Rows of the table of G-Cloud sales.
        first: The first month, such as ``2012-05``.
        last: The last month, included.

    Returns:
        The rows of these months.
    """
    months = returns["month"].astype("str")
    return returns[(months >= first) & (months <= last)]


def sum_by_columns(returns: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """Add up returns by some of their columns.

    Args:
        returns: Rows of the table of G-Cloud sales.
        columns: Names among GROUPING_COLUMNS; all of them if none is given. One that the returns
            lack is left out.

    Returns:
        A row for each combination of values: ``sales`` in pounds, and ``returns``, their number.
    """
    group_columns = [name for name in columns or GROUPING_COLUMNS if name in returns]
    as_text = returns.astype(dict.fromkeys(group_columns, "str"))
    sums = as_text.groupby(group_columns)["sales"].agg(sales=_sum_to_pence, returns="size")
    return sums.reset_index().astype({"sales": float, "returns": int})


def monthly_totals(returns: pd.DataFrame) -> pd.DataFrame:
    """Add up returns by month.

    Args:
        returns: Rows of the table of G-Cloud sales.

    Returns:
        A row for each month: ``month``, the fields of SalesTotals, and small firms' two shares,
        NaN where there is none or it is not known.
    """
    totals_by_month = [
        (month, SalesTotals.from_returns(month_returns))
        for month, month_returns in returns.groupby("month", observed=True)
    ]
    shares = ("small_sales_share", "small_returns_share")
    columns = [field.name for field in fields(SalesTotals)]
    rows = [
        (month, *(getattr(totals, name) for name in (*columns, *shares)))
        for month, totals in totals_by_month
    ]
    return pd.DataFrame(rows, columns=["month", *columns, *shares]).astype(
        dict.fromkeys(("small_sales", *shares), float)
    )


def _sum_to_pence(sales: "pd.Series[Any]") -> float:
    return round(math.fsum(sales), PENCE_DECIMALS)
