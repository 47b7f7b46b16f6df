"""Definitions of a form's fields, built from the declarations of a scenario's parameters."""

import math
from decimal import Decimal
from typing import Any

from workbook.scenario import Parameter, ParameterValue
from workbook.text.numbers import format_cell

_WIDE_KINDS = {"list", "table"}
"""Kinds of field that fill a row of the form."""

_SLIDER_STEPS = 100
"""Largest number of steps between the ends of a slider."""


def form_field(parameter: Parameter) -> dict[str, Any]:
    """Define a parameter's field: its label, its hint, and its kind of input.

    Args:
        parameter: The parameter's declaration.

    Returns:
        The definition, as the page's JavaScript expects it.
    """
    low, high, step = _slider_range(parameter)
    return {
        "name": parameter.name,
        "label": parameter.label,
        "unit": parameter.unit,
        "hint": _hint_text(parameter),
        "group": parameter.group,
        "kind": _field_kind(parameter),
        "wide": _field_kind(parameter) in _WIDE_KINDS,
        "blank": parameter.default == "",
        "choices": list(parameter.choices),
        "low": low,
        "high": high,
        "step": step,
    }


def _field_kind(parameter: Parameter) -> str:
    """Kind of input: number, choice, table, list or text."""
    if parameter.kind != "string":
        return "number"
    if parameter.choices:
        return "choice"
    if parameter.choice_of:
        return "table"
    return "list" if parameter.unit == "list" else "text"


def _hint_text(parameter: Parameter) -> str:
    """The parameter's meaning, and its range if it has one."""
    if not parameter.range:
        return parameter.meaning
    low, high = (format_cell(bound, parameter.unit) for bound in parameter.range)
    follow_note = " The range moves with the value." if parameter.follows else ""
    return f"{parameter.meaning} Range used in simulations: {low} to {high}.{follow_note}"


def _slider_range(parameter: Parameter) -> tuple[float, float, float]:
    """Ends and step of a slider: the range, widened on both sides, within the bounds."""
    if parameter.kind == "string":
        return 0, 0, 0
    if parameter.unit == "share":
        return 0, 100, 1
    default = float(parameter.default)
    if parameter.unit == "year":
        low, high = default - 15, default + 35
    elif parameter.range:
        width = parameter.range[1] - parameter.range[0]
        low, high = parameter.range[0] - width, parameter.range[1] + width
    else:
        low, high = 0.0, 5 * default
    if not low < high:
        low, high = min(low, default) - 1, max(high, default) + 1
    lower_bound, upper_bound = parameter.bounds
    low = max(low, -math.inf if lower_bound is None else lower_bound)
    high = min(high, math.inf if upper_bound is None else upper_bound)
    step = _round_step((high - low) / _SLIDER_STEPS) if low < high else 1
    return low, high, max(1, step) if parameter.kind == "integer" else step


def _round_step(size: float) -> float:
    """Largest number up to ``size`` that is 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(size))
    return next(multiple * power for multiple in (5, 2, 1) if multiple * power <= size)


def input_text(value: ParameterValue, unit: str) -> str:
    """Text of a value as a visitor types it; a share as a percentage.

    Args:
        value: The value.
        unit: The parameter's unit.

    Returns:
        The text.
    """
    if isinstance(value, str):
        return value
    number = Decimal(repr(value)) * (100 if unit == "share" else 1)
    return f"{number.normalize():f}"
