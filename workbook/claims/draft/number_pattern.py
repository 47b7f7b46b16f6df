"""The pattern of a number in a text: digits or words, with what stands before and after it."""

import re
from typing import Final

from workbook.claims.draft.number_words import (
    CARDINAL_PATTERN,
    DENOMINATOR_PATTERN,
    FRACTION_SIGN_PATTERN,
    NUMERATOR_PATTERN,
    ORDINAL_PATTERN,
)

_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SIMPLE = rf"(?:{_DIGITS}|{CARDINAL_PATTERN})"
_RATIO = (
    rf"\b(?P<part>{_SIMPLE})[ -](?P<ratio_word>in(?: every)?|out of(?: every)?)[ -]"
    rf"(?P<whole>{_SIMPLE})\b(?!\s?%)"
)
_COMPARED = r"(?=\s+(?:of|off|more|less|fewer|lower|higher)\b|\s*[.,;:)–-]|\s*$)"
"""What follows ``a third`` or ``a quarter`` where it is a part of something."""

_FRACTION = (
    rf"\b{NUMERATOR_PATTERN}[ -]{DENOMINATOR_PATTERN}s\b"
    rf"|\b(?:an?|one)[ -]{DENOMINATOR_PATTERN}\b{_COMPARED}"
    rf"|\b(?:one|a)-{DENOMINATOR_PATTERN}\b"
    r"|(?<=than )half\b|(?<=about )half\b|(?<=over )half\b|(?<=by )half\b|\bhalf (?=of|the)"
    rf"|{FRACTION_SIGN_PATTERN}"
)
_MULTIPLIER = r"[ -]?(?:hundred|thousand|million|billion|trillion)\b|\s?(?:mn|bn|tn|k|m)\b"
_UNIT = (
    r"(?P<points>[ -]percentage points?\b|\s?ppt?s?\b|\s?%[ -]points?\b)"
    r"|(?P<percent>\s?%|\s?per ?cent\b)"
    r"|(?P<period>[ -](?:calendar |working )?(?:year|month|week|day|hour)s?\b)"
    r"|(?P<pounds> pounds\b)"
)
NUMBER_PATTERN: Final = re.compile(
    rf"(?P<ratio>{_RATIO})|(?P<fraction>{_FRACTION})"
    r"|(?P<majority>\b(?:the|a)(?: \w+)? majority\b)"
    rf"|(?P<ordinal>\b(?:{ORDINAL_PATTERN}|\d+(?:st|nd|rd|th))\b)"
    r"|(?P<sign>(?<![\w)])[-−](?=[£$€\d]))?(?P<currency>[£$€]\s?)?"
    rf"(?:\b|(?<=[£$€]))(?P<number>{_SIMPLE})(?P<multiplier>{_MULTIPLIER})?(?:{_UNIT})?",
    re.IGNORECASE,
)
"""A ratio, a fraction, a majority, an ordinal, or a number with its unit."""
