"""What the form's fields are, read from the declaration of a scenario's parameters."""

import math
from decimal import Decimal
from typing import Any

from workbook import words
from workbook.scenario import Parameter, Value

WIDE = {"list", "table"}
"""Kinds of field that take a whole row of the form."""

STEPS = 100
"""Steps of a slider from one end to the other, at most."""


def field(declared: Parameter) -> dict[str, Any]:
    """A parameter's field: its label, its hint, and what kind of input it is."""
    low, high, step = _slider(declared)
    return {
        "name": declared.name,
        "label": declared.label,
        "unit": declared.unit,
        "hint": _hint(declared),
        "group": declared.group,
        "kind": _kind(declared),
        "wide": _kind(declared) in WIDE,
        "blank": declared.default == "",
        "choices": list(declared.choices),
        "low": low,
        "high": high,
        "step": step,
    }


def _kind(declared: Parameter) -> str:
    """How it is put in: a number, one of some choices, a list, a table, or text."""
    if declared.kind != "string":
        return "number"
    if declared.choices:
        return "choice"
    if declared.choice_of:
        return "table"
    return "list" if declared.unit == "list" else "text"


def _hint(declared: Parameter) -> str:
    """The meaning, and what is plausible where that is known."""
    if not declared.range:
        return declared.meaning
    low, high = (words.cell(end, declared.unit) for end in declared.range)
    moves = " (it moves with the value)" if declared.follows else ""
    return f"{declared.meaning} Plausible: {low} to {high}{moves}."


def _slider(declared: Parameter) -> tuple[float, float, float]:
    """Ends and step of a slider: the plausible range with room around it, within the bounds."""
    if declared.kind == "string":
        return 0, 0, 0
    if declared.unit == "share":
        return 0, 100, 1
    default = float(declared.default)
    if declared.unit == "year":
        low, high = default - 15, default + 35
    elif declared.range:
        width = declared.range[1] - declared.range[0]
        low, high = declared.range[0] - width, declared.range[1] + width
    else:
        low, high = 0.0, 5 * default
    if not low < high:
        low, high = min(low, default) - 1, max(high, default) + 1
    bottom, top = declared.bounds
    low = max(low, -math.inf if bottom is None else bottom)
    high = min(high, math.inf if top is None else top)
    step = _round_step((high - low) / STEPS) if low < high else 1
    return low, high, max(1, step) if declared.kind == "integer" else step


def _round_step(size: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above ``size``."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(times * power for times in (5, 2, 1) if times * power <= size)


def text_of(value: Value, unit: str) -> str:
    """A value as it is typed: a share as a percentage."""
    if isinstance(value, str):
        return value
    number = Decimal(repr(value)) * (100 if unit == "share" else 1)
    return f"{number.normalize():f}"
