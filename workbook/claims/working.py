"""Show the working of a claim: its formula with the numbers put in."""

import math
from collections.abc import Iterator, Mapping
from itertools import pairwise

from workbook.claims.formula import tokenise_formula
from workbook.text.numbers import MILLION, format_number

_TYPESET_OPERATORS = {"*": "×", "/": "÷", "-": "−"}
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
PERCENTAGE_UNITS = {"share": "%", "points": " points"}
"""Units that are fractions of 1 and shown as percentages, each with its suffix."""

_TIME_UNITS = frozenset({"years", "months", "days"})

_ROUNDING_TOLERANCE = 1e-9


def typeset_working(formula: str, figure_texts: Mapping[str, str], result: str) -> str:
    """Typeset a formula with its figures and result.

    Args:
        formula: The formula, such as ``F56 / F55 - 1``.
        figure_texts: The text of each figure by name, such as ``17,232``.
        result: The text of the result.

    Returns:
        The working, such as ``17,232 ÷ 13,668 − 1 = 26.1%``.

    Raises:
        FormulaError: As for ``tokenise_formula``.
    """
    return f"{''.join(_typeset_tokens(formula, figure_texts))} = {result}"


def format_figure(value: float, unit: str) -> str:
    """Format a figure in full, and a fraction with four significant digits.

    Args:
        value: The figure. A share is a fraction of 1.
        unit: Its unit.

    Returns:
        The text, such as ``24%``, ``£175,000,000`` or ``13,668``.
    """
    if unit in PERCENTAGE_UNITS:
        return _use_minus_sign(f"{value * 100:.4g}{PERCENTAGE_UNITS[unit]}")
    if unit == "GBP":
        return f"£{value:,.2f}".removesuffix(".00")
    if unit == "index":
        return f"{value:.4g}"
    return format_number(float(value))


def format_short_figure(value: float, unit: str) -> str:
    """Format a figure for a sentence: in millions to one decimal place, a smaller one in full.

    Args:
        value: The figure. A share is a fraction of 1.
        unit: Its unit.

    Returns:
        The text, such as ``£91 million``, ``5.1 million`` or ``13,668``.
    """
    if abs(value) < MILLION:
        return format_figure(value, unit)
    millions = f"{value / MILLION:,.1f}".removesuffix(".0")
    return _use_minus_sign(f"{_currency_sign(unit)}{millions} million")


def format_rounded_result(value: float, unit: str, precision: float) -> str:
    """Format a result with one digit more than was printed.

    Args:
        value: The result. A share is a fraction of 1.
        unit: Its unit.
        precision: The place of the last digit printed, in the unit.

    Returns:
        The text, such as ``26.1%``, ``£177.6 million``, ``4.64 million`` or ``20 months``.
    """
    if unit in PERCENTAGE_UNITS:
        return _use_minus_sign(
            f"{_format_digits(value * 100, precision * 100)}{PERCENTAGE_UNITS[unit]}"
        )
    currency_sign = _currency_sign(unit)
    if abs(value) >= MILLION:
        return _use_minus_sign(
            f"{currency_sign}{_format_digits(value / MILLION, precision / MILLION)} million"
        )
    digits = _use_minus_sign(f"{currency_sign}{_format_digits(value, precision)}")
    if unit in _TIME_UNITS:
        return f"{digits} {unit.removesuffix('s') if digits == '1' else unit}"
    return digits


def _currency_sign(unit: str) -> str:
    return "£" if unit == "GBP" else ""


def _format_digits(value: float, precision: float) -> str:
    """Give the digits of a number: one more than the precision, unless it is exact there."""
    decimal_places = max(0, -math.floor(math.log10(precision) + _ROUNDING_TOLERANCE))
    if abs(value - round(value, decimal_places)) <= _ROUNDING_TOLERANCE * max(1, abs(value)):
        return f"{round(value, decimal_places):,.{decimal_places}f}"
    return f"{value:,.{decimal_places + 1}f}"


def _use_minus_sign(text: str) -> str:
    return text.replace("-", "−")


def _typeset_tokens(formula: str, figure_texts: Mapping[str, str]) -> Iterator[str]:
    """Give the typeset tokens of a formula, with the spaces between them."""
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
