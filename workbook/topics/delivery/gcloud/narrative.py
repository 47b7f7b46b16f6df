"""Sentences about G-Cloud sales: published and returned sales, and what is missing."""

from collections.abc import Iterator
from datetime import date

from workbook.text.dates import format_month
from workbook.text.numbers import format_money, format_share
from workbook.topics.delivery.gcloud.cumulative_sales import SalesComparison, SalesToMonth


def comparison_note(sales: SalesComparison) -> Iterator[str]:
    """Note how published sales compare with returned sales.

    Args:
        sales: Sales by source.

    Yields:
        One note, if both are known.
    """
    returned, published = sales.returned or sales.bundled, sales.published
    if returned and published:
        place = "the uploaded returns" if sales.returned else _name_bundled(sales.bundled_source)
        other_month = _describe_other_month(published, returned)
        yield (
            f"G-Cloud sales to {format_month(published.month)}: the report says"
            f" {format_money(published.sales)}{_describe_published_shares(published)}."
            f" In {place}{other_month}, {_describe_returned(returned)}."
        )


def upload_note(
    sales: SalesComparison, day: date, *, has_uploaded_sales: bool, is_filtered: bool
) -> Iterator[str]:
    """Note which file of sales is missing, or that the uploaded one has nothing yet.

    Args:
        sales: Sales by source.
        day: The last day of the quarter.
        has_uploaded_sales: Whether the scenario names an uploaded table of sales.
        is_filtered: Whether only some departments or programmes are selected.

    Yields:
        One note, if there is anything to say.
    """
    if sales.published and not has_uploaded_sales:
        yield (
            "Upload the published file of returns to see G-Cloud sales by month and by framework."
            " Until then, this page shows totals."
        )
    elif has_uploaded_sales and sales.returns.empty and not is_filtered:
        yield (
            "The uploaded table of G-Cloud sales has no month that had ended by"
            f" {format_month(day)}."
        )


def _name_bundled(source: str) -> str:
    """The bundled totals with their source, which gives the date of the file."""
    return f"suppliers’ returns ({source})" if source else "suppliers’ returns"


def _describe_published_shares(published: SalesToMonth) -> str:
    """Small firms' published shares, in the report's words where both are the same."""
    by_value, by_volume = published.small_sales_share, published.small_returns_share
    if by_value is None:
        return ""
    if by_volume is None:
        return f", with {format_share(by_value)} with small firms"
    if by_value == by_volume:
        return f", with {format_share(by_value)} “by volume and value” with small firms"
    return (
        f", with {format_share(by_value)} by value and {format_share(by_volume)} by volume with"
        " small firms"
    )


def _describe_returned(returned: SalesToMonth) -> str:
    """Small firms' shares: ``small firms have 54% of £177.6 million, and 58% of the rows``."""
    amount = format_money(returned.sales)
    if returned.small_sales_share is None:
        return f"sales add up to {amount}"
    shares = f"small firms have {format_share(returned.small_sales_share)} of {amount}"
    if returned.small_returns_share is None:
        return shares
    return f"{shares}, and {format_share(returned.small_returns_share)} of the rows"


def _describe_other_month(published: SalesToMonth, returned: SalesToMonth) -> str:
    is_other = published.month != returned.month
    return f" to {format_month(returned.month)}" if is_other else ""
