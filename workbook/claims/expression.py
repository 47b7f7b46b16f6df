"""The language of a claim's formula: numbers, names of figures, + − × ÷, powers and brackets.

A formula is cut into its words first, so that nothing but these reaches Python's parser, and is
worked out by simpleeval, which is given arithmetic and nothing else: no function, no attribute.
"""

import ast
import difflib
import math
import operator
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from simpleeval import InvalidExpression, SimpleEval

from workbook.tables.problems import cut

LANGUAGE = "a formula has numbers, names of figures, + − × ÷ ** and brackets"
LONGEST = 200
"""Characters of a formula: no published figure needs more."""

LARGEST_POWER = 100
TOO_LARGE = "comes to a number too large to be held"
TYPESET = str.maketrans({"−": "-", "×": "*", "÷": "/"})
WORD = re.compile(
    r"(?P<number>[0-9]+(\.[0-9]+)?)(?![\w.])"
    r"|(?P<name>[A-Za-z]\w*(\.[A-Za-z]\w*)*)"
    r"|(?P<sign>\*\*|[-+*/()])"
    r"|(?P<blank>[ \t]+)",
    re.ASCII,
)
KINDS = ("number", "name", "sign")
CALL = re.compile(r"([\w.]*\w|\))\s*\(", re.ASCII)


class FormulaError(ValueError):
    """A formula that cannot be worked out, in a sentence."""


def words(formula: str) -> Iterator[tuple[str, str]]:
    """The words of a formula, each with its kind: ``number``, ``name`` or ``sign``.

    Raises FormulaError for anything that is not of the language.
    """
    text, at = formula.translate(TYPESET), 0
    if len(text) > LONGEST:
        raise FormulaError(f"has {len(text):,} characters: {LONGEST} are enough for a formula")
    if called := CALL.search(text):
        raise FormulaError(f"{cut(called[1])!r} is called: {LANGUAGE}, and calls nothing")
    while at < len(text):
        found = WORD.match(text, at)
        if found is None:
            strange = (text[at:].split() or text[at])[0]
            raise FormulaError(f"{cut(strange)!r} is not understood: {LANGUAGE}")
        at = found.end()
        if not found["blank"]:
            yield next(kind for kind in KINDS if found[kind]), found[0]


def names(formula: str) -> tuple[str, ...]:
    """The figures that a formula names, each once. Raises FormulaError as ``words`` does."""
    return tuple(dict.fromkeys(word for kind, word in words(formula) if kind == "name"))


def verify(formula: str, known: Collection[str] | None = None) -> None:
    """Raise FormulaError for what is no formula whatever its figures are, or names an unknown one.

    Without ``known`` any name will do.
    """
    named = names(formula)
    for name in named:
        if known is not None and name not in known:
            raise FormulaError(f"{name!r} is not a figure that is held{_meant(name, known)}")
    _worked_out(formula, dict.fromkeys(named, 1.0), dict.fromkeys(ARITHMETIC, _one))


def value(formula: str, figures: Mapping[str, float]) -> float:
    """The number that a formula comes to.

    Raises FormulaError as ``verify`` does, and for a division by zero, a power above 100, and what
    comes to no finite number.
    """
    verify(formula, figures)
    found = _worked_out(formula, figures, ARITHMETIC)
    if not math.isfinite(found):
        raise FormulaError(TOO_LARGE)
    return found


def _worked_out(
    formula: str, figures: Mapping[str, float], operators: Mapping[type, Callable[..., float]]
) -> float:
    text = " ".join(word for _, word in words(formula))
    if not text:
        raise FormulaError(f"is blank: {LANGUAGE}")
    try:
        evaluator = _evaluator(figures, operators)
        return float(evaluator.eval(text, ast.parse(text, mode="eval").body))
    except InvalidExpression:
        raise FormulaError(f"does more than reckon: {LANGUAGE}") from None
    except (SyntaxError, MemoryError, RecursionError):
        raise FormulaError(
            "cannot be read: is a sign missing or one too many, a bracket left open?"
        ) from None
    except OverflowError:
        raise FormulaError(TOO_LARGE) from None


def _evaluator(
    figures: Mapping[str, float], operators: Mapping[type, Callable[..., float]]
) -> SimpleEval:
    """The library's evaluator, left with arithmetic on numbers and on figures."""
    evaluator = SimpleEval(operators=dict(operators), functions={}, names={})
    kept = {kind: evaluator.nodes[kind] for kind in (ast.BinOp, ast.UnaryOp)}
    figure = lambda node: figures[ast.unparse(node)]  # noqa: E731
    evaluator.nodes = {**kept, ast.Constant: _number, ast.Name: figure, ast.Attribute: figure}
    return evaluator


def _number(node: Any) -> float:  # noqa: ANN401  a constant of the tree, of any kind
    if type(node.value) not in {int, float}:
        raise FormulaError(f"{node.value!r} is not a number: {LANGUAGE}")
    return float(node.value)


def _one(*_: float) -> float:
    return 1.0


def _divide(above: float, below: float) -> float:
    if not below:
        raise FormulaError(f"divides {above:,.10g} by zero")
    return above / below


def _power(base: float, exponent: float) -> float:
    if abs(exponent) > LARGEST_POWER:
        raise FormulaError(
            f"raises {base:,.10g} to the power {exponent:,.10g}: {LARGEST_POWER} is the largest"
        )
    try:
        return math.pow(base, exponent)
    except ValueError:
        raise FormulaError(f"{base:,.10g} to the power {exponent:,.10g} is no number") from None


def _meant(name: str, figures: Collection[str]) -> str:
    near = difflib.get_close_matches(name, figures, n=1, cutoff=0.7)
    return f": did you mean {near[0]}?" if near else ""


ARITHMETIC: dict[type, Callable[..., float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: _divide,
    ast.Pow: _power,
    ast.USub: operator.neg,
    ast.UAdd: operator.pos,
}
