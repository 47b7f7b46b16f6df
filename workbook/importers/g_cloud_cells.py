"""Cells of a G-Cloud sales file: what is meant by what is printed.

What cannot be read stays as it is printed, so that the table's own rules refuse it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from typing import Final

from workbook.importers.months import YEAR, dates, month_of
from workbook.tables.windows import month as named

Meaning = Callable[[Sequence[str]], list[str]]
"""What is meant by each of a column's distinct texts."""

CLOCK = re.compile(r"[T ]\d{1,2}:\d{2}.*$")
DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})[-/.](?P<month>\d{{1,2}})[-/.](?P<year>{YEAR}|\d{{2}})", re.ASCII
)
FORMS: Final = (
    re.compile(rf"(?P<year>{YEAR})[-/.](?P<month>\d{{1,2}})(?:[-/.](?P<day>\d{{1,2}}))?", re.ASCII),
    re.compile(rf"(?P<year>{YEAR})(?P<month>\d{{2}})(?P<day>\d{{2}})?", re.ASCII),
    DAY_FIRST,
    re.compile(rf"(?P<month>\d{{1,2}})[-/.](?P<year>{YEAR})", re.ASCII),
)
"""How a month is written in numbers."""

BEFORE_WORD = re.compile(r"(?:\d{1,2}(?:st|nd|rd|th)?)?\W*")

MISTAKEN = str.maketrans("OoIil", "00111")
"""Letters that are typed, or read by a scanner, for digits."""

DIGITS = re.compile(r"[^\W_]*\d[^\W_]*|\b[OoIil]{1,2}\b")
LETTERS = re.compile(r"[^\W\d_]")
DASHES = str.maketrans("−–—", "---")
LAST_MONTH = 12
THIS_CENTURY = 2000

FRAMEWORK = re.compile(r"g[\W_]*cloud[\W_]*(\d{1,2}|[ivxl]*)\W*", re.IGNORECASE)
NUMERALS: Final = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]

LOT = re.compile(r"(?:lot\W*)?([1-9])(?:\.0+)?(?:\W+\D*)?", re.IGNORECASE)
LOTS: Final = {
    "1": ("iaas", "infrastructureasaservice", "infrastructure"),
    "2": ("paas", "platformasaservice", "platform"),
    "3": ("saas", "softwareasaservice", "software"),
    "4": ("scs", "specialistcloudservices", "specialistservices"),
}
OTHER = re.compile(r"(?:non?|not)(?:an?)?smes?|large.*|other")
SMALL = re.compile(r"smes?|micro.*|small.*|medium.*")

NO_LETTERS = re.compile(r"[^a-z]+")
POUND = re.compile(r"£|GBP")
AMOUNT = re.compile(
    r"(?P<before>[-(]?) ?(?P<pounds>\d{1,3}(?:[, ]\d{3})+|\d+)(?P<pence>\.\d*)? ?(?P<after>[-)]?)",
    re.ASCII,
)
AROUND: Final = {("", ""), ("-", ""), ("", "-"), ("(", ")")}
"""What stands before and after an amount: with any but the first it is a credit."""


def months(texts: Sequence[str]) -> list[str]:
    """Months such as ``2013-05``, from days and from words, with letters taken for digits.

    In numbers the day is first, as in Britain. But returns are dated on a month's first day, so
    that ``05/01/2013`` may be of May: it is read where another date has a day above 12.
    """
    plain = [CLOCK.sub("", text).translate(DASHES).strip() for text in texts]
    days = [int(found["day"]) for text in plain if (found := DAY_FIRST.fullmatch(text))]
    read = partial(_month, days_are_first=max(days, default=0) > LAST_MONTH)
    return [read(text) or printed for text, printed in zip(plain, texts, strict=True)]


def frameworks(texts: Sequence[str]) -> list[str]:
    """Frameworks by one spelling: ``G-Cloud``, which is the first, ``G-Cloud 2``."""
    return list(map(_framework, texts))


def lots(texts: Sequence[str]) -> list[str]:
    """Lots by their numbers, as published."""
    return list(map(_lot, texts))


def sizes(texts: Sequence[str]) -> list[str]:
    """``small`` for a small or medium firm (SME), ``other`` for any other."""
    return list(map(_size, texts))


def amounts(texts: Sequence[str]) -> list[str]:
    """Numbers of pounds, a credit with a minus before it."""
    return list(map(_amount, texts))


MEANINGS: Final[Mapping[str, Meaning]] = {
    "month": months,
    "framework": frameworks,
    "lot": lots,
    "supplier_size": sizes,
    "sales": amounts,
}
"""How the columns are read that are not taken as they are printed."""

AS_PUBLISHED: Final = {
    "month": re.compile(r"\d{4}-\d{2}-01"),
    "supplier_size": re.compile("SME|Large"),
}
"""What the file says as a rule in other words than the table, of which nothing is to be told."""


def _month(text: str, *, days_are_first: bool) -> str | None:
    """A month, None where it cannot be read: as printed, with letters as digits, or without."""
    swapped = DIGITS.sub(lambda found: found[0].translate(MISTAKEN), text)
    for numbers in dict.fromkeys((text, swapped, LETTERS.sub("", text))):
        if read := _of_numbers(numbers, days_are_first=days_are_first):
            return read
    return _of_words(text) or _of_words(swapped)


def _of_numbers(text: str, *, days_are_first: bool) -> str | None:
    """The month of a day in numbers, None where there is no such day or it could be another."""
    form, found = next(
        ((form, found) for form in FORMS if (found := form.fullmatch(text))), (None, None)
    )
    if found is None:
        return None
    parts = {"day": 1} | {name: int(part) for name, part in found.groupdict("1").items()}
    century = THIS_CENTURY if len(found["year"]) == len("13") else 0
    with suppress(ValueError):
        day = date(century + parts["year"], parts["month"], parts["day"])
        could_be_another = day.month == 1 and 1 < day.day <= LAST_MONTH
        if days_are_first or form is not DAY_FIRST or not could_be_another:
            return f"{day:%Y-%m}"
    return None


def _of_words(text: str) -> str | None:
    """The month of ``May 2013``, ``1 May 2013`` or ``01-May-13``, a misprint by the nearest."""
    for found in dates(text):
        alone = BEFORE_WORD.fullmatch(text[: found.start()]) and found.end() == len(text)
        if alone and (month := month_of(found)[0]) is not None:
            return named(month)
    return None


def _framework(text: str) -> str:
    found = FRAMEWORK.fullmatch(text)
    if found is None:
        return text
    number = found[1].upper().replace("L", "I")
    if number in NUMERALS:
        number = str(NUMERALS.index(number) + 1)
    if number and not number.isdigit():
        return text
    return f"G-Cloud {number}".removesuffix(" 1").strip()


def _lot(text: str) -> str:
    if found := LOT.fullmatch(text):
        return found[1]
    letters = NO_LETTERS.sub("", text.lower())
    return next((lot for lot, names in LOTS.items() if letters in names), text)


def _size(text: str) -> str:
    letters = NO_LETTERS.sub("", text.lower())
    if SMALL.fullmatch(letters):
        return "small"
    return "other" if OTHER.fullmatch(letters) else text


def _amount(text: str) -> str:
    bare = " ".join(POUND.sub("", text.translate(DASHES)).split())
    found = AMOUNT.fullmatch(bare)
    if found is None:
        return text
    if (signs := (found["before"], found["after"])) not in AROUND:
        return text
    size = re.sub("[, ]", "", found["pounds"]) + (found["pence"] or "")
    return f"-{size}" if any(signs) else size
