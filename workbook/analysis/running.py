"""Running a topic's model many times over the same tables."""

from collections.abc import Callable

from workbook.outcome import Outcome
from workbook.scenario import Scenario, ScenarioError
from workbook.topic import Tables, Topic

DRAWS = 10_000
"""Draws in each of many runs, at most: enough for a chance to be right to a percentage point."""

HALVINGS = 60
"""Steps to the edge of what a scenario allows: as close as two numbers can be."""

Run = Callable[[float], Outcome]


def runner(topic: Topic, tables: Tables, scenario: Scenario, by: str) -> Run:
    """A function that runs the model with another value of the parameter ``by``.

    Raises ValueError where ``by`` is not a number's parameter of the topic.
    """
    declared = topic.Scenario.parameters()
    if by not in declared or declared[by].kind == "string":
        numbers = [name for name, each in declared.items() if each.kind != "string"]
        msg = f"{by} is not a parameter that can be varied: there are {', '.join(numbers)}"
        raise ValueError(msg)
    base = fewer_draws(scenario)

    def run(value: float) -> Outcome:
        return topic.outcome(tables, base.varied(by, in_kind(scenario, by, value)))

    return run


def fewer_draws(scenario: Scenario) -> Scenario:
    """The scenario with as many draws as many runs can afford."""
    draws = scenario.values().get("draws", 0)
    return scenario.replace(draws=DRAWS) if float(draws) > DRAWS else scenario


def in_kind(scenario: Scenario, by: str, value: float) -> float:
    """A value of the parameter ``by`` as it is declared: a whole number where that is wanted."""
    return round(value) if scenario.parameters()[by].kind == "integer" else float(value)


def allowed(scenario: Scenario, by: str, end: float) -> float:
    """``end``, or the value nearest to it that the scenario's other values do not contradict."""
    inside, outside = float(scenario.values()[by]), float(end)
    if _allows(scenario, by, outside):
        return in_kind(scenario, by, outside)
    for _ in range(HALVINGS):
        middle = (inside + outside) / 2
        if _allows(scenario, by, middle):
            inside = middle
        else:
            outside = middle
    return in_kind(scenario, by, inside)


def number(outcome: Outcome, indicator: str) -> float | None:
    """An indicator's value as a number; None where it is not known or is not a number."""
    value = outcome[indicator].value
    return None if value is None or isinstance(value, str) else float(value)


def _allows(scenario: Scenario, by: str, value: float) -> bool:
    try:
        scenario.varied(by, in_kind(scenario, by, value))
    except ScenarioError:
        return False
    return True
