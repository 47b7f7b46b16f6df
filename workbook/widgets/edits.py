"""Apply the texts typed into a form, with an error message for each rejected field."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from workbook.scenario import ParameterValue, Scenario, ScenarioError
from workbook.scenario.validation import describe_allowed_values, invalid_value_error
from workbook.widgets.form_fields import input_text

Evaluated = TypeVar("Evaluated")


def scenario_texts(scenario: Scenario) -> dict[str, str]:
    """Text of each value of a scenario, as a visitor would type it, by parameter."""
    parameters = scenario.parameters()
    return {
        name: input_text(value, parameters[name].unit) for name, value in scenario.values().items()
    }


def apply_edits(
    scenario: Scenario,
    texts: Mapping[str, str],
    previous_texts: Mapping[str, str],
    evaluate: Callable[[Scenario], Evaluated],
) -> tuple[Evaluated, dict[str, str]]:
    """Apply edits to a scenario, and evaluate the result.

    A rejected field falls back to its text before the typing began, or else to its present value.
    The first digits typed may have been valid, but they are never kept. Other fields are applied.

    Args:
        scenario: The present scenario.
        texts: The text of each edited field, by parameter.
        previous_texts: The texts from before the typing began, by parameter.
        evaluate: Evaluates a scenario; raises ScenarioError for one that it rejects.

    Returns:
        What ``evaluate`` returned for the scenario with the valid edits, and a message for each
        rejected field.
    """
    current_texts = scenario_texts(scenario)
    edited_texts = {**current_texts, **texts}
    errors: dict[str, str] = {}
    while True:
        changes = {
            name: text for name, text in edited_texts.items() if text != current_texts.get(name)
        }
        try:
            values = {name: _parse_value(scenario, name, text) for name, text in changes.items()}
            return evaluate(scenario.replace(**values)), errors
        except ScenarioError as error:
            new_errors = _messages_by_field(error, changes)
        for name in new_errors:
            fallback = current_texts if name in errors else {**current_texts, **previous_texts}
            if name in current_texts:
                edited_texts[name] = fallback[name]
            else:
                edited_texts.pop(name, None)
        errors = {**new_errors, **errors}


def _messages_by_field(error: ScenarioError, changes: Mapping[str, str]) -> dict[str, str]:
    """Message for each rejected field; for every changed field if none of these is rejected."""
    messages = {problem.name: problem.message for problem in error.problems}
    if not messages.keys() & changes.keys():  # the edits contradict a field that was not edited
        messages |= dict.fromkeys(changes, str(error))
    return messages


def page_message(scenario: Scenario, name: str, message: str, texts: Mapping[str, str]) -> str:
    """Reword a message about an invalid value for the page: its label, and shares as percentages.

    Args:
        scenario: The present scenario.
        name: The parameter's name.
        message: The message.
        texts: The text of each rejected field, by parameter.

    Returns:
        The new message; the old message if it is not about a single invalid value.
    """
    parameter = scenario.parameters().get(name)
    if parameter is None or name not in texts:
        return message
    if message != invalid_value_error(parameter, _parse_value(scenario, name, texts[name])).message:
        return message
    allowed_values = describe_allowed_values(parameter)
    if parameter.unit == "share" and None not in parameter.bounds:
        low, high = (f"{input_text(bound or 0.0, 'share')}%" for bound in parameter.bounds)
        allowed_values = f"between {low} and {high}"
    return f"{parameter.label} must be {allowed_values}."


def _parse_value(scenario: Scenario, name: str, text: str) -> ParameterValue:
    parameter = scenario.parameters().get(name)
    if parameter is None:
        return text
    if parameter.unit != "share":
        return parameter.parse_text(text)
    try:
        return float(Decimal(text) / 100)
    except InvalidOperation:
        return text
