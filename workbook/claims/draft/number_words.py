"""Numbers in English words: cardinals, ordinals, fractions, and what multiplies a number."""

import re
from typing import Final

_SMALL_TEXT = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen
    sixteen seventeen eighteen nineteen
    """
_TENS_TEXT = """
    twenty thirty forty fifty sixty seventy eighty ninety
    """
_ORDINALS_TEXT = """
    second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth
    """
_SMALL: Final = _SMALL_TEXT.split()
_TENS: Final = _TENS_TEXT.split()
_CARDINALS: Final = {
    **{word: number for number, word in enumerate(_SMALL)},
    **{word: 10 * number for number, word in enumerate(_TENS, start=2)},
}
_ORDINALS: Final = {word: number for number, word in enumerate(_ORDINALS_TEXT.split(), start=2)}
_DENOMINATORS: Final = {
    "half": 2,
    "halve": 2,
    "quarter": 4,
    **{word: number for word, number in _ORDINALS.items() if word != "second"},
}
_FRACTION_SIGNS: Final = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅛": 1 / 8,
}  # fmt: skip

MULTIPLIERS: Final = {
    "hundred": 100.0,
    "thousand": 1e3,
    "k": 1e3,
    "million": 1e6,
    "m": 1e6,
    "mn": 1e6,
    "billion": 1e9,
    "bn": 1e9,
    "trillion": 1e12,
    "tn": 1e12,
}
"""What a number is multiplied by, by the word or letters that follow it."""

_TENS_PATTERN = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_SMALL[1:10])}))?"
_UP_TO_99 = rf"(?:{_TENS_PATTERN}|{'|'.join(sorted(_SMALL[1:], key=len, reverse=True))})"
CARDINAL_PATTERN: Final = (
    rf"(?:(?:an?|{_UP_TO_99})[ -]hundred(?: and {_UP_TO_99})?|{_UP_TO_99}"
    r"|half an?(?=[ -](?:million|billion|trillion)\b)"
    r"|an?(?=[ -](?:thousand|million|billion|trillion)\b))"
)
"""A cardinal in words below 1,000, and ``a`` or ``half a`` before a million."""

ORDINAL_PATTERN: Final = rf"(?:{'|'.join(_ORDINALS)})"
"""An ordinal in words from the second. ``First`` seldom states a figure."""

DENOMINATOR_PATTERN: Final = rf"(?:{'|'.join(_DENOMINATORS)})"
NUMERATOR_PATTERN: Final = rf"(?:{'|'.join(_SMALL[2:20])})"
FRACTION_SIGN_PATTERN: Final = rf"[{''.join(_FRACTION_SIGNS)}]"


def parse_cardinal(words: str) -> float:
    """Read a cardinal that matches ``CARDINAL_PATTERN``.

    Args:
        words: The words, in any case.

    Returns:
        Its value.

    Example:
        >>> parse_cardinal("two hundred and fifty-one")
        251.0
    """
    total = 0.0
    for word in re.split(r"[\s-]+", words.lower()):
        if word == "hundred":
            total = 100 * max(total, 1)
        elif word == "half":
            total += 0.5
        elif word in {"a", "an"}:
            total = total or 1.0
        else:
            total += _CARDINALS.get(word, 0)
    return total


def parse_ordinal(word: str) -> float:
    """Read an ordinal that matches ``ORDINAL_PATTERN``."""
    return float(_ORDINALS[word.lower()])


def parse_fraction(words: str) -> float:
    """Read a fraction such as ``a third``, ``three-quarters`` or ``¾``.

    Args:
        words: The words, in any case.

    Returns:
        Its value.

    Example:
        >>> parse_fraction("three-quarters")
        0.75
    """
    if words in _FRACTION_SIGNS:
        return _FRACTION_SIGNS[words]
    *numerator, denominator = re.split(r"[\s-]+", words.lower())
    parts = _DENOMINATORS[denominator if denominator in _DENOMINATORS else denominator[:-1]]
    return (_CARDINALS.get(numerator[0], 1) if numerator else 1) / parts
