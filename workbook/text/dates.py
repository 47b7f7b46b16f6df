"""Format days, months and spans of months in English, whatever the machine's locale."""

from datetime import date

MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""Names of the months in order. Those of ``calendar`` follow the machine's locale."""

_ABBREVIATION_LENGTH = 3


def format_day(day: date | str) -> str:
    """Write a day in words.

    Args:
        day: A date, or its ISO text such as ``2014-06-30``.

    Returns:
        The day, such as ``30 June 2014``.

    Raises:
        ValueError: The text is not a day.
    """
    day = day if isinstance(day, date) else date.fromisoformat(day)
    return f"{day.day} {format_month(day)}"


def format_month(month: date | str) -> str:
    """Write a month in words.

    Args:
        month: A date in the month, or ISO text that begins with year and month: ``2014-06``.

    Returns:
        The month, such as ``June 2014``.

    Raises:
        ValueError: The text does not begin with a year and a month.
    """
    month = _to_date(month)
    return f"{MONTH_NAMES[month.month - 1]} {month.year}"


def format_short_month(month: date | str) -> str:
    """Write a month with a short name: ``Jun 2014``. See ``format_month``."""
    month = _to_date(month)
    return f"{MONTH_NAMES[month.month - 1][:_ABBREVIATION_LENGTH]} {month.year}"


def format_span(start: date | str, end: date | str) -> str:
    """Write a span of months.

    Args:
        start: The first month, as ``format_month`` takes it.
        end: The last month.

    Returns:
        The span, such as ``April 2013 to March 2014``; one month where both are the same.
    """
    return " to ".join(dict.fromkeys([format_month(start), format_month(end)]))


def _to_date(month: date | str) -> date:
    return month if isinstance(month, date) else date.fromisoformat(f"{month[:7]}-01")
