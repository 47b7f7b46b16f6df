"""Errors of a scenario: why a value is invalid, and what is allowed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Self

from workbook.scenario.parameter import Parameter
from workbook.scenario.value_text import ParameterValue
from workbook.text.numbers import format_cell, format_number, format_year
from workbook.text.quoting import quote_value
from workbook.text.suggestions import describe_choices, unknown_name_message

_QUARTER_FORMAT = "a year from 1900 to 2199 and a quarter, such as 2014-Q2"
_WITHOUT_LIMIT = "Larger values work in JupyterLab, the workbook command and snapshots."


@dataclass(frozen=True)
class ParameterError:
    """Error in the value of one parameter.

    Attributes:
        name: Name of the parameter.
        value: The invalid value.
        message: What is wrong and what is allowed, in a sentence.
        explanation: The message without the parameter's name and value; empty if it has neither.
    """

    name: str
    value: object
    message: str
    explanation: str = ""


class ScenarioError(ValueError):
    """A scenario is invalid.

    Args:
        parameter_errors: An error for each invalid parameter, kept as ``problems``.
    """

    def __init__(self, parameter_errors: Iterable[ParameterError]) -> None:
        self.problems = tuple(parameter_errors)
        super().__init__(" ".join(parameter_error.message for parameter_error in self.problems))

    def __reduce__(self) -> tuple[type[Self], tuple[tuple[ParameterError, ...]]]:
        return type(self), (self.problems,)


def value_error(name: str, value: object, explanation: str) -> ParameterError:
    """Make the error for a parameter's value.

    Args:
        name: Name of the parameter.
        value: The invalid value.
        explanation: What is wrong with it and what is allowed.

    Returns:
        The error, whose message is ``NAME is VALUE: EXPLANATION``.
    """
    return ParameterError(
        name, value, f"{name} is {quote_value(value)}: {explanation}", explanation
    )


def invalid_value_error(parameter: Parameter, value: object) -> ParameterError:
    """Make the error for a value that its parameter does not allow."""
    return value_error(parameter.name, value, f"it must be {describe_allowed_values(parameter)}.")


def page_limit_errors(
    values: Mapping[str, ParameterValue], parameters: Mapping[str, Parameter]
) -> Iterator[ParameterError]:
    """Find values that are too large for a served page.

    Args:
        values: The values of a scenario by parameter.
        parameters: The scenario's parameters by name.

    Yields:
        An error for each such value.
    """
    for name, value in values.items():
        limit = parameters[name].page_limit
        if limit is not None and float(value) > limit:
            explanation = f"it must be {describe_page_limit(parameters[name])}. {_WITHOUT_LIMIT}"
            yield value_error(name, value, explanation)


def with_page_limit(error: ParameterError, parameters: Mapping[str, Parameter]) -> ParameterError:
    """Name in an error the largest value that a served page allows, where one is given.

    Args:
        error: An error of a scenario.
        parameters: The scenario's parameters by name.

    Returns:
        The error for a value out of bounds with the page's limit as the upper bound; any other
        error as it is.
    """
    parameter = parameters.get(error.name)
    if parameter is None or parameter.page_limit is None:
        return error
    if error != invalid_value_error(parameter, error.value):
        return error
    bounds = (parameter.bounds[0], parameter.page_limit)
    return invalid_value_error(replace(parameter, bounds=bounds), error.value)


def unknown_parameter_error(
    name: str, value: object, parameters: Mapping[str, Parameter]
) -> ParameterError:
    """Make the error for an unknown parameter."""
    return ParameterError(name, value, unknown_name_message("parameter", name, parameters))


def describe_page_limit(parameter: Parameter) -> str:
    """Describe the largest value that a served page allows."""
    return f"at most {format_cell(parameter.page_limit, parameter.unit)} on a page"


def describe_allowed_values(parameter: Parameter) -> str:
    """Describe the values that a parameter allows: kind, choices and bounds."""
    if parameter.choices:
        return describe_choices(parameter.choices)
    if parameter.unit == "quarter":
        return _QUARTER_FORMAT if parameter.default else f"blank, or {_QUARTER_FORMAT}"
    if parameter.kind == "string":
        return "text"
    kind = "a whole number" if parameter.kind == "integer" else "a number"
    if parameter.unit == "share":
        kind = "a fraction of 1 (21% is 0.21)"
    return kind + _describe_bounds(parameter)


def _describe_bounds(parameter: Parameter) -> str:
    format_bound = format_year if parameter.unit == "year" else format_number
    low, high = ("" if end is None else format_bound(end) for end in parameter.bounds)
    if low and high:
        return f" from {low} to {high}"
    return f" of at least {low}" if low else f" of at most {high}" if high else ""
