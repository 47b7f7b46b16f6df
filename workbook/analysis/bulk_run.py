"""Run many scenarios at once, without simulations, for a topic that can."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

import numpy as np

from workbook.analysis.scenario_runner import ScenarioRunner
from workbook.methods.arrays import FloatArray
from workbook.scenario import NoDepartmentFiguresError, Scenario, ScenarioError
from workbook.tables import TableError
from workbook.topic import BulkModel, Topic


def get_bulk_model(topic: Topic) -> BulkModel:
    """Get the model that runs many scenarios without simulations.

    Args:
        topic: The topic.

    Returns:
        Its ``evaluate_many``.

    Raises:
        ValueError: The topic has none.
    """
    if topic.evaluate_many is None:
        raise ValueError(f"{topic.name} cannot be run without simulations: run it with them")
    return topic.evaluate_many


def run_in_bulk(
    runner: ScenarioRunner, base: Scenario, rows: Iterable[Mapping[str, Any]]
) -> tuple[dict[str, FloatArray], list[str]]:
    """Run many scenarios without simulations.

    Args:
        runner: Runs the topic's model.
        base: Scenario that the other values come from.
        rows: Values of each scenario by parameter.

    Returns:
        Values of each indicator, shape (rows,), by its name, NaN where missing; and for each row
        why the scenario is rejected, empty where it is not.

    Raises:
        ValueError: The topic cannot be run without simulations.
    """
    model = get_bulk_model(runner.topic)
    scenario_class, base_values = type(base), base.values()
    scenarios: dict[int, Scenario] = {}
    errors: list[str] = []
    for position, row in enumerate(rows):
        try:
            scenarios[position] = scenario_class(**{**base_values, **row})
        except ScenarioError as error:
            errors.append(str(error))
        else:
            errors.append("")
    columns: dict[str, FloatArray] = {}
    indicators = [definition.name for definition in runner.topic.indicators]
    values: Mapping[str, FloatArray]
    for positions in _group_by_texts(scenarios):
        group = [scenarios[position] for position in positions]
        try:
            runner.topic.check_departments(group[0])
            values = model(runner.load_tables(group[0]), group)
        except NoDepartmentFiguresError:
            values = {name: np.full(len(group), np.nan) for name in indicators}
        except (ScenarioError, TableError) as error:
            for position in positions:
                errors[position] = str(error)
            continue
        for name, numbers in values.items():
            column = columns.setdefault(name, np.full(len(errors), np.nan))
            column[positions] = numbers
    return columns, errors


def _group_by_texts(scenarios: Mapping[int, Scenario]) -> Collection[list[int]]:
    """Positions of scenarios with the same texts, which alone choose a quarter and tables."""
    groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
    names: list[str] = []
    for position, scenario in scenarios.items():
        if not groups:
            parameters = scenario.parameters().values()
            names = [parameter.name for parameter in parameters if parameter.kind == "string"]
        groups[tuple(getattr(scenario, name) for name in names)].append(position)
    return groups.values()
