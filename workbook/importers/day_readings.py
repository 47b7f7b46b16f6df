"""Read days that are written another way: ``30/06/2014``, ``30 June 2014`` or with a time."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from workbook.importers.published.month_names import find_months, parse_month
from workbook.importers.reading_types import CellReading, ColumnReader
from workbook.periods import MONTHS_PER_YEAR
from workbook.text.quoting import LONGEST_QUOTED_TEXT

_MIDNIGHT: Final = re.compile(r"[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?$")
_YEAR_FIRST_DAY: Final = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
_NUMERIC_DAY: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", re.ASCII)
_WORDED_DAY: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[\s-]+(?=\D)", re.ASCII)
_DAY_FIRST_CONDITION: Final = "if the day comes first"


def make_days_reader(file_texts: Iterable[str]) -> ColumnReader:
    """Make a reader of days that takes the order of day and month from the whole file.

    A number above 12 shows where the day stands. If none does, or some stand first and some
    second, the order of the others is not certain.

    Args:
        file_texts: Texts of all columns of days in the file.

    Returns:
        The reader of a column.
    """
    pairs = [_two_numbers(match) for match in _numeric_days(file_texts)]
    days_come_first = any(first > MONTHS_PER_YEAR for first, _ in pairs)
    months_come_first = any(second > MONTHS_PER_YEAR for _, second in pairs)
    is_settled = days_come_first != months_come_first

    def read_day(text: str) -> CellReading:
        plain_text = _MIDNIGHT.sub("", text)
        if match := _YEAR_FIRST_DAY.fullmatch(plain_text):
            return CellReading(_format_day(*map(int, match.groups())), is_certain=True)
        match = _NUMERIC_DAY.fullmatch(plain_text)
        if match is None:
            return CellReading(_read_worded_day(plain_text), is_certain=True)
        first, second = _two_numbers(match)
        is_month_first = second > MONTHS_PER_YEAR or (is_settled and months_come_first)
        month, day = (first, second) if is_month_first else (second, first)
        is_certain = is_settled or first == second or max(first, second) > MONTHS_PER_YEAR
        condition = "" if is_certain else _DAY_FIRST_CONDITION
        return CellReading(_format_day(int(match[3]), month, day), is_certain, condition)

    def read_days(texts: list[str]) -> dict[str, CellReading]:
        readings = {text: read_day(text) for text in texts if len(text) <= LONGEST_QUOTED_TEXT}
        return {text: reading for text, reading in readings.items() if reading.text}

    return read_days


def _numeric_days(texts: Iterable[str]) -> "list[re.Match[str]]":
    plain_texts = (_MIDNIGHT.sub("", text) for text in texts if len(text) <= LONGEST_QUOTED_TEXT)
    return [match for text in plain_texts if (match := _NUMERIC_DAY.fullmatch(text))]


def _two_numbers(match: "re.Match[str]") -> tuple[int, int]:
    """The first two numbers of a numeric day."""
    return int(match[1]), int(match[2])


def _read_worded_day(text: str) -> str:
    """Read ``30 June 2014`` or ``30-Jun-14``; blank if the text is no such day."""
    match = _WORDED_DAY.match(text)
    months = find_months(text[match.end() :]) if match else []
    if match is None or len(months) != 1 or months[0][0] != text[match.end() :]:
        return ""
    month, note = parse_month(months[0])
    if month is None or note:
        return ""
    return _format_day(month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1, int(match[1]))


def _format_day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
