"""Labels of quarters: the month that ends one, and the 12-month period that ends with it."""

from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_month


def format_end_month(quarter: str) -> str:
    """The last month of a quarter in words: ``2014-Q2`` gives June 2014."""
    return format_month(last_day_of_quarter(quarter))


def format_year_to(quarter: str) -> str:
    """The 12-month period that ends with a quarter: ``2014-Q2`` gives the year to June 2014."""
    return f"the year to {format_end_month(quarter)}"


def format_year_ends(window_before: str, window_after: str) -> str:
    """The months in which two years end, with a shared month or year once.

    ``2013-06`` and ``2014-06`` give June 2013 and 2014.
    """
    before, after = format_month(window_before), format_month(window_after)
    month, year = after.split()
    before_month, before_year = before.split()
    if before_year == year:
        return f"{before_month} and {after}"
    return f"{before} and {year if before_month == month else after}"
