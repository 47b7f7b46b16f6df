"""Evaluate the formula of a claim: numbers, names of figures, + − × ÷, powers and brackets.

A formula is split into tokens first, so that nothing else reaches Python's parser. Then simpleeval
evaluates it with arithmetic operators only: no functions and no attributes.
"""

import ast
import math
import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from simpleeval import InvalidExpression, SimpleEval

from workbook.text.quoting import quote_value
from workbook.text.suggestions import unknown_name_message

FORMULA_SYNTAX = "a formula has only numbers, names of figures, + − × ÷ ** and brackets"
_LONGEST_FORMULA = 200
"""Characters in a formula. No published figure needs more."""

_LARGEST_POWER = 100
_TOO_LARGE = "gives a number that is too large"
_TYPESET_SIGNS = str.maketrans({"−": "-", "×": "*", "÷": "/"})
_TOKEN = re.compile(
    r"(?P<number>[0-9]+(\.[0-9]+)?)(?![\w.])"
    r"|(?P<name>[A-Za-z]\w*(\.[A-Za-z]\w*)*)"
    r"|(?P<sign>\*\*|[-+*/()])"
    r"|(?P<blank>[ \t]+)",
    re.ASCII,
)
_TOKEN_KINDS = ("number", "name", "sign")
_FUNCTION_CALL = re.compile(r"([\w.]*\w|\))\s*\(", re.ASCII)


class FormulaError(ValueError):
    """A formula cannot be evaluated. The message says why in one sentence."""


def tokenise_formula(formula: str) -> Iterator[tuple[str, str]]:
    """Split a formula into tokens.

    Args:
        formula: The formula, with typeset or ASCII signs.

    Yields:
        Each token as its kind (``number``, ``name`` or ``sign``) and its text.

    Raises:
        FormulaError: The formula is too long, calls a function or has an unknown character.
    """
    text, position = formula.translate(_TYPESET_SIGNS), 0
    if len(text) > _LONGEST_FORMULA:
        raise FormulaError(f"has {len(text):,} characters: the limit is {_LONGEST_FORMULA}")
    if function_call := _FUNCTION_CALL.search(text):
        raise FormulaError(
            f"contains {quote_value(function_call[0])}, a function call: {FORMULA_SYNTAX}"
        )
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            unknown_token = (text[position:].split() or text[position])[0]
            raise FormulaError(f"contains {quote_value(unknown_token)}: {FORMULA_SYNTAX}")
        position = match.end()
        if not match["blank"]:
            yield next(kind for kind in _TOKEN_KINDS if match[kind]), match[0]


def figure_names(formula: str) -> tuple[str, ...]:
    """List the figures that a formula names.

    Args:
        formula: The formula.

    Returns:
        Each name once, in the order of the formula.

    Raises:
        FormulaError: As for ``tokenise_formula``.
    """
    return tuple(
        dict.fromkeys(token for kind, token in tokenise_formula(formula) if kind == "name")
    )


def validate_formula(formula: str, known_names: Collection[str] | None = None) -> None:
    """Check that a formula can be evaluated, whatever the values of its figures.

    Args:
        formula: The formula.
        known_names: The names that it can use. Without them, any name is accepted.

    Raises:
        FormulaError: The formula is invalid, or names an unknown figure.
    """
    used_names = figure_names(formula)
    for name in used_names:
        if known_names is not None and name not in known_names:
            raise FormulaError(unknown_name_message("figure", name, known_names))
    _evaluate_with_operators(
        formula, dict.fromkeys(used_names, 1.0), dict.fromkeys(_ARITHMETIC_OPERATORS, _always_one)
    )


def evaluate_formula(formula: str, figures: Mapping[str, float]) -> float:
    """Evaluate a formula.

    Args:
        formula: The formula.
        figures: The values of the figures by name.

    Returns:
        The result, a finite number.

    Raises:
        FormulaError: The formula is invalid or names an unknown figure. It divides by zero, has a
            power above 100, or its result is not a finite number.
    """
    validate_formula(formula, figures)
    result = _evaluate_with_operators(formula, figures, _ARITHMETIC_OPERATORS)
    if not math.isfinite(result):
        raise FormulaError(_TOO_LARGE)
    return result


def _evaluate_with_operators(
    formula: str, figures: Mapping[str, float], operators: Mapping[type, Callable[..., float]]
) -> float:
    text = " ".join(token for _, token in tokenise_formula(formula))
    if not text:
        raise FormulaError(f"is blank: {FORMULA_SYNTAX}")
    try:
        evaluator = _build_evaluator(figures, operators)
        return float(evaluator.eval(text, ast.parse(text, mode="eval").body))
    except InvalidExpression:
        raise FormulaError(f"is not arithmetic: {FORMULA_SYNTAX}") from None
    except (SyntaxError, MemoryError, RecursionError):
        raise FormulaError("is not a valid formula: check its signs and brackets") from None
    except OverflowError:
        raise FormulaError(_TOO_LARGE) from None


def _build_evaluator(
    figures: Mapping[str, float], operators: Mapping[type, Callable[..., float]]
) -> SimpleEval:
    """Make an evaluator that knows only arithmetic on numbers and figures."""
    evaluator = SimpleEval(operators=dict(operators), functions={}, names={})
    allowed_nodes = {
        node_type: evaluator.nodes[node_type] for node_type in (ast.BinOp, ast.UnaryOp)
    }
    look_up_figure = lambda node: figures[ast.unparse(node)]  # noqa: E731
    evaluator.nodes = {
        **allowed_nodes,
        ast.Constant: _evaluate_constant,
        ast.Name: look_up_figure,
        ast.Attribute: look_up_figure,
    }
    return evaluator


def _evaluate_constant(node: Any) -> float:  # noqa: ANN401  a constant of the tree, of any kind
    if type(node.value) not in {int, float}:
        raise FormulaError(f"{quote_value(node.value)} is not a number: {FORMULA_SYNTAX}")
    return float(node.value)


def _always_one(*_: float) -> float:
    return 1.0


def _divide_checked(numerator: float, denominator: float) -> float:
    if not denominator:
        raise FormulaError(f"divides {numerator:,.10g} by zero")
    return numerator / denominator


def _raise_to_power(base: float, exponent: float) -> float:
    if abs(exponent) > _LARGEST_POWER:
        raise FormulaError(
            f"raises {base:,.10g} to the power {exponent:,.10g}: the limit is {_LARGEST_POWER}"
        )
    try:
        return math.pow(base, exponent)
    except ValueError:
        raise FormulaError(f"{base:,.10g} to the power {exponent:,.10g} is not a number") from None


_ARITHMETIC_OPERATORS: dict[type, Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: _divide_checked,
    ast.Pow: _raise_to_power,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
