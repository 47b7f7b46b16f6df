"""Interpret the cells of a G-Cloud sales file.

Text that cannot be interpreted stays as printed, and the table's rules then reject it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Final

from workbook.importers.published.month_names import YEAR_PATTERN, find_months, parse_month
from workbook.periods import MONTHS_PER_YEAR, month_from_index

ColumnInterpreter = Callable[[Sequence[str]], list[str]]
"""Interprets the distinct texts of a column."""

_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
_DAY_FIRST_DATE = re.compile(
    rf"(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.](?P<year>{YEAR_PATTERN}|\d{{2}})", re.ASCII
)
_DATE_PATTERNS: Final = (
    re.compile(
        rf"(?P<year>{YEAR_PATTERN})[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?", re.ASCII
    ),
    re.compile(rf"(?P<year>{YEAR_PATTERN})(?P<month>\d{{2}})(?P<day>\d{{2}})?", re.ASCII),
    _DAY_FIRST_DATE,
    re.compile(rf"(?P<month>\d{{1,2}})[-/.](?P<year>{YEAR_PATTERN})", re.ASCII),
)
"""Numeric formats of a month or a day."""

_DAY_BEFORE_MONTH = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)?)?\W*")

_MISREAD_DIGITS = str.maketrans("OoIil", "00111")
"""Letters that are typed or scanned in place of digits."""

_DIGIT_RUN = re.compile(r"[^\W_]*\d[^\W_]*|\b[OoIil]{1,2}\b")
_LETTER = re.compile(r"[^\W\d_]")
_DASHES = str.maketrans("−–—", "---")
_THIS_CENTURY = 2000

_FRAMEWORK_PATTERN = re.compile(
    r"g[\W_]*cloud[\W_]*(?:services[\W_]*)?(\d{1,2}|[ivxl]*)\W*", re.IGNORECASE
)
_ROMAN_NUMERALS: Final = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]

_LOT_PATTERN = re.compile(r"(?:lot\W*)?([1-9])(?:\.0+)?(?:\W+\D*)?", re.IGNORECASE)
_LOT_NAMES: Final = {
    "1": ("iaas", "infrastructureasaservice", "infrastructure"),
    "2": ("paas", "platformasaservice", "platform"),
    "3": ("saas", "softwareasaservice", "software"),
    "4": ("scs", "specialistcloudservices", "specialistservices"),
}
_OTHER_SIZE = re.compile(r"(?:non?|not)(?:an?)?smes?|large.*|other")
_SMALL_SIZE = re.compile(r"smes?|micro.*|small.*|medium.*")

_NOT_LETTERS = re.compile(r"[^a-z]+")
_POUND_SIGN = re.compile(r"£|GBP")
_AMOUNT_PATTERN = re.compile(
    r"(?P<before>[-(]?) ?(?P<pounds>\d{1,3}(?:[, ]\d{3})+|\d+)(?P<pence>\.\d*)? ?(?P<after>[-)]?)",
    re.ASCII,
)
_AMOUNT_SIGNS: Final = {("", ""), ("-", ""), ("", "-"), ("(", ")")}
"""Signs before and after an amount. All but the first pair mark a credit."""


def parse_months(texts: Sequence[str]) -> list[str]:
    """Parse months, from days or words, with letters in place of digits corrected.

    Numeric dates have the day first. But returns are dated on the first of a month, so
    ``05/01/2013`` may also mean May. It is read only if another date has a day above 12.

    Args:
        texts: Distinct texts of the column.

    Returns:
        Months such as ``2013-05``; the text itself where it cannot be read.
    """
    cleaned_texts = [_TIME_OF_DAY.sub("", text).translate(_DASHES).strip() for text in texts]
    days = [
        int(match["day"]) for text in cleaned_texts if (match := _DAY_FIRST_DATE.fullmatch(text))
    ]
    parse_text = partial(_parse_month, days_are_first=max(days, default=0) > MONTHS_PER_YEAR)
    return [parse_text(text) or printed for text, printed in zip(cleaned_texts, texts, strict=True)]


def parse_frameworks(texts: Sequence[str]) -> list[str]:
    """Give frameworks one spelling: ``G-Cloud`` for the first, then ``G-Cloud 2``."""
    return list(map(_parse_framework, texts))


def parse_lots(texts: Sequence[str]) -> list[str]:
    """Give lots their numbers, as published."""
    return list(map(_parse_lot, texts))


def parse_supplier_sizes(texts: Sequence[str]) -> list[str]:
    """Give suppliers ``small`` if they are small or medium enterprises, or else ``other``."""
    return list(map(_parse_supplier_size, texts))


def parse_sales_amounts(texts: Sequence[str]) -> list[str]:
    """Parse amounts in pounds; a credit has a minus sign."""
    return list(map(_parse_sales_amount, texts))


COLUMN_INTERPRETERS: Final[Mapping[str, ColumnInterpreter]] = {
    "month": parse_months,
    "framework": parse_frameworks,
    "lot": parse_lots,
    "supplier_size": parse_supplier_sizes,
    "sales": parse_sales_amounts,
}
"""Interpreters of the columns that are not read as printed."""

STANDARD_FORMS: Final = {
    "month": re.compile(r"\d{4}-\d{2}-01"),
    "supplier_size": re.compile("SME|Large"),
}
"""Usual forms of the file that differ from the table's and need no warning."""


