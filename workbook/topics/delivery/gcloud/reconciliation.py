"""Result tables of G-Cloud sales: published and returned sales compared, and sales by month."""

import pandas as pd

from workbook.topics.delivery.gcloud.cumulative_sales import (
    SalesToMonth,
    bundled_sales,
    comparison_month,
    returned_sales,
)
from workbook.topics.delivery.gcloud.totals import LATEST_MONTH, PENCE_DECIMALS, monthly_totals

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
"""Short labels of the accounts that cover more than a month."""


def sales_accounts_table(
    published: SalesToMonth | None, returns: pd.DataFrame, totals: pd.DataFrame, quarter: str
) -> pd.DataFrame:
    """Compare published sales with returned sales.

    Args:
        published: Published sales, if any.
        returns: Rows of the table of G-Cloud sales; often none, as that file is uploaded.
        totals: Rows of the table of G-Cloud totals, which stand in where there are no returns.
        quarter: The quarter of the scenario.

    Returns:
        A row for the published sales, the sales returned up to the same month, and all returned.
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
    """Sales by month.

    Args:
        published: Published sales, if any.
        returns: Rows of the table of G-Cloud sales.
        totals: Rows of the table of G-Cloud totals.

    Returns:
        A row for each month with returns, in pounds rounded to the penny. Without returns, a row
        for the published sales and one for the bundled totals.
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
