"""What a visitor has changed: each value that differs from the published one, and its way back."""

from decimal import Decimal
from typing import TypedDict

from workbook.scenario import Parameter, ParameterValue, Scenario, ScenarioError, split_list
from workbook.text.grammar import format_count
from workbook.text.numbers import format_cell
from workbook.text.quoting import quote_value
from workbook.widgets.form_fields import input_text
from workbook.widgets.uploads import UPLOAD_PREFIX

_MAX_LISTED_NAMES = 2
"""Most names of a list, or changes of a step, that are written out. More are counted."""


class ScenarioChange(TypedDict):
    """A value that differs from the published one.

    ``published_texts`` are the texts that put it back, by parameter: its own and those of values
    that contradict it then, such as shares that must add up to 100%.
    """

    name: str
    label: str
    published: str
    value: str
    published_texts: dict[str, str]


def scenario_changes(scenario: Scenario) -> list[ScenarioChange]:
    """List what differs from the published scenario.

    Args:
        scenario: The scenario.

    Returns:
        The changes in the order of the parameters; none for the published scenario.
    """
    parameters, published = scenario.parameters(), type(scenario)().values()
    return [
        ScenarioChange(
            name=name,
            label=parameters[name].label,
            published=describe_value(parameters[name], published[name]),
            value=describe_value(parameters[name], value),
            published_texts=_published_texts(scenario, name),
        )
        for name, value in scenario.non_default_values().items()
    ]


def describe_step(before: Scenario | None, after: Scenario) -> str:
    """Describe a visitor's step in a few words.

    Args:
        before: The scenario before the step; None for one that was opened.
        after: The scenario after it.

    Returns:
        The changed value, the number of changed values, or what was opened.
    """
    parameters, changed = after.parameters(), after.non_default_values()
    if not changed:
        return "Published assumptions"
    if before is None:
        return f"{format_count(len(changed), 'change')} from the published assumptions"
    old_values = before.values()
    steps = [
        f"{parameters[name].label}: {describe_value(parameters[name], value)}"
        for name, value in after.values().items()
        if value != old_values[name]
    ]
    return "; ".join(steps) if len(steps) <= _MAX_LISTED_NAMES else f"{len(steps)} values changed"


def describe_value(parameter: Parameter, value: ParameterValue) -> str:
    """Describe a value with its unit and all its digits, so that two values never look the same.

    Args:
        parameter: The parameter's declaration.
        value: The value.

    Returns:
        The text. A list of more than two names is counted.
    """
    if isinstance(value, str):
        return _describe_text(parameter, value)
    if parameter.unit == "year":
        return format_cell(value, "year")
    if parameter.unit == "share":
        return f"{input_text(value, 'share')}%"
    if parameter.unit in {"years", "days"}:
        noun = parameter.unit.removesuffix("s") if value == 1 else parameter.unit
        return f"{input_text(value, parameter.unit)} {noun}"
    number = f"{Decimal(input_text(value, parameter.unit)):,f}"
    return _format_pounds(number) if parameter.unit == "GBP" else number.replace("-", "−")


def describe_file_value(parameter: Parameter | None, value: object) -> str:
    """Describe a value from a file, which may be of any type and of a parameter that is gone.

    Args:
        parameter: The parameter's declaration; None for one that is gone.
        value: The value.

    Returns:
        The text, as ``describe_value`` writes it where the parameter could have the value.
    """
    if parameter is None or not isinstance(value, int | float | str):
        return quote_value(value)
    try:
        return describe_value(parameter, value)
    except (ArithmeticError, TypeError, ValueError):
        return quote_value(value)


def _format_pounds(number: str) -> str:
    pounds, _, pence = number.removeprefix("-").partition(".")
    sign = "−" if number.startswith("-") else ""
    return f"{sign}£{pounds}.{pence:0<2}" if pence else f"{sign}£{pounds}"


def _describe_text(parameter: Parameter, text: str) -> str:
    if not text:
        return parameter.blank_label
    if parameter.choices:
        return parameter.label_choice(text)
    if parameter.unit == "list":
        names = split_list(text)
        return text if len(names) <= _MAX_LISTED_NAMES else f"{len(names)} selected"
    if parameter.choice_of and text.startswith(UPLOAD_PREFIX):
        return f"{text.removeprefix(UPLOAD_PREFIX)} (uploaded)"
    return text


def _published_texts(scenario: Scenario, name: str) -> dict[str, str]:
    """Texts that put a value back, with those of other changed values that would contradict it."""
    parameters, published = scenario.parameters(), type(scenario)().values()
    changed, restored = scenario.non_default_values(), {name}
    while True:
        try:
            scenario.replace(
                **{restored_name: published[restored_name] for restored_name in restored}
            )
        except ScenarioError as error:
            contradicting = {problem.name for problem in error.problems} & changed.keys() - restored
            if contradicting:
                restored |= contradicting
                continue
        return {
            restored_name: input_text(published[restored_name], parameters[restored_name].unit)
            for restored_name in changed
            if restored_name in restored
        }
