"""Apply the texts typed into a form, with an error message for each rejected field."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import TypeVar
from urllib.parse import parse_qsl

from workbook.scenario import (
    Parameter,
    ParameterValue,
    Scenario,
    ScenarioError,
    current_names,
)
from workbook.widgets.form_fields import input_text
from workbook.widgets.page_messages import page_messages

Evaluated = TypeVar("Evaluated")


def scenario_texts(scenario: Scenario) -> dict[str, str]:
    """Text of each value of a scenario, as a visitor would type it, by parameter."""
    parameters = scenario.parameters()
    return {
        name: input_text(value, parameters[name].unit) for name, value in scenario.values().items()
    }


def texts_from_query(query: str, parameters: Mapping[str, Parameter]) -> dict[str, str]:
    """Read a link's query string as texts of a form's fields.

    Args:
        query: The query string. Names that no parameter has or had are ignored.
        parameters: The scenario's parameters by name.

    Returns:
        The texts by parameter.
    """
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    names = current_names(parameters)
    named_texts = [(parameters[names[name]], text) for name, text in pairs if name in names]
    return {
        parameter.name: input_text(parameter.parse_text(text), parameter.unit)
        for parameter, text in named_texts
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
            new_errors = _messages_by_field(scenario, error, changes)
        for name in new_errors:
            fallback = current_texts if name in errors else {**current_texts, **previous_texts}
            if name in current_texts:
                edited_texts[name] = fallback[name]
            else:
                edited_texts.pop(name, None)
        errors = {**new_errors, **errors}


def _messages_by_field(
    scenario: Scenario, error: ScenarioError, changes: Mapping[str, str]
) -> dict[str, str]:
    """Message for each rejected field; for every changed field if none of these is rejected."""
    messages = page_messages(error.problems, scenario.parameters())
    if not messages.keys() & changes.keys():  # the edits contradict a field that was not edited
        messages |= dict.fromkeys(changes, " ".join(dict.fromkeys(messages.values())))
    return messages


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
