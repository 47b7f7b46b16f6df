"""Headers of a wide file: which window and which measure a column holds, tolerantly read."""

import difflib
import re
from calendar import month_name
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from workbook.tables.problems import Problem
from workbook.tables.windows import MONTHS_A_YEAR

LENGTH = 12
"""Months in a window."""

MONTHS = {name.lower(): number for number, name in enumerate(month_name) if name}
ABBREVIATED = {**{name[:3]: number for name, number in MONTHS.items()}, "sept": 9}
YEAR = r"(?:19|20)[0-9]{2}"
DATE = re.compile(
    rf"(?P<iso>{YEAR})-(?P<number>0[1-9]|1[0-2])(?![0-9])"
    rf"|(?P<word>[^\W\d_]{{3,12}})\.?[\s'’/_-]*(?P<year>{YEAR}|[0-9]{{2}})(?![0-9])"
)
ENDING = re.compile(r"\b(?:year|months)\s+(?:to|ending|ended)\b", re.IGNORECASE)
JOINED = re.compile(r"\b(?:to|until|from|between|and|year|months|12|ending|ended|in|for|the)\b")

NO_MEASURE = ("%", "percent", "take-up", "takeup", "take up", "share", "note", "total cost")
SIGNS = {
    "assisted_volume": ("assisted",),
    "cost_per_transaction": ("cost", "cpt"),
    "digital_volume": ("digital", "online"),
    "volume": ("volume", "transactions", "vol"),
}
"""What a header says of its measure; the first that it says counts."""

NEAR = {
    "volume": "volume",
    "total volume": "volume",
    "digital volume": "digital_volume",
    "cost per transaction": "cost_per_transaction",
}
ALIKE = 0.75


@dataclass(frozen=True)
class Head:
    """A column's header: its place among the columns, its measure, its window in months.

    Months are counted since the year 0; ``doubt`` says what was read otherwise than printed.
    """

    at: int
    printed: str
    measure: str
    start: int
    end: int
    doubt: str = ""


@dataclass(frozen=True)
class Heads:
    """The window columns of a header, and what is wrong or odd about them."""

    read: tuple[Head, ...]
    errors: tuple[Problem, ...]
    oddities: tuple[Problem, ...]

    @property
    def known(self) -> set[str]:
        """Headers that are a window's, be they read or refused."""
        return {head.printed for head in self.read} | {str(each.column) for each in self.errors}


@lru_cache(maxsize=4)  # asked once to recognise a file and once to read it
def heads(header: tuple[str, ...], row: int) -> Heads:
    """Read every window column of a header that stands in this row."""
    errors: list[Problem] = []
    found: list[Head] = []
    for at, printed in enumerate(header):
        try:
            head = _head(at, printed)
        except ValueError as error:
            errors.append(Problem(row, printed, printed, str(error)))
        else:
            found += [head] if head else []
    read, doubted = _settled(found)
    errors += [Problem(row, head.printed, head.printed, head.doubt) for head in doubted]
    odd = [Problem(row, head.printed, head.printed, head.doubt) for head in read if head.doubt]
    return Heads(tuple(read), tuple(errors), tuple(odd))


def span(start: int, end: int) -> str:
    """A window in words: ``April 2013 to March 2014``."""
    return f"{_month(start)} to {_month(end)}"


def _head(at: int, printed: str) -> Head | None:
    """The head of a column, None where it is no window's. Raises ValueError for an unreadable."""
    measure, dates = _measure(printed), _dates(printed)
    if measure is None or not (dates or re.search(YEAR, printed)):
        return None
    read = [_date(date) for date in dates]
    months = [month for month, _ in read if month is not None]
    if len(months) != len(dates) or len(months) not in {1, 2}:
        msg = "the window cannot be read: write it as April 2013 to March 2014"
        raise ValueError(msg)
    end = months[-1]
    start = months[0] if len(months) > 1 else end - LENGTH + 1
    if start > end:
        msg = f"the window ends before it starts: {span(start, end)}"
        raise ValueError(msg)
    doubts = [doubt for _, doubt in read if doubt]
    if len(months) == 1 and not ENDING.search(printed):
        doubts.append(f"only one month is named: read as {span(start, end)}")
    if not any(sign in printed.lower() for sign in SIGNS[measure]):
        doubts.append(f"read as the {measure}")
    return Head(at, printed, measure, start, end, "; ".join(doubts))


def _dates(printed: str) -> list["re.Match[str]"]:
    """The months that a header names; two digits are a year only beside a month's name."""
    return [
        found
        for found in DATE.finditer(printed)
        if found["iso"] or len(found["year"]) > 2 or _number(found["word"])  # noqa: PLR2004  digits
    ]


def _number(word: str) -> int | None:
    return MONTHS.get(word.lower()) or ABBREVIATED.get(word.lower())


def _date(found: "re.Match[str]") -> tuple[int | None, str]:
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


def _measure(printed: str) -> str | None:
    """The measure that a header names, None where it names none."""
    text = printed.lower()
    if any(word in text for word in NO_MEASURE):
        return None
    for measure, signs in SIGNS.items():
        if any(sign in text for sign in signs):
            return measure
    words = " ".join(JOINED.sub(" ", DATE.sub(" ", text)).split()).strip(" :;,-–—()")
    near = difflib.get_close_matches(words, NEAR, n=1, cutoff=ALIKE)
    return NEAR[near[0]] if near else None


def _settled(found: Sequence[Head]) -> tuple[list[Head], list[Head]]:
    """The heads, each with a window of its own, and those that are refused with the reason."""
    taken: dict[tuple[str, int], Head] = {}
    for head in found:
        if _lasts(head) == LENGTH:
            taken.setdefault((head.measure, head.end), head)
    read: list[Head] = []
    refused: list[Head] = []
    for head in found:
        settled = head if _lasts(head) == LENGTH else _resized(head, taken)
        if settled is None:
            reason = f"the window lasts {_lasts(head)} months, and which {LENGTH} are meant is open"
            refused.append(replace(head, doubt=reason))
        elif (first := taken.setdefault((head.measure, settled.end), settled)) is settled:
            read.append(settled)
        else:
            reason = f"its window and measure are those of the column {first.printed}"
            refused.append(replace(head, doubt=reason))
    return read, refused


def _resized(head: Head, taken: Mapping[tuple[str, int], Head]) -> Head | None:
    """The head with the only twelve months that are free and fit between its neighbours."""
    same = [other for other in taken.values() if other.measure == head.measure]
    before = max((other for other in same if other.at < head.at), key=_at, default=None)
    after = min((other for other in same if other.at > head.at), key=_at, default=None)
    free = [
        end
        for end in {head.start + LENGTH - 1, head.end}
        if (head.measure, end) not in taken
        and (before is None or before.end < end)
        and (after is None or end < after.end)
    ]
    if len(free) != 1:
        return None
    start = free[0] - LENGTH + 1
    doubt = f"the window printed lasts {_lasts(head)} months: read as {span(start, free[0])}"
    both = "; ".join(filter(None, (head.doubt, doubt)))
    return replace(head, start=start, end=free[0], doubt=both)


def _at(head: Head) -> int:
    return head.at


def _lasts(head: Head) -> int:
    return head.end - head.start + 1


def _month(months: int) -> str:
    return f"{month_name[months % MONTHS_A_YEAR + 1]} {months // MONTHS_A_YEAR}"
