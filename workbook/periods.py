"""Calendar quarters such as ``2014-Q2``, and other periods of published figures."""

import calendar
import re
from datetime import date
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, WithJsonSchema

_QUARTER_PATTERN = "[0-9]{4}-Q[1-4]"
MONTHS_PER_QUARTER, QUARTERS_PER_YEAR, MONTHS_PER_YEAR = 3, 4, 12
_FINANCIAL_YEAR_START_MONTH = 4


def _validate_quarter(text: str) -> str:
    last_day_of_quarter(text)
    return text


Quarter = Annotated[
    str,
    AfterValidator(_validate_quarter),
    WithJsonSchema({"type": "string", "pattern": f"^{_QUARTER_PATTERN}$"}),
]

OptionalQuarter = Annotated[
    str,
    AfterValidator(lambda text: _validate_quarter(text) if text else text),
    WithJsonSchema({"type": "string", "pattern": f"^({_QUARTER_PATTERN})?$"}),
]
"""A quarter, or blank for none."""


@cache
def last_day_of_quarter(quarter: str) -> date:
    """Last day of a quarter.

    Args:
        quarter: Quarter such as ``2014-Q2``, from 1900 to 2199.

    Returns:
        The day, such as 30 June 2014.

    Raises:
        ValueError: The text is not a quarter.
    """
    if not re.fullmatch(_QUARTER_PATTERN, quarter) or not "1900" <= quarter[:4] <= "2199":
        msg = f'"{quarter}" is not a quarter: write the year and the quarter, such as 2014-Q2'
        raise ValueError(msg)
    return _month_end(int(quarter[:4]), MONTHS_PER_QUARTER * int(quarter[-1]))


def quarter_of(period: str) -> str:
    """Quarter in which a period ends: ``2014-06`` gives ``2014-Q2``."""
    end = period_end(period)
    return f"{end.year}-Q{(end.month + MONTHS_PER_QUARTER - 1) // MONTHS_PER_QUARTER}"


def shift_quarter(quarter: str, count: int) -> str:
    """Quarter a number of quarters later, or earlier if negative: ``2014-Q2``, 3 → ``2015-Q1``."""
    last_day_of_quarter(quarter)
    quarter_number = QUARTERS_PER_YEAR * int(quarter[:4]) + int(quarter[-1]) - 1 + count
    return f"{quarter_number // QUARTERS_PER_YEAR:04d}-Q{quarter_number % QUARTERS_PER_YEAR + 1}"


def quarters_between(earlier: str, later: str) -> int:
    """Number of quarters from one to another: ``2014-Q2`` to ``2015-Q1`` is 3."""
    return (
        QUARTERS_PER_YEAR * (int(later[:4]) - int(earlier[:4])) + int(later[-1]) - int(earlier[-1])
    )


@cache
def period_end(period: str) -> date:
    """Last day of a published period.

    Args:
        period: A year, a quarter, a month such as ``2014-06``, or a day.

    Returns:
        The day.

    Raises:
        ValueError: The text is not a period.
    """
    if re.fullmatch(_QUARTER_PATTERN, period):
        return last_day_of_quarter(period)
    if re.fullmatch("[0-9]{4}", period):
        return date(int(period), 12, 31)
    if re.fullmatch("[0-9]{4}-(0[1-9]|1[0-2])", period):
        return _month_end(int(period[:4]), int(period[5:]))
    if re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", period):
        return date.fromisoformat(period)
    msg = f'"{period}" is not a period: write a year, a month or a quarter, such as 2014-06'
    raise ValueError(msg)


def is_month(text: object) -> bool:
    """Whether a text is a month such as ``2014-06``."""
    return bool(re.fullmatch("(?!0000)[0-9]{4}-(0[1-9]|1[0-2])", str(text)))


def is_day(text: object) -> bool:
    """Whether a text is a day such as ``2014-06-30``."""
    try:
        return date.fromisoformat(str(text)).isoformat() == text
    except ValueError:
        return False


def month_index(month: str) -> int:
    """Months since January of the year 0: ``2014-06`` gives 24173."""
    return MONTHS_PER_YEAR * int(month[:4]) + int(month[5:7]) - 1


def month_from_index(index: int) -> str:
    """Month with a given index: 24173 gives ``2014-06``. See ``month_index``."""
    return f"{index // MONTHS_PER_YEAR:04d}-{index % MONTHS_PER_YEAR + 1:02d}"


def shift_month(month: str, count: int) -> str:
    """Month a number of months later, or earlier if negative: ``2014-06``, 7 → ``2015-01``."""
    return month_from_index(month_index(month) + count)


def months_between(earlier: str, later: str) -> int:
    """Number of months from one to another: ``2014-02`` to ``2014-06`` is 4."""
    return month_index(later) - month_index(earlier)


def decimal_year(period: str) -> float:
    """End of a period as a decimal year: ``2014-06`` gives 2014.5.

    Args:
        period: As for ``period_end``.

    Returns:
        The year and its fraction. Each month is a twelfth of a year.

    Raises:
        ValueError: The text is not a period.
    """
    end = period_end(period)
    days_in_month = calendar.monthrange(end.year, end.month)[1]
    return end.year + (end.month - 1 + end.day / days_in_month) / MONTHS_PER_YEAR


def is_period(period: object) -> bool:
    """Whether a text is a period that ``period_end`` can read."""
    try:
        period_end(str(period))
    except ValueError:
        return False
    return True


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def is_financial_year(text: str) -> bool:
    """Whether a text is a financial year, April to March, such as ``2014-15``."""
    return bool(re.fullmatch("[0-9]{4}-[0-9]{2}", text)) and text == financial_year(int(text[:4]))


def financial_year(start: int) -> str:
    """Financial year that starts in April of a year: 2014 gives ``2014-15``."""
    return f"{start:04d}-{(start + 1) % 100:02d}"


def financial_year_of(day: date) -> str:
    """Financial year of a day: 31 March 2015 gives ``2014-15``."""
    return financial_year(day.year - (day.month < _FINANCIAL_YEAR_START_MONTH))
