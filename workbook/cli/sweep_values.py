"""Parse the values of a sweep: ``NAME=LOW:HIGH:COUNT``."""

import math
from collections.abc import Collection, Sequence
from typing import Final

import numpy as np

from workbook.scenario import Parameter, ParameterValue
from workbook.scenario.python_values import to_parameter_value
from workbook.scenario.validation import invalid_value_error
from workbook.scenario.value_text import DECIMAL_PATTERN
from workbook.text.quoting import quote_value
from workbook.text.suggestions import unknown_name_message
from workbook.topic import Topic

MAXIMUM_SCENARIOS: Final = 100_000
"""Most scenarios of a sweep."""

_FORM: Final = "write NAME=LOW:HIGH:COUNT, such as programme_starts=0:1000000:11"


def parse_sweep(
    topic: Topic, texts: Sequence[str], fixed: Collection[str]
) -> dict[str, list[ParameterValue]]:
    """Parse the values of ``--over``.

    Args:
        topic: The topic.
        texts: Texts such as ``programme_starts=0:1000000:11``.
        fixed: Names of the parameters that have one value.

    Returns:
        Values by parameter. Those of a whole number are rounded.

    Raises:
        ValueError: A text is incomplete, a parameter is unknown, no number or repeated, a value is
            out of bounds, or there are too many scenarios.
    """
    values: dict[str, list[ParameterValue]] = {}
    for text in texts:
        name, _, steps = text.partition("=")
        parameter = _get_numeric_parameter(topic, name)
        if name in values or name in fixed:
            raise ValueError(f"{name} is given twice: vary it with --over, or --set it")
        values[name] = _parse_steps(parameter, text, steps)
    count = math.prod(map(len, values.values()))
    if count > MAXIMUM_SCENARIOS:
        raise ValueError(
            f"The sweep has {count:,} scenarios: it must have at most {MAXIMUM_SCENARIOS:,}"
        )
    return values


def _get_numeric_parameter(topic: Topic, name: str) -> Parameter:
    parameters = {
        parameter.name: parameter
        for parameter in topic.Scenario.parameters().values()
        if parameter.kind != "string"
    }
    if name not in parameters:
        raise ValueError(unknown_name_message("numeric parameter", name, parameters))
    return parameters[name]


def _parse_steps(parameter: Parameter, text: str, steps: str) -> list[ParameterValue]:
    parts = steps.split(":")
    if len(parts) != len(("low", "high", "count")):
        raise ValueError(f"--over {quote_value(text)} is incomplete: {_FORM}")
    *ends, count_text = parts
    if not (count_text.isdecimal() and 1 < int(count_text) <= MAXIMUM_SCENARIOS):
        raise ValueError(
            f"--over {parameter.name}: the count is {quote_value(count_text)}: it must be a whole"
            f" number from 2 to {MAXIMUM_SCENARIOS:,}"
        )
    low, high = (_parse_end(parameter, end) for end in ends)
    numbers = np.linspace(low, high, int(count_text)).tolist()
    if parameter.kind == "integer":
        return list(dict.fromkeys(map(round, numbers)))
    return list(dict.fromkeys(numbers))


def _parse_end(parameter: Parameter, text: str) -> float:
    """Parse an end of the steps. Raises ValueError if the parameter does not allow it."""
    number = float(text) if DECIMAL_PATTERN.fullmatch(text) else math.nan
    least, most = (
        unbounded if bound is None else bound
        for bound, unbounded in zip(parameter.bounds, (-math.inf, math.inf), strict=True)
    )
    is_whole = isinstance(to_parameter_value(parameter, number), int)
    if not (least <= number <= most and math.isfinite(number)) or (
        parameter.kind == "integer" and not is_whole
    ):
        raise ValueError(invalid_value_error(parameter, text).message)
    return number
