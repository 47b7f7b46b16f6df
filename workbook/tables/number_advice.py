"""Read cells that are not numbers as written, or say what to write instead."""

import re
from dataclasses import dataclass
from decimal import Decimal

from workbook.tables.number_columns import NUMBER_DESCRIPTIONS, NUMBER_PATTERNS
from workbook.text.quoting import LONGEST_QUOTED_TEXT, quote_text

_NOT_REPORTED_SPELLINGS = {
    "..",
    "…",
    ":",
    "n/a",
    "na",
    "n.a.",
    "nan",
    "null",
    "*",
    "**",
    "***",
    "c",
    "x",
    "z",
}
"""Texts for a figure that is not known, withheld or not applicable."""

_BLANK_OR_ZERO_SPELLINGS = {"-", "–", "—", ".", "none", "nil"}
"""Texts for a figure that is not known or is 0."""

_LEAVE_BLANK_ADVICE = "leave the cell blank if there is no figure"

_DECORATED_NUMBER = re.compile(
    r"(?P<sign>-?)£?\s*(?P<digits>([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?|\.[0-9]+)\s*(?P<suffix>.*)"
)
"""A number with a pound sign, thousands separators or something after it."""

_SPACED_NUMBER = re.compile(r"-?£?[0-9]{1,3}( [0-9]{3})+(\.[0-9]+)?")
_DECIMAL_COMMA = re.compile(r"-?£?[0-9]+,[0-9]{1,2}")
_SMALL_NUMBER = re.compile(r"(<|&lt;|less than) *[0-9]+")
_SMALL_NUMBER_ADVICE = "leave the cell blank if a small number is withheld"
_COUNT_ADVICE = "give the count, not the percentage"

_MULTIPLIERS = {
    "k": 1_000,
    "thousand": 1_000,
    "m": 1_000_000,
    "mn": 1_000_000,
    "million": 1_000_000,
    "bn": 1_000_000_000,
    "billion": 1_000_000_000,
}
_FOOTNOTE_MARK = re.compile(r"[*†‡]+|\[[^\]]*\]|\([^)]*\)|[ac-oq-z]")
"""Marks after a number. A ``b`` may be billions and a ``p`` pence, so neither is one."""


@dataclass(frozen=True)
class NumberReading:
    """What a cell that is not a number says.

    Args:
        number: The number; blank for a figure that is not known, None where it is not plain.
        advice: What to write instead.
        is_certain: Whether the cell has no other meaning.
    """

    number: str | None
    advice: str
    is_certain: bool = False


def describe_non_number(text: str, data_type: str) -> str:
    """Say that a cell is not a number, and what to write instead where that is plain.

    Args:
        text: Text of the cell.
        data_type: ``Int64`` or ``float64``.

    Returns:
        The message, such as ``"4.28m" is not a whole number: write 4280000 in full``.
    """
    reading = read_number(text, data_type)
    message = f"{quote_text(text)} is not {NUMBER_DESCRIPTIONS[data_type]}"
    return f"{message}: {reading.advice}" if reading else message


def read_number(text: str, data_type: str, *, is_share: bool = False) -> NumberReading | None:
    """Read a cell that is not a number as it is written.

    Args:
        text: Text of the cell.
        data_type: ``Int64`` or ``float64``.
        is_share: Whether the column holds fractions of 1.

    Returns:
        The reading, None where nothing can be said.
    """
    text = text.strip().lower()
    if len(text) > LONGEST_QUOTED_TEXT:
        return None
    if text in _NOT_REPORTED_SPELLINGS:
        return NumberReading("", _LEAVE_BLANK_ADVICE)
    if text in _BLANK_OR_ZERO_SPELLINGS or text.startswith("#"):
        return NumberReading(None, _LEAVE_BLANK_ADVICE)
    if _SMALL_NUMBER.fullmatch(text):
        return NumberReading("", _SMALL_NUMBER_ADVICE)
    reading = _read_decorated_number(text, data_type, is_share=is_share)
    if reading is None or reading.number is None:
        return reading
    is_accepted = re.fullmatch(NUMBER_PATTERNS[data_type], reading.number)
    return reading if is_accepted else None


def _read_decorated_number(text: str, data_type: str, *, is_share: bool) -> NumberReading | None:
    """Read a number with signs beside it. It may be one that the column does not accept."""
    if _SPACED_NUMBER.fullmatch(text):
        number = text.replace(" ", "").replace("£", "")
        return NumberReading(number, f"write {number}", is_certain=True)
    if _DECIMAL_COMMA.fullmatch(text):
        number = text.replace(",", ".").replace("£", "")
        return NumberReading(number, f"write {number}")
    match = _DECORATED_NUMBER.fullmatch(text)
    if match is None:
        return None
    number, suffix = match["sign"] + match["digits"].replace(",", ""), match["suffix"]
    if not suffix:
        is_certain = _has_one_meaning(text, data_type)
        return NumberReading(number, f"write {number}", is_certain=is_certain)
    return _read_suffixed_number(number, suffix, data_type, is_share=is_share)


def _read_suffixed_number(
    number: str, suffix: str, data_type: str, *, is_share: bool
) -> NumberReading | None:
    """Read a number followed by a multiplier, a percentage sign or the mark of a note."""
    reading = None
    if suffix in _MULTIPLIERS:
        number = _scale_number(number, Decimal(_MULTIPLIERS[suffix]))
        reading = NumberReading(number, f"write {number} in full")
    elif suffix == "%" and data_type == "float64":  # a share is a fraction of 1
        number = _scale_number(number, Decimal("0.01"))
        reading = NumberReading(number, f"write {number}", is_certain=is_share)
    elif suffix == "%":
        reading = NumberReading(None, _COUNT_ADVICE)
    elif _FOOTNOTE_MARK.fullmatch(suffix):
        reading = NumberReading(number, f"write {number} without the footnote mark")
    return reading


def _has_one_meaning(text: str, data_type: str) -> bool:
    """Whether a number has no comma that may stand for a decimal point."""
    return "£" in text or data_type == "Int64" or text.count(",") != 1 or "." in text


def _scale_number(number: str, factor: Decimal) -> str:
    return f"{(Decimal(number) * factor).normalize():f}"
