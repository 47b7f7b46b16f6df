"""The working of a claim as a reader sees it: the formula with its numbers put in."""

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

from workbook.claims.formula import tokenise_formula
from workbook.text.numbers import MILLION, format_number

_TYPESET_OPERATORS = {"*": "×", "/": "÷", "-": "−"}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PERCENTAGE_UNITS = {"share": "%", "points": " points"}
"""Units that are fractions of 1 and read as percentages, with how they are written."""

_ROUNDING_TOLERANCE = 1e-9


def typeset_working(formula: str, figure_texts: Mapping[str, str], result: str) -> str:
    """``17,232 ÷ 13,668 − 1 = 26.1%`` of ``F56 / F55 - 1``; ``figures`` are texts by name."""
    return f"{''.join(_typeset_tokens(formula, figure_texts))} = {result}"


def format_figure(value: float, unit: str) -> str:
    """A figure with its digits, a fraction with four: ``24%``, ``£175,000,000``, ``13,668``."""
    if unit == "share":
        return f"{value * 100:.4g}%"
    if unit == "GBP":
        return f"£{value:,.2f}".removesuffix(".00")
    if unit == "index":
        return f"{value:.4g}"
    return format_number(float(value))


def format_rounded_result(value: float, unit: str, precision: float) -> str:
    """A result to one digit more than was printed: ``26.1%``, ``£177.6 million``, ``4.64 million``.

    ``precision`` is the place of the last digit printed, in the unit.
    """
    if unit in _PERCENTAGE_UNITS:
        return _use_minus_sign(
            f"{_format_digits(value * 100, precision * 100)}{_PERCENTAGE_UNITS[unit]}"
        )
    currency_sign = "£" if unit == "GBP" else ""
    if abs(value) >= MILLION:
        return _use_minus_sign(
            f"{currency_sign}{_format_digits(value / MILLION, precision / MILLION)} million"
        )
    return _use_minus_sign(f"{currency_sign}{_format_digits(value, precision)}")


def _format_digits(value: float, precision: float) -> str:
    """The digits of a number; one that is exact at the precision itself has no more."""
    decimal_places = max(0, -math.floor(math.log10(precision) + _ROUNDING_TOLERANCE))
    if abs(value - round(value, decimal_places)) <= _ROUNDING_TOLERANCE * max(1, abs(value)):
        return f"{round(value, decimal_places):,.{decimal_places}f}"
    return f"{value:,.{decimal_places + 1}f}"


def _use_minus_sign(text: str) -> str:
    return text.replace("-", "−")


def _typeset_tokens(formula: str, figure_texts: Mapping[str, str]) -> Iterator[str]:
    """The words of a formula with the spaces between them."""
    previous_token = ("sign", "(")
    is_exponent = False
    for (kind, symbol), next_token in pairwise([*tokenise_formula(formula), ("sign", "")]):
        if symbol == "**":
            is_exponent = next_token[0] == "number" and next_token[1].isdigit()
            yield "" if is_exponent else "^"
        elif is_exponent:
            yield symbol.translate(_SUPERSCRIPTS)
            is_exponent = False
        elif kind == "sign" and symbol not in {"(", ")"}:
            is_unary = previous_token[0] == "sign" and previous_token[1] != ")"
            yield (
                _TYPESET_OPERATORS.get(symbol, symbol)
                if is_unary
                else f" {_TYPESET_OPERATORS.get(symbol, symbol)} "
            )
        else:
            yield figure_texts.get(symbol, symbol)
        previous_token = (kind, symbol)
