"""Months as a header prints them: found in its text, and read as the nearest name."""

import difflib
import re
from calendar import month_name

from workbook.tables.windows import MONTHS_A_YEAR

MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}
ABBREVIATED = {**{name[:3]: number for name, number in MONTHS.items()}, "sept": 9}
YEAR = r"(?:19|20)[0-9]{2}"
DATE = re.compile(
    rf"(?P<iso>{YEAR})-(?P<number>0[1-9]|1[0-2])(?![0-9])"
    rf"|(?P<word>[^\W\d_]{{3,12}}+)\.?[\s'’/_-]*+(?P<year>{YEAR}|[0-9]{{2}})(?![0-9])"
)


def dates(printed: str) -> list["re.Match[str]"]:
    """The months that a header names; two digits are a year only beside a month's name."""
    return [
        found
        for found in DATE.finditer(printed)
        if found["iso"] or len(found["year"]) > 2 or _number(found["word"])  # noqa: PLR2004  digits
    ]


def month_of(found: "re.Match[str]") -> tuple[int | None, str]:
    """A month and year as months since the year 0, None if unreadable, and what is in doubt."""
    if found["iso"]:
        return MONTHS_A_YEAR * int(found["iso"]) + int(found["number"]) - 1, ""
    number, year, doubt = _number(found["word"]), int(found["year"]), ""
    if number is None:
        near = difflib.get_close_matches(found["word"].lower(), MONTHS, n=1)
        if not near:
            return None, ""
        number, doubt = MONTHS[near[0]], f"{found[0]} is read as {near[0].title()} {year}"
    year += 2000 if year < 100 else 0  # noqa: PLR2004  a year of two digits
    return MONTHS_A_YEAR * year + number - 1, doubt


def span(start: int, end: int) -> str:
    """A window in words: ``April 2013 to March 2014``."""
    return f"{_month(start)} to {_month(end)}"


def _number(word: str) -> int | None:
    return MONTHS.get(word.lower()) or ABBREVIATED.get(word.lower())


def _month(months: int) -> str:
    return f"{month_name[months % MONTHS_A_YEAR + 1]} {months // MONTHS_A_YEAR}"
