"""Sentences about G-Cloud sales: published and returned sales, and what is missing."""

from collections.abc import Iterator

from workbook.text.dates import format_month
from workbook.text.grammar import join_items
from workbook.text.numbers import format_money, format_share
from workbook.topics.delivery.gcloud.cumulative_sales import SalesComparison, SalesToMonth


def sales_notes(
    sales: SalesComparison, quarter: str, *, has_uploaded_sales: bool, is_filtered: bool
) -> Iterator[str]:
    """Note how published sales compare with returned sales, or which file is missing.

    Args:
        sales: Sales by source.
        quarter: The scenario's quarter.
        has_uploaded_sales: Whether the scenario names an uploaded table of sales.
        is_filtered: Whether only some departments or programmes are selected.

    Yields:
        A note of one or two sentences.
    """
    returned = sales.returned or sales.bundled
    if returned and sales.published:
        yield (
            f"G-Cloud sales: the report publishes {_describe_sales(sales.published)}. Suppliers’"
            f" returns add up to {_describe_sales(returned)}."
        )
    if sales.published and not has_uploaded_sales:
        yield (
            "Upload the published file of returns to see G-Cloud sales by month and by framework. "
            "Until then, this page shows the published totals."
        )
    elif has_uploaded_sales and sales.returns.empty and not is_filtered:
        yield f"The uploaded table of G-Cloud sales has no month that had ended by {quarter}."


def _describe_sales(sales: SalesToMonth) -> str:
    shares = {
        "by value": sales.small_sales_share,
        "by number of returns": sales.small_returns_share,
    }
    share_text = join_items(
        f"{format_share(share)} {measure}" for measure, share in shares.items() if share is not None
    )
    small_firms_text = f" (small firms: {share_text})" if share_text else ""
    return f"{format_money(sales.sales)} to {format_month(sales.month)}{small_firms_text}"
