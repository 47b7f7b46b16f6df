"""Running a topic's model many times over the same tables."""

from collections.abc import Callable

from workbook.outcome import Outcome
from workbook.scenario import Scenario, Value
from workbook.topic import Tables, Topic

DRAWS = 10_000
"""Draws in each of many runs, at most: enough for a chance to be right to a percentage point."""

Run = Callable[[Value], Outcome]


def runner(topic: Topic, tables: Tables, scenario: Scenario, by: str) -> Run:
    """A function that runs the model with another value of the parameter ``by``.

    Raises ValueError where ``by`` is not a number's parameter of the topic.
    """
    declared = topic.Scenario.parameters()
    if by not in declared or declared[by].kind == "string":
        numbers = [name for name, each in declared.items() if each.kind != "string"]
        msg = f"{by} is not a parameter that can be varied: there are {', '.join(numbers)}"
        raise ValueError(msg)
    values = scenario.values()
    if "draws" in values:
        scenario = scenario.replace(draws=min(int(values["draws"]), DRAWS))

    def run(value: Value) -> Outcome:
        whole = round(value) if declared[by].kind == "integer" else value  # type: ignore[arg-type]
        return topic.model(tables, scenario.replace(**{by: whole}))

    return run


def number(outcome: Outcome, indicator: str) -> float | None:
    """An indicator's value as a number; None where it is not known or is not a number."""
    value = outcome[indicator].value
    return None if value is None or isinstance(value, str) else float(value)
