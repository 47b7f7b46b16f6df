"""Describe cells that are not numbers, and say what to write instead."""

import re
from decimal import Decimal

from workbook.tables.number_columns import NUMBER_DESCRIPTIONS, NUMBER_PATTERNS
from workbook.text.quoting import LONGEST_QUOTED_TEXT, quote_text

_NOT_REPORTED_SPELLINGS = {
    "-",
    "–",
    "—",
    ".",
    "..",
    "…",
    ":",
    "n/a",
    "na",
    "n.a.",
    "null",
    "none",
    "nil",
}
_LEAVE_BLANK_ADVICE = "leave the cell blank if there is no figure"

_DECORATED_NUMBER = re.compile(
    r"(?P<sign>-?)£?\s*(?P<digits>([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?|\.[0-9]+)\s*(?P<suffix>.*)"
)
"""A number with a pound sign, thousands separators or something after it."""

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


def describe_non_number(text: str, data_type: str) -> str:
    """Say that a cell is not a number, and what to write instead where that is plain.

    Args:
        text: Text of the cell.
        data_type: ``Int64`` or ``float64``.

    Returns:
        The message, such as ``"4.28m" is not a whole number: write 4280000 in full``.
    """
    advice = _suggest_correction(text.strip().lower(), data_type)
    message = f"{quote_text(text)} is not {NUMBER_DESCRIPTIONS[data_type]}"
    return f"{message}: {advice}" if advice else message


def _suggest_correction(text: str, data_type: str) -> str:
    if len(text) > LONGEST_QUOTED_TEXT:
        return ""
    if text in _NOT_REPORTED_SPELLINGS or text.startswith("#"):
        return _LEAVE_BLANK_ADVICE
    match = _DECORATED_NUMBER.fullmatch(text)
    if match is None:
        return ""
    number, suffix = match["sign"] + match["digits"].replace(",", ""), match["suffix"]
    manner = ""
    if suffix in _MULTIPLIERS:
        number, manner = _scale_number(number, Decimal(_MULTIPLIERS[suffix])), " in full"
    elif suffix == "%" and data_type == "float64":  # a share is a fraction of 1
        number = _scale_number(number, Decimal("0.01"))
    elif _FOOTNOTE_MARK.fullmatch(suffix):
        manner = " without the footnote mark"
    elif suffix:
        return ""
    is_accepted = re.fullmatch(NUMBER_PATTERNS[data_type], number)
    return f"write {number}{manner}" if is_accepted else ""


def _scale_number(number: str, factor: Decimal) -> str:
    return f"{(Decimal(number) * factor).normalize():f}"
