"""What is typed into a form becomes a scenario, or a reason for each field that is refused."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from workbook.scenario import ParameterValue, Scenario, ScenarioError
from workbook.scenario.validation import invalid_value_error
from workbook.widgets.form_fields import input_text


def scenario_texts(scenario: Scenario) -> dict[str, str]:
    """A scenario's values as they are typed, by name."""
    parameters = scenario.parameters()
    return {
        name: input_text(value, parameters[name].unit) for name, value in scenario.values().items()
    }


def apply_edits(
    scenario: Scenario,
    texts: Mapping[str, str],
    previous_texts: Mapping[str, str],
    try_scenario: Callable[[Scenario], None],
) -> tuple[Scenario, dict[str, str]]:
    """The scenario with what was typed, and a reason for each field that was refused.

    A refused field falls back to its text ``before`` the typing began, not to a first digit of it
    that happened to be allowed; without one it keeps its value. The other fields count.
    ``attempt`` may refuse a scenario with a ScenarioError, too: one that has no answer.
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
            candidate = scenario.replace(**values)
            try_scenario(candidate)
        except ScenarioError as error:
            new_errors = {
                parameter_error.name: parameter_error.message for parameter_error in error.problems
            }
            if not new_errors.keys() & changes.keys():  # they contradict what was not typed
                new_errors |= dict.fromkeys(changes, str(error))
            for name in new_errors:
                if name not in current_texts:
                    edited_texts.pop(name, None)
                else:
                    edited_texts[name] = (
                        current_texts[name]
                        if name in errors
                        else previous_texts.get(name, current_texts[name])
                    )
            errors = {**new_errors, **errors}
        else:
            return candidate, errors


def percentage_message(
    scenario: Scenario, name: str, message: str, texts: Mapping[str, str]
) -> str:
    """A share's refusal in the percentages in which it is typed; another message as it is."""
    parameter = scenario.parameters().get(name)
    if parameter is None or parameter.unit != "share" or not texts.get(name):
        return message
    if message != invalid_value_error(parameter, _parse_value(scenario, name, texts[name])).message:
        return message
    low, high = (input_text(bound or 0.0, "share") for bound in parameter.bounds)
    return f"{name} is {texts[name]}%: it must be a percentage from {low} to {high}."


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
