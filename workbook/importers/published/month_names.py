"""Find and parse months in the text of a header, misprints included."""

import re

from workbook.periods import MONTHS_PER_YEAR, month_index
from workbook.text.dates import MONTH_NAMES
from workbook.text.suggestions import nearest_name

_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTH_NAMES, 1)}
_ABBREVIATED_MONTHS = {**{name[:3]: number for name, number in _MONTH_NUMBERS.items()}, "sept": 9}
YEAR_PATTERN = r"(?:19|20)[0-9]{2}"
_DATE_PATTERN = re.compile(
    rf"(?P<iso>{YEAR_PATTERN})-(?P<number>0[1-9]|1[0-2])(?![0-9])"
    rf"|(?P<word>[^\W\d_]{{3,12}}+)\.?[\s'’/_-]*+(?P<year>{YEAR_PATTERN}|[0-9]{{2}})(?![0-9])"
)


def find_months(header_text: str) -> list["re.Match[str]"]:
    """Find the months in a header. Two digits are a year only after the name of a month."""
    return [
        match
        for match in _DATE_PATTERN.finditer(header_text)
        if match["iso"] or len(match["year"]) > 2 or _month_number(match["word"])  # noqa: PLR2004  digits
    ]


def parse_month(match: "re.Match[str]") -> tuple[int | None, str]:
    """Parse a month and year.

    Args:
        match: A match from ``find_months``.

    Returns:
        Months since January of the year 0, None if unreadable, and a note if a name was guessed.
    """
    if match["iso"]:
        return month_index(match[0]), ""
    number, year, note = _month_number(match["word"]), int(match["year"]), ""
    if number is None:
        name = nearest_name(match["word"].lower(), _MONTH_NUMBERS)
        if name is None:
            return None, ""
        number, note = _MONTH_NUMBERS[name], f"{match[0]} is read as {name.title()} {year}"
    year += 2000 if year < 100 else 0  # noqa: PLR2004  a year of two digits
    return MONTHS_PER_YEAR * year + number - 1, note


def _month_number(word: str) -> int | None:
    return _MONTH_NUMBERS.get(word.lower()) or _ABBREVIATED_MONTHS.get(word.lower())