def _parse_month(text: str, *, days_are_first: bool) -> str | None:
    """Parse a month as printed, with letters corrected to digits, or without letters."""
    corrected = _DIGIT_RUN.sub(lambda match: match[0].translate(_MISREAD_DIGITS), text)
    for candidate in dict.fromkeys((text, corrected, _LETTER.sub("", text))):
        if month := _parse_numeric_month(candidate, days_are_first=days_are_first):
            return month
    return _parse_worded_month(text) or _parse_worded_month(corrected)


def _parse_numeric_month(text: str, *, days_are_first: bool) -> str | None:
    """Parse a numeric date; None if it is invalid or ambiguous."""
    pattern, match = next(
        ((form, match) for form in _DATE_PATTERNS if (match := form.fullmatch(text))), (None, None)
    )
    if match is None:
        return None
    parts = {"day": 1} | {name: int(part) for name, part in match.groupdict("1").items()}
    century = _THIS_CENTURY if len(match["year"]) == len("13") else 0
    with suppress(ValueError):
        day = date(century + parts["year"], parts["month"], parts["day"])
        could_be_another = day.month == 1 and 1 < day.day <= MONTHS_PER_YEAR
        if days_are_first or pattern is not _DAY_FIRST_DATE or not could_be_another:
            return f"{day:%Y-%m}"
    return None


def _parse_worded_month(text: str) -> str | None:
    """Parse ``May 2013``, ``1 May 2013`` or ``01-May-13``, with a misprinted name corrected."""
    for match in find_months(text):
        is_whole_text = _DAY_BEFORE_MONTH.fullmatch(text[: match.start()]) and match.end() == len(
            text
        )
        if is_whole_text and (month := parse_month(match)[0]) is not None:
            return month_from_index(month)
    return None


def _parse_framework(text: str) -> str:
    match = _FRAMEWORK_PATTERN.fullmatch(text)
    if match is None:
        return text
    number = match[1].upper().replace("L", "I")
    if number in _ROMAN_NUMERALS:
        number = str(_ROMAN_NUMERALS.index(number) + 1)
    if number and not number.isdigit():
        return text
    return f"G-Cloud {number}".removesuffix(" 1").strip()


def _parse_lot(text: str) -> str:
    if match := _LOT_PATTERN.fullmatch(text):
        return match[1]
    letters = _NOT_LETTERS.sub("", text.lower())
    return next((lot for lot, names in _LOT_NAMES.items() if letters in names), text)


def _parse_supplier_size(text: str) -> str:
    letters = _NOT_LETTERS.sub("", text.lower())
    if _SMALL_SIZE.fullmatch(letters):
        return "small"
    return "other" if _OTHER_SIZE.fullmatch(letters) else text


def _parse_sales_amount(text: str) -> str:
    cleaned_text = " ".join(_POUND_SIGN.sub("", text.translate(_DASHES)).split())
    match = _AMOUNT_PATTERN.fullmatch(cleaned_text)
    if match is None:
        return text
    if (signs := (match["before"], match["after"])) not in _AMOUNT_SIGNS:
        return text
    digits = re.sub("[, ]", "", match["pounds"]) + (match["pence"] or "")
    return f"-{digits}" if any(signs) else digits
