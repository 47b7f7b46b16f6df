"""Grid of scenarios around that of a snapshot: results over the main levers of its topic.

A sealed report moves between them. Each is a result of the model, so nothing is interpolated.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

from workbook.methods.round_steps import largest_round_step
from workbook.outcome import Outcome
from workbook.scenario import Parameter, ParameterValue, Scenario, ScenarioError
from workbook.topic import Tables, Topic

_MOST_LEVERS = 2
_STEPS_EACH_WAY = {1: 4, 2: 2}
"""Steps on each side of the snapshot's value, by number of levers: 9 or 25 scenarios in all."""

_SHARE_STEP = 0.05
"""Step of a share without a range: 5 percentage points."""

_DIGITS = 12
"""Decimal places to which a value is rounded, so that 0.1 and 0.2 add up to 0.3."""


@dataclass(frozen=True)
class GridLever:
    """A lever of a grid: its parameter and the values that it takes, in ascending order."""

    parameter: Parameter
    values: tuple[ParameterValue, ...]


@dataclass(frozen=True)
class GridPoint:
    """One scenario of a grid.

    Attributes:
        values: Value of each lever, by the parameter's name.
        outcome: What the model gives; None where the values contradict each other.
        problem: Why there is no outcome; empty if there is one.
    """

    values: Mapping[str, ParameterValue]
    outcome: Outcome | None
    problem: str = ""


@dataclass(frozen=True)
class ScenarioGrid:
    """Levers, and a point for each combination of their values; the last lever varies fastest."""

    levers: tuple[GridLever, ...]
    points: tuple[GridPoint, ...]


def choose_levers(topic: Topic, scenario: Scenario) -> tuple[GridLever, ...]:
    """Choose the first levers of a topic's form that are numbers, and the values of each.

    Args:
        topic: The topic.
        scenario: The scenario in the middle of the grid.

    Returns:
        At most two levers. None for a topic whose levers are only filters.
    """
    declared, values = scenario.parameters(), scenario.values()
    numeric = [
        declared[name]
        for name in topic.levers
        if declared[name].kind != "string" and values[name] and declared[name].unit != "year"
    ][:_MOST_LEVERS]
    steps = _STEPS_EACH_WAY.get(len(numeric), 0)
    return tuple(
        GridLever(parameter, _spread_values(parameter, float(values[parameter.name]), steps))
        for parameter in numeric
    )


def compute_grid(topic: Topic, outcome: Outcome, tables: Tables) -> ScenarioGrid:
    """Run the model on every combination of the levers' values.

    Args:
        topic: The topic.
        outcome: The outcome of the snapshot, in the middle of the grid.
        tables: The tables that the model reads, by name.

    Returns:
        The grid; without points if the topic has no levers for one, or no figures.
    """
    levers = () if outcome.no_figures_reason else choose_levers(topic, outcome.scenario)
    names = [lever.parameter.name for lever in levers]
    combinations = product(*(lever.values for lever in levers)) if levers else ()
    return ScenarioGrid(
        levers,
        tuple(
            _run_point(topic, outcome, tables, dict(zip(names, values, strict=True)))
            for values in combinations
        ),
    )


def _spread_values(parameter: Parameter, value: float, steps: int) -> tuple[ParameterValue, ...]:
    """The value, and those within the bounds that are whole steps below and above it."""
    step = _choose_step(parameter, value, steps)
    low, high = parameter.bounds
    spread = [
        round(value + count * step, _DIGITS) if count else value
        for count in range(-steps, steps + 1)
    ]
    within = [
        candidate
        for candidate in spread
        if (low is None or candidate >= low) and (high is None or candidate <= high)
    ]
    return tuple(map(int, within)) if parameter.kind == "integer" else tuple(within)


def _choose_step(parameter: Parameter, value: float, steps: int) -> float:
    """A round step that spans the range, or reaches to about 0 where there is no range."""
    if parameter.range:
        low, high = parameter.range_around(value)
        step = largest_round_step((high - low) / 2 / steps)
    elif parameter.unit == "share":
        step = _SHARE_STEP
    else:
        step = largest_round_step(abs(value) / steps)
    return max(step, 1.0) if parameter.kind == "integer" else step


def _run_point(
    topic: Topic, outcome: Outcome, tables: Tables, values: Mapping[str, ParameterValue]
) -> GridPoint:
    unchanged = outcome.scenario.values()
    if all(unchanged[name] == value for name, value in values.items()):
        return GridPoint(values, outcome)
    try:
        scenario = outcome.scenario.replace(**values)
        return GridPoint(values, topic.evaluate_model(tables, scenario))
    except ScenarioError as error:
        return GridPoint(values, None, str(error))
