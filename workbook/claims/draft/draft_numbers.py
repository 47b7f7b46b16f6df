"""Find the numbers of a draft, with the unit, the digits and the wording of each."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from textwrap import wrap
from typing import Final

from workbook.claims.draft.number_pattern import NUMBER_PATTERN
from workbook.claims.draft.number_words import (
    MULTIPLIERS,
    parse_cardinal,
    parse_fraction,
    parse_ordinal,
)
from workbook.claims.draft.passages import Passage
from workbook.claims.draft.set_aside import find_set_aside
from workbook.claims.report_tables import ABOUT, EXACTLY, FEWER, OVER
from workbook.text.grammar import split_sentences

NUMBER, ORDINAL, SHARE, POINTS, MONEY, FOREIGN = (
    "number",
    "ordinal",
    "share",
    "points",
    "GBP",
    "other currency",
)
"""Units of numbers in a draft, beside ``years``, ``months``, ``weeks``, ``days`` and ``hours``."""

_FRACTION_PRECISION: Final = 0.05
"""Precision of a fraction in words, as in the tables of claims."""

_FEWEST_ROUND_ZEROS: Final = 3
"""Zeros at the end of a whole number that show that it is rounded, without a word that says so."""

_LARGEST_RATIO: Final = 1000
_LONGEST_SENTENCE: Final = 3_000
_LONGEST_WORDING: Final = 40
"""Characters of a sentence, and of what stands before a number and says how exact it is."""

_PRONOUN = re.compile(r"one", re.IGNORECASE)

_BEFORE: Final = {
    OVER: re.compile(
        r"\b(?:over|more than|above|at least|upwards of|in excess of|greater than|exceed\w*"
        r"|passed)\s+$",
        re.IGNORECASE,
    ),
    FEWER: re.compile(r"\b(?:under|fewer than|less than|below|at most|up to)\s+$", re.IGNORECASE),
    ABOUT: re.compile(
        r"\b(?:about|around|approximately|roughly|nearly|almost|some|circa)\s+$", re.IGNORECASE
    ),
}
_AFTER: Final = {
    OVER: re.compile(r"\s+or more\b|\s*\+", re.IGNORECASE),
    FEWER: re.compile(r"\s+or (?:fewer|less)\b", re.IGNORECASE),
    ABOUT: re.compile(r"\s+or so\b", re.IGNORECASE),
}


@dataclass(frozen=True)
class DraftNumber:
    """A number in a draft.

    Attributes:
        printed: The number as the draft prints it, with its unit.
        value: The number in ``unit``. A share is a fraction of 1.
        unit: ``number``, ``ordinal``, ``share``, ``points``, ``GBP``, ``other currency``,
            ``years``, ``months``, ``weeks``, ``days`` or ``hours``.
        precision: Place value of its last printed digit, in the unit.
        wording: ``exactly``, ``about``, ``over`` or ``fewer than``.
        sentence: The sentence with the number.
        start: Where the number begins in the sentence.
        end: Where it ends.
        headings: The headings above it, the nearest last.
        before: The sentence or list heading before, in the same part of the draft. Often empty.
    """

    printed: str
    value: float
    unit: str
    precision: float
    wording: str
    sentence: str
    start: int
    end: int
    headings: tuple[str, ...] = ()
    before: str = ""


def find_numbers(passages: Iterable[Passage]) -> Iterator[DraftNumber]:
    """Find every number of a draft that may state a figure.

    Dates, times, references to sections and figures, addresses and names with a number are set
    aside. So is ``one``, unless a unit or a multiplier follows it.

    Args:
        passages: The draft.

    Yields:
        Each number, in the order of the draft.
    """
    headings: list[str] = []
    introduction = ""
    for passage in passages:
        if passage.is_heading:
            headings.append(passage.text)
            introduction = ""
        before = introduction
        for position, sentence in enumerate(_list_sentences(passage)):
            row_end = 0 if position else passage.cell_start
            for number in find_numbers_in_sentence(sentence):
                if number.start >= row_end:
                    yield replace(number, headings=tuple(headings), before=before)
            before = sentence
        if passage.text.endswith(":"):
            introduction = before


def _list_sentences(passage: Passage) -> list[str]:
    """The sentences of a passage. What is too long for one is cut."""
    parts: list[str] = []
    for sentence in [passage.text] if passage.cell_start else split_sentences(passage.text):
        is_long = len(sentence) > _LONGEST_SENTENCE
        parts += wrap(sentence, _LONGEST_SENTENCE) if is_long else [sentence]
    return parts


def find_numbers_in_sentence(sentence: str) -> list[DraftNumber]:
    """Find the numbers of one sentence.

    Args:
        sentence: The sentence.

    Returns:
        Its numbers in order, without headings.

    Example:
        >>> numbers = find_numbers_in_sentence("Over 4% of 1.2m users")
        >>> [(number.value, number.unit, number.wording) for number in numbers]
        [(0.04, 'share', 'over'), (1200000.0, 'number', 'exactly')]
    """
    ignored = list(find_set_aside(sentence))
    numbers: list[DraftNumber] = []
    position = 0
    while match := NUMBER_PATTERN.search(sentence, position):
        overlapping = next(
            (part for part in ignored if part.start < match.end() and match.start() < part.end),
            None,
        )
        if overlapping and overlapping.start <= match.start():
            position = max(overlapping.end, match.start() + 1)
            continue
        position = match.end()
        numbers += _read_match(match)
    return list(_share_units(numbers))


def _read_match(match: re.Match[str]) -> list[DraftNumber]:
    """Read what was matched: a ratio that is none of a whole gives two numbers."""
    if match["ratio"]:
        return _read_ratio(match)
    if match["fraction"]:
        return [_make_number(match, parse_fraction(match[0].strip()), SHARE, _FRACTION_PRECISION)]
    if match["majority"]:
        return [replace(_make_number(match, 0.5, SHARE, 0.5), wording=OVER)]
    if match["ordinal"]:
        digits = re.match(r"\d+", match[0])
        return [
            _make_number(match, float(digits[0]) if digits else parse_ordinal(match[0]), ORDINAL, 1)
        ]
    if _PRONOUN.fullmatch(match[0]):
        return []
    return [_read_number(match)]


def _read_ratio(match: re.Match[str]) -> list[DraftNumber]:
    part, whole = _parse_simple(match["part"]), _parse_simple(match["whole"])
    if 0 < part < whole <= _LARGEST_RATIO:
        precision = 0.5 / whole if match["ratio_word"].startswith("in") else 1e-9
        return [_make_number(match, part / whole, SHARE, precision)]
    return [
        _make_number(match, value, NUMBER, 1, group=group)
        for group, value in (("part", part), ("whole", whole))
        if not _PRONOUN.fullmatch(match[group])
    ]


def _read_number(match: re.Match[str]) -> DraftNumber:
    value = _parse_simple(match["number"])
    letters = (match["multiplier"] or "").strip(" -").lower()
    multiplier = MULTIPLIERS[letters] if letters else 1.0
    unit, scale = _read_unit(match)
    factor = multiplier * scale * (-1 if match["sign"] else 1)
    number = _make_number(match, value * factor, unit, 1)
    place = _digit_place(match["number"], value, number.wording, is_whole=not letters)
    return replace(number, precision=place * abs(factor))


def _read_unit(match: re.Match[str]) -> tuple[str, float]:
    """The unit of a number, and what one of it is in that unit."""
    if match["points"]:
        return POINTS, 0.01
    if match["percent"]:
        return SHARE, 0.01
    if match["period"]:
        return f"{re.split(r'[ -]', match['period'].lower())[-1].rstrip('s')}s", 1.0
    if match["currency"]:
        return (MONEY if match["currency"].strip() == "£" else FOREIGN), 1.0
    return (MONEY if match["pounds"] else NUMBER), 1.0


def _make_number(
    match: re.Match[str], value: float, unit: str, precision: float, group: str | int = 0
) -> DraftNumber:
    sentence = match.string
    printed = match[group].strip()
    start = match.start(group) + len(match[group]) - len(match[group].lstrip())
    end = start + len(printed)
    before = re.sub(r"\b(?:the|an?)\s+$", "", sentence[max(0, start - _LONGEST_WORDING) : start])
    wording = next(
        (
            wording
            for wording in (OVER, FEWER, ABOUT)
            if _BEFORE[wording].search(before) or _AFTER[wording].match(sentence, end)
        ),
        EXACTLY,
    )
    return DraftNumber(printed, value, unit, precision, wording, sentence, start, end)


def _parse_simple(text: str) -> float:
    """Read digits or a cardinal in words."""
    return float(text.replace(",", "")) if text[0].isdigit() else parse_cardinal(text)


def _digit_place(text: str, value: float, wording: str, *, is_whole: bool) -> float:
    """The place value of the last digit that is not only there to fill a place."""
    _, point, decimals = text.partition(".")
    if point:
        return float(10.0 ** -len(decimals))
    if value % 1:  # half a million
        return 0.1
    digits = f"{value:.0f}"
    zeros = len(digits) - len(digits.rstrip("0")) if value else 0
    if wording == EXACTLY and (zeros < _FEWEST_ROUND_ZEROS or not is_whole):
        return 1.0
    return float(10.0**zeros)


def _share_units(numbers: list[DraftNumber]) -> Iterator[DraftNumber]:
    """Give the first number of a range, such as ``10 to 12 million``, what its last one has."""
    for index, number in enumerate(numbers):
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        between = number.sentence[number.end : following.start] if following else ""
        if following and re.fullmatch(r"\s?(?:to|–|-|—)\s?", between) and number.unit == NUMBER:
            yield _take_unit(number, following)
        else:
            yield number


def _take_unit(number: DraftNumber, following: DraftNumber) -> DraftNumber:
    if following.unit == SHARE and following.printed[-1] in "%t":
        factor = 0.01
    elif following.unit == NUMBER and number.value < _LARGEST_RATIO <= following.value:
        factor = next(
            (
                MULTIPLIERS[word]
                for word in following.printed.lower().split()
                if word in MULTIPLIERS
            ),
            1.0,
        )
    else:
        factor = 1.0
    return replace(
        number,
        unit=following.unit,
        value=number.value * factor,
        precision=number.precision * factor,
    )
