"""Result tables of G-Cloud sales: published and returned sales compared, and sales by month."""

import pandas as pd

from workbook.topics.delivery.gcloud.cumulative_sales import SalesComparison, SalesToMonth
from workbook.topics.delivery.gcloud.totals import PENCE_DECIMALS, monthly_totals

PUBLISHED_SALES, RETURNED_SALES, ALL_RETURNED_SALES = (
    "Published in the report",
    "Suppliers’ returns",
    "Suppliers’ returns to date",
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
_MONTHLY_RETURNED = "Returns for the month"
CUMULATIVE_PUBLISHED, CUMULATIVE_RETURNED = (
    "Total to this month, published",
    "Total to this month, returned",
)
CUMULATIVE_LABELS = {CUMULATIVE_PUBLISHED: "Published", CUMULATIVE_RETURNED: "Returned"}
"""Short labels of the totals that cover more than a month."""


def sales_accounts_table(sales: SalesComparison) -> pd.DataFrame:
    """Compare published sales with returned sales.

    Args:
        sales: Sales by source. Without returns the bundled totals stand in for them.

    Returns:
        A row for the published sales, the sales returned up to the same month, and all returned.
    """
    rows: list[tuple[str | float | None, ...]] = []
    if sales.published:
        rows.append((PUBLISHED_SALES, *sales.published))
    if sales.returns.empty and sales.bundled:
        rows.append((RETURNED_SALES, *sales.bundled))
    if sales.returned:
        rows.append((RETURNED_SALES, *sales.returned))
    if sales.all_returned and (
        sales.returned is None or sales.all_returned.month != sales.returned.month
    ):
        rows.append((ALL_RETURNED_SALES, *sales.all_returned))
    numeric_types = dict.fromkeys(_SALES_ACCOUNT_COLUMNS[2:], float)
    return pd.DataFrame(rows, columns=list(_SALES_ACCOUNT_COLUMNS)).astype(numeric_types)


def monthly_sales_table(sales: SalesComparison) -> pd.DataFrame:
    """Sales by month.

    Args:
        sales: Sales by source.

    Returns:
        A row for each month with returns, in pounds rounded to the penny. Without returns, a row
        for the published sales and one for the bundled totals.
    """
    if len(sales.returns):
        rows_by_month = monthly_totals(sales.returns).assign(account=_MONTHLY_RETURNED)
        rows_by_month["month"] = rows_by_month["month"].astype(str)
    else:
        cumulative = {CUMULATIVE_PUBLISHED: sales.published, CUMULATIVE_RETURNED: sales.bundled}
        rows = [_cumulative_row(account, total) for account, total in cumulative.items() if total]
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
