"""Parse the values of a sweep: even steps, a list of values, or all that a parameter can have."""

import math
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import numpy as np

from workbook.periods import last_day_of_quarter
from workbook.scenario import Parameter, ParameterValue, Scenario
from workbook.scenario.python_values import to_parameter_value
from workbook.scenario.validation import invalid_value_error
from workbook.scenario.value_text import DECIMAL_PATTERN, split_list
from workbook.text.quoting import quote_value
from workbook.text.suggestions import unknown_name_message
from workbook.topic import Topic

MAXIMUM_SCENARIOS: Final = 10_000_000
"""Most scenarios of a sweep."""

ALL_VALUES: Final = "all"
"""Text that stands for every value that a parameter can have."""

_NUMBER_FORM: Final = (
    "write NAME=LOW:HIGH:COUNT, such as programme_starts=0:1000000:11, or values separated by"
    " semicolons"
)
_TEXT_FORM: Final = f"write values separated by semicolons, or {ALL_VALUES}"


def parse_sweep(
    topic: Topic, texts: Sequence[str], fixed: Collection[str], base: Scenario
) -> dict[str, list[ParameterValue]]:
    """Parse the values of ``--over``.

    Args:
        topic: The topic.
        texts: Texts such as ``programme_starts=0:1000000:11``, ``dropout=0.1;0.3`` or
            ``service=all``.
        fixed: Names of the parameters that have one value.
        base: Scenario that the other values come from. Its tables say which names there are.

    Returns:
        Values by parameter. Those of a whole number are rounded.

    Raises:
        ValueError: A text is incomplete, a parameter is unknown or repeated, a value is invalid,
            or there are too many scenarios.
    """
    parameters = topic.Scenario.parameters()
    values: dict[str, list[ParameterValue]] = {}
    for text in texts:
        name, _, listed = text.partition("=")
        if name not in parameters:
            raise ValueError(unknown_name_message("parameter", name, parameters))
        if name in values or name in fixed:
            raise ValueError(f"{name} is given twice: vary it with --over, or --set it")
        values[name] = _parse_values(topic, parameters[name], listed, base)
    count = math.prod(map(len, values.values()))
    if count > MAXIMUM_SCENARIOS:
        raise ValueError(
            f"The sweep has {count:,} scenarios: it must have at most {MAXIMUM_SCENARIOS:,}"
        )
    return values


def _parse_values(
    topic: Topic, parameter: Parameter, text: str, base: Scenario
) -> list[ParameterValue]:
    """Parse the values of one parameter, without repetitions."""
    if parameter.kind == "string":
        return [*dict.fromkeys(_parse_texts(topic, parameter, text, base))]
    if ":" in text:
        return [*dict.fromkeys(_parse_steps(parameter, text))]
    numbers = [
        _parse_number(parameter, item) for item in _split_values(parameter, text, _NUMBER_FORM)
    ]
    return [*dict.fromkeys(_as_kind(parameter, numbers))]


def _parse_texts(
    topic: Topic, parameter: Parameter, text: str, base: Scenario
) -> Iterable[ParameterValue]:
    if text == ALL_VALUES:
        return _list_all(topic, parameter, base)
    items = _split_values(parameter, text, _TEXT_FORM)
    for item in items:
        if parameter.choices and item not in parameter.choices:
            raise ValueError(invalid_value_error(parameter, item).message)
        if parameter.unit == "quarter":
            last_day_of_quarter(item)
    return items


def _list_all(topic: Topic, parameter: Parameter, base: Scenario) -> Sequence[str]:
    """List every value: the choices, or the names in the tables."""
    values = parameter.choices or topic.run(base).parameter_options.get(parameter.name, ())
    if values:
        return values
    raise ValueError(
        f"--over {parameter.name}={ALL_VALUES}: {parameter.name} has no list of values to choose"
        " from. Write values separated by semicolons"
    )


def _split_values(parameter: Parameter, text: str, form: str) -> tuple[str, ...]:
    """Split a list of at least two values."""
    items = split_list(text)
    if len(items) > 1:
        return items
    argument = f"{parameter.name}={text}" if text else parameter.name
    raise ValueError(f"--over {quote_value(argument)} is incomplete: {form}")


def _parse_steps(parameter: Parameter, text: str) -> list[ParameterValue]:
    """Parse even steps: ``LOW:HIGH:COUNT``."""
    parts = text.split(":")
    if len(parts) != len(("low", "high", "count")):
        argument = quote_value(f"{parameter.name}={text}")
        raise ValueError(f"--over {argument} is incomplete: {_NUMBER_FORM}")
    *ends, count_text = parts
    if not (count_text.isdecimal() and 1 < int(count_text) <= MAXIMUM_SCENARIOS):
        raise ValueError(
            f"--over {parameter.name}: the count is {quote_value(count_text)}: it must be a whole"
            f" number from 2 to {MAXIMUM_SCENARIOS:,}"
        )
    low, high = (_parse_number(parameter, end) for end in ends)
    numbers: list[float] = np.linspace(low, high, int(count_text)).tolist()
    return _as_kind(parameter, numbers)


def _as_kind(parameter: Parameter, numbers: Sequence[float]) -> list[ParameterValue]:
    """Round the values of a whole number."""
    return [*map(round, numbers)] if parameter.kind == "integer" else [*numbers]


def _parse_number(parameter: Parameter, text: str) -> float:
    """Parse a value. Raises ValueError if the parameter does not allow it."""
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
