"""Headers of a wide file: which window and which measure a column holds, tolerantly read."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from workbook.importers.months import YEAR, dates, month_of, span
from workbook.tables.problems import LONGEST, Problem, cut

LENGTH = 12
"""Months in a window."""

ENDING = re.compile(r"\b(?:year|months)\s+(?:to|ending|ended)\b", re.IGNORECASE)
JOINED = re.compile(r"\b(?:to|until|from|between|and|year|months|12|ending|ended|in|for|the)\b")

NO_MEASURE = re.compile(
    r"%|percent|take[- ]?up|share|note"
    r"|\bnon\b|\bnot\b|without|exclud|except|off-?line"
    r"|paper|phone|\bcalls?\b|\bpost|mail|\bletters?\b|face[- ]to[- ]face|in[- ]person|counter"
    r"|(?:annual|total|overall).*cost(?!s? per)|cost.*(?:annual|total|overall)"
    r"|(?:digital|online|assisted).*cost|cost.*(?:digital|online|assisted)"
)
"""Words of a header that names no measure of ours, or the opposite of one."""

SIGNS = {
    "assisted_volume": ("assisted",),
    "cost_per_transaction": ("cost", "cpt"),
    "digital_volume": ("digital", "online"),
    "volume": ("volume", "transactions", "vol"),
}
"""What a header says of its measure; the first that it says counts."""

NAMES = {
    **dict.fromkeys(
        ("volume", "vol", "transactions", "volume of transactions", "transaction volume"), "volume"
    ),
    **dict.fromkeys(("total volume", "total transactions", "all transactions"), "volume"),
    "number of transactions": "volume",
    "digital volume": "digital_volume",
    "digital transactions": "digital_volume",
    "number of digital transactions": "digital_volume",
    "cost per transaction": "cost_per_transaction",
    "assisted volume": "assisted_volume",
    "assisted transactions": "assisted_volume",
}
"""Measures by what they are called; by any other name, how a measure was read is told."""

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


def _head(at: int, printed: str) -> Head | None:
    """The head of a column, None where it is no window's. Raises ValueError for an unreadable."""
    named = dates(printed)
    if not (named or re.search(YEAR, printed)):
        return None
    words = _words(_beside(printed, named))
    measure = _measure(printed.lower(), words)
    if measure is None:
        return None
    read = [month_of(date) for date in named]
    months = [month for month, _ in read if month is not None]
    if len(months) != len(named) or len(months) not in {1, 2}:
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
    if words not in NAMES:
        doubts.append(f"is read as {measure}")
    return Head(at, printed, measure, start, end, "; ".join(doubts))


def _measure(text: str, words: str) -> str | None:
    """The measure that a header names, None where it names none."""
    if words in NAMES:
        return NAMES[words]
    if NO_MEASURE.search(text):
        return None
    for measure, signs in SIGNS.items():
        if any(sign in text for sign in signs):
            return measure
    near = difflib.get_close_matches(words[:LONGEST], NAMES, n=1, cutoff=ALIKE)
    return NAMES[near[0]] if near else None


def _beside(printed: str, named: Sequence["re.Match[str]"]) -> str:
    """What stands in a header beside its months."""
    for date in reversed(named):
        printed = f"{printed[: date.start()]} {printed[date.end() :]}"
    return printed


@lru_cache(maxsize=16)  # a file says the same of every window
def _words(beside: str) -> str:
    """What a header says, its months taken out: ``digital volume``."""
    return " ".join(re.sub(r"[^a-z]+", " ", JOINED.sub(" ", beside.lower())).split())


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
            reason = f"its window and measure are those of the column {cut(first.printed)}"
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
