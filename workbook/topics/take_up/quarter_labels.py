"""Labels of quarters: the month that ends one, and the 12-month period that ends with it."""

from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_month


def format_end_month(quarter: str) -> str:
    """The last month of a quarter in words: ``2014-Q2`` gives June 2014."""
    return format_month(last_day_of_quarter(quarter))


def format_year_to(quarter: str) -> str:
    """The 12-month period that ends with a quarter: ``2014-Q2`` gives the year to June 2014."""
    return f"the year to {format_end_month(quarter)}"
