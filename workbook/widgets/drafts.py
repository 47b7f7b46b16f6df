"""What is typed into a form becomes a scenario, or a reason for each field that is refused."""

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation

from workbook.scenario import Scenario, ScenarioError, Value
from workbook.scenario.refusing import refused
from workbook.widgets.fields import text_of


def texts_of(scenario: Scenario) -> dict[str, str]:
    """A scenario's values as they are typed, by name."""
    declared = scenario.parameters()
    return {name: text_of(value, declared[name].unit) for name, value in scenario.values().items()}


def accept(
    scenario: Scenario,
    texts: Mapping[str, str],
    before: Mapping[str, str],
    attempt: Callable[[Scenario], None],
) -> tuple[Scenario, dict[str, str]]:
    """The scenario with what was typed, and a reason for each field that was refused.

    A refused field falls back to its text ``before`` the typing began, not to a first digit of it
    that happened to be allowed; without one it keeps its value. The other fields count.
    ``attempt`` may refuse a scenario with a ScenarioError, too: one that has no answer.
    """
    now = texts_of(scenario)
    wanted = {**now, **texts}
    problems: dict[str, str] = {}
    while True:
        changes = {name: text for name, text in wanted.items() if text != now.get(name)}
        try:
            values = {name: _value(scenario, name, text) for name, text in changes.items()}
            accepted = scenario.replace(**values)
            attempt(accepted)
        except ScenarioError as error:
            found = {problem.name: problem.message for problem in error.problems}
            if not found.keys() & changes.keys():  # they contradict what was not typed
                found |= dict.fromkeys(changes, str(error))
            for name in found:
                if name not in now:
                    wanted.pop(name, None)
                else:
                    wanted[name] = now[name] if name in problems else before.get(name, now[name])
            problems = {**found, **problems}
        else:
            return accepted, problems


def in_percent(scenario: Scenario, name: str, message: str, typed: Mapping[str, str]) -> str:
    """A share's refusal in the percentages in which it is typed; another message as it is."""
    declared = scenario.parameters().get(name)
    if declared is None or declared.unit != "share" or not typed.get(name):
        return message
    if message != refused(declared, _value(scenario, name, typed[name])).message:
        return message
    low, high = (text_of(end or 0.0, "share") for end in declared.bounds)
    return f"{name} is {typed[name]}%: it must be a percentage from {low} to {high}."


def _value(scenario: Scenario, name: str, text: str) -> Value:
    declared = scenario.parameters().get(name)
    if declared is None:
        return text
    if declared.unit != "share":
        return declared.parse(text)
    try:
        return float(Decimal(text) / 100)
    except InvalidOperation:
        return text
