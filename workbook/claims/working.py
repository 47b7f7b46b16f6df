"""The working of a claim as a reader sees it: the formula with its numbers put in."""

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

from workbook.claims.expression import words
from workbook.words import MILLION, number

SIGNS = {"*": "×", "/": "÷", "-": "−"}
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
PERCENT = {"share": "%", "points": " points"}
"""Units that are fractions of 1 and read as percentages, with how they are written."""

EXACT = 1e-9


def working(formula: str, figures: Mapping[str, str], result: str) -> str:
    """``17,232 ÷ 13,668 − 1 = 26.1%`` of ``F56 / F55 - 1``; ``figures`` are texts by name."""
    return f"{''.join(_typeset(formula, figures))} = {result}"


def figure(value: float, unit: str) -> str:
    """A figure with its digits, a fraction with four: ``24%``, ``£175,000,000``, ``13,668``."""
    if unit == "share":
        return f"{value * 100:.4g}%"
    if unit == "GBP":
        return f"£{value:,.2f}".removesuffix(".00")
    if unit == "index":
        return f"{value:.4g}"
    return number(float(value))


def rounded(value: float, unit: str, precision: float) -> str:
    """A result to one digit more than was printed: ``26.1%``, ``£177.6 million``, ``4.64 million``.

    ``precision`` is the place of the last digit printed, in the unit.
    """
    if unit in PERCENT:
        return _signed(f"{_digits(value * 100, precision * 100)}{PERCENT[unit]}")
    pound = "£" if unit == "GBP" else ""
    if abs(value) >= MILLION:
        return _signed(f"{pound}{_digits(value / MILLION, precision / MILLION)} million")
    return _signed(f"{pound}{_digits(value, precision)}")


def _digits(value: float, precision: float) -> str:
    """The digits of a number; one that is exact at the precision itself has no more."""
    places = max(0, -math.floor(math.log10(precision) + EXACT))
    if abs(value - round(value, places)) <= EXACT * max(1, abs(value)):
        return f"{round(value, places):,.{places}f}"
    return f"{value:,.{places + 1}f}"


def _signed(text: str) -> str:
    return text.replace("-", "−")


def _typeset(formula: str, figures: Mapping[str, str]) -> Iterator[str]:
    """The words of a formula with the spaces between them."""
    before = ("sign", "(")
    raised = False
    for (kind, word), after in pairwise([*words(formula), ("sign", "")]):
        if word == "**":
            raised = after[0] == "number" and after[1].isdigit()
            yield "" if raised else "^"
        elif raised:
            yield word.translate(RAISED)
            raised = False
        elif kind == "sign" and word not in {"(", ")"}:
            alone = before[0] == "sign" and before[1] != ")"
            yield SIGNS.get(word, word) if alone else f" {SIGNS.get(word, word)} "
        else:
            yield figures.get(word, word)
        before = (kind, word)
