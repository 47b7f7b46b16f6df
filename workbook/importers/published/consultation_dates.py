"""Dates of consultations as their sources print them."""

import re
from contextlib import suppress
from datetime import date, datetime
from typing import Final

from workbook.periods import is_day
from workbook.text.dates import MONTH_NAMES

FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2099
"""First and last year in which a date of a consultation is plausible."""

_YEAR_FIRST = re.compile(r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})", re.ASCII)
_WORDED = re.compile(r"(?P<day>\d{1,2}) (?P<word>[A-Z][a-z]+) (?P<year>\d{4})", re.ASCII)


def is_plausible_day(text: str) -> bool:
    """Whether a text is a day such as ``2014-06-30``, in a year that is no placeholder."""
    return is_day(text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR


def parse_day(text: str) -> str | None:
    """Parse a date as a source prints it.

    Args:
        text: An ISO day or time stamp, ``2014/06/30`` or ``30 June 2014``. Of a time stamp the
            day is taken as printed, which is the day where the body is.

    Returns:
        The day such as ``2014-06-30``; None if it cannot be read.
    """
    with suppress(ValueError):
        if match := _YEAR_FIRST.fullmatch(text):
            return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
        if match := _WORDED.fullmatch(text):
            month = MONTH_NAMES.index(match["word"]) + 1
            return date(int(match["year"]), month, int(match["day"])).isoformat()
        return datetime.fromisoformat(text).date().isoformat()
    return None
