"""Definitions of a form's fields, built from the declarations of a scenario's parameters."""

import math
from decimal import Decimal
from typing import Any

from workbook.methods.round_steps import largest_round_step
from workbook.scenario import Parameter, ParameterValue, describe_page_limit
from workbook.text.grammar import capitalise_first

_WIDE_KINDS = {"list", "table"}
"""Kinds of field that fill a row of the form."""

_UNIT_WORDS = {"people": "people", "years": "years", "days": "days"}
"""Units that stand in words after a number."""

_SLIDER_STEPS = 100
"""Largest number of steps between the ends of a slider."""

_STEPS_IN_RANGE = 20
"""Least number of steps of a share within its range."""


def form_field(parameter: Parameter, *, on_page: bool = False) -> dict[str, Any]:
    """Define a parameter's field: its label, its hint, and its kind of input.

    Args:
        parameter: The parameter's declaration.
        on_page: Whether the form is on a served page, where the page limit is the largest value.

    Returns:
        The definition, as the page's JavaScript expects it.
    """
    limit = parameter.page_limit if on_page else None
    limit_text = "" if limit is None else input_text(limit, parameter.unit)
    low, high, step = _slider_range(parameter)
    return {
        "name": parameter.name,
        "label": parameter.label,
        "unit": parameter.unit,
        "unit_word": _UNIT_WORDS.get(parameter.unit, ""),
        "hint": _limited_hint(parameter) if limit_text else parameter.meaning,
        "kind": _field_kind(parameter),
        "wide": _field_kind(parameter) in _WIDE_KINDS,
        "blank": parameter.default == "",
        "choices": list(parameter.choices),
        "choice_labels": {choice: parameter.label_choice(choice) for choice in parameter.choices},
        "published_text": input_text(parameter.default, parameter.unit),
        "low": low,
        "high": min(high, float(limit_text)) if limit_text else high,
        "step": step,
        "limit": limit_text,
    }


def _limited_hint(parameter: Parameter) -> str:
    return f"{parameter.meaning} {capitalise_first(describe_page_limit(parameter))}."


def _field_kind(parameter: Parameter) -> str:
    """Kind of input: number, choice, table, list or text."""
    if parameter.kind != "string":
        return "number"
    if parameter.choices:
        return "choice"
    if parameter.choice_of:
        return "table"
    return "list" if parameter.unit == "list" else "text"


def _slider_range(parameter: Parameter) -> tuple[float, float, float]:
    """Ends and step of a slider, one of whose steps is the default."""
    if parameter.kind == "string":
        return 0, 0, 0
    if parameter.unit == "share":
        low, high, step = 0.0, 100.0, _share_step(parameter)
    else:
        low, high = _slider_ends(parameter)
        step = largest_round_step((high - low) / _SLIDER_STEPS) if low < high else 1
        step = max(1, step) if parameter.kind == "integer" else step
    default = Decimal(input_text(parameter.default, parameter.unit))
    exact_step = Decimal(repr(step))
    steps_below = (default - Decimal(repr(low))) // exact_step
    return float(default - steps_below * exact_step), high, step


def _slider_ends(parameter: Parameter) -> tuple[float, float]:
    """Ends of a slider: the range, widened on both sides, within the bounds."""
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
    return float(low), float(high)


def _share_step(parameter: Parameter) -> float:
    """Step of a share in percentage points: 1, or less where its range is narrow."""
    if not parameter.range:
        return 1
    low, high = parameter.range
    return min(1, largest_round_step(100 * (high - low) / _STEPS_IN_RANGE)) if low < high else 1


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
