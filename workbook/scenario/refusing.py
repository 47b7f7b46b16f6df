"""Why a value was refused, in a sentence: what it is, and what would be right."""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from workbook import words
from workbook.scenario.declaring import Parameter
from workbook.scenario.texts import MOST_DIGITS

LONG_NUMBER = 10_000
"""From here on a number is quoted with its thousands separated; below it may be a year."""

LONGEST_QUOTE = 60
"""Characters of a refused value that are quoted back, at most."""

WANTED_QUARTER = "a year from 1900 to 2199 and a quarter, such as 2014-Q2"


@dataclass(frozen=True)
class Problem:
    """Why one value was refused: the parameter's name, the value and a sentence."""

    name: str
    value: object
    message: str


class ScenarioError(ValueError):
    """A scenario that was refused; ``problems`` has one entry for each parameter at fault."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(problem.message for problem in self.problems))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


def refused(declared: Parameter, value: object) -> Problem:
    """The problem of a value that its parameter does not allow."""
    name = declared.name
    return Problem(name, value, f"{name} is {said(value)}: it must be {wanted(declared)}.")


def unknown(name: str, value: object, declared: Mapping[str, Parameter]) -> Problem:
    """The problem of a name that no parameter has."""
    near = difflib.get_close_matches(name, declared, n=1)
    hint = f"did you mean {near[0]}?" if near else f"the parameters are {', '.join(declared)}."
    return Problem(name, value, f"{name} is not a parameter: {hint}")


def wanted(declared: Parameter) -> str:
    """What a parameter's value must be, in words: its kind, its choices, its bounds."""
    if declared.choices:
        return f"one of {', '.join(declared.choices)}"
    if declared.unit == "quarter":
        return WANTED_QUARTER if declared.default else f"blank, or {WANTED_QUARTER}"
    if declared.kind == "string":
        return "text"
    kind = "a whole number" if declared.kind == "integer" else "a number"
    if declared.unit == "share":
        kind = "a fraction of 1 (21% is 0.21)"
    return kind + _between(declared)


def said(value: object) -> str:
    """A refused value as it is quoted back; a decimal number is seen to be one (3.0)."""
    if isinstance(value, str) and not value:
        return "blank"
    if isinstance(value, int) and abs(value) >= 10**MOST_DIGITS:
        return f"a number of more than {MOST_DIGITS} digits"
    separated = isinstance(value, float) or (isinstance(value, int) and abs(value) >= LONG_NUMBER)
    text = f"{value:,}" if separated else repr(value)
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"


def _between(declared: Parameter) -> str:
    write = words.year if declared.unit == "year" else words.number
    low, high = ("" if end is None else write(end) for end in declared.bounds)
    if low and high:
        return f" from {low} to {high}"
    return f" of at least {low}" if low else f" of at most {high}" if high else ""
