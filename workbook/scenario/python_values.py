"""Values as Python programs hold them: NumPy numbers, whole floats, lists and paths."""

from pathlib import PurePath
from typing import Final

import numpy as np

from workbook.scenario.parameter import Parameter
from workbook.scenario.value_text import join_list

_CALENDAR_QUARTERS: Final = "Q-DEC"
"""What pandas calls quarters of calendar years."""


def to_parameter_value(parameter: Parameter, value: object) -> object:
    """Convert a value to the kind of its parameter, where that loses nothing.

    Args:
        parameter: The parameter's declaration.
        value: Any value.

    Returns:
        A Python number or text for one of NumPy's; an ``int`` for a whole ``float`` where a whole
        number is declared; a text with semicolons for a list of names, also one that pandas or
        NumPy hold; a text for a path where the parameter chooses a table; a text such as
        ``2014-Q2`` for a quarter of pandas. Any other value as it is.

    Example:
        >>> from workbook.topics.digital_inclusion import topic
        >>> starts = topic.Scenario.parameters()["programme_starts"]
        >>> to_parameter_value(starts, np.int64(5)), to_parameter_value(starts, 8e5)
        (5, 800000)
    """
    if isinstance(value, np.generic):
        value = value.item()
    elif hasattr(value, "tolist"):  # a Series, an Index or an array
        value = value.tolist()
    if parameter.unit == "quarter" and getattr(value, "freqstr", "") == _CALENDAR_QUARTERS:
        return f"{value.year}-Q{value.quarter}"  # type: ignore[attr-defined]  # a Period
    if parameter.kind == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    if parameter.unit == "list" and isinstance(value, list | tuple) and _are_texts(value):
        return join_list(value)
    if parameter.choice_of and isinstance(value, PurePath):
        return str(value)
    return value


def _are_texts(items: list[object] | tuple[object, ...]) -> bool:
    return all(isinstance(item, str) for item in items)
