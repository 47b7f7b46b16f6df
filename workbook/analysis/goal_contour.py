"""Contour of a goal: the pairs of values of two parameters that just reach a target."""

import math

import numpy as np
import pandas as pd

from workbook.analysis.goal import Goal, make_goal
from workbook.analysis.goal_search import (
    run_search,
    search_crossings,
    search_limits,
    search_points,
)
from workbook.analysis.goal_seek import start_search
from workbook.analysis.model_runner import (
    as_declared_kind,
    make_model_runner,
    nearest_allowed_value,
)
from workbook.analysis.steps import Steps, run_steps
from workbook.outcome import Outcome
from workbook.scenario import Scenario, ScenarioError
from workbook.topic import Tables, Topic

_POINT_COUNT = 11
"""Values of the first parameter, besides the scenario's own."""

_PRECISION = 1e-5
"""Precision of the second parameter relative to its value: finer than a line in a chart."""

REACHED, MET_THROUGHOUT, NOT_REACHED = "reached", "met throughout", "cannot be reached"


def seek_contour(  # noqa: PLR0913  as seek, with two parameters
    topic: Topic,
    scenario: Scenario | None = None,
    *,
    indicator: str,
    reach: float,
    by: tuple[str, str],
    probability: float | None = None,
    tables: Tables | None = None,
) -> pd.DataFrame:
    """Find the pairs of values of two parameters at which an indicator just reaches a target.

    Args:
        topic: The topic whose model is run.
        scenario: The scenario to start from; the default one by default.
        indicator: Name of the indicator.
        reach: Value that the indicator is to reach, in its unit.
        by: Names of the two parameters.
        probability: Share of simulations that must reach it, as for ``seek``.
        tables: The topic's tables; loaded for the scenario by default.

    Returns:
        A row for 11 even steps of the first parameter and for the scenario's own value, rising. The
        steps lie in its range or, for a lever, in its bounds. Two columns are named after the
        parameters. The second is the value nearest to the scenario's that just reaches the target,
        missing where there is none. ``status`` says whether it is ``reached``, ``met throughout``
        or ``cannot be reached``. ``scenario`` is true in the row of the scenario's own value.

    Raises:
        ValueError: As for ``seek``, or both parameters are the same.

    Example:
        >>> from workbook.topics.digital_inclusion import topic
        >>> contour = seek_contour(
        ...     topic,
        ...     topic.Scenario(draws=100),
        ...     indicator="gap_to_target",
        ...     reach=0,
        ...     by=("dropout", "programme_starts"),
        ... )
        >>> contour[contour["scenario"]]["programme_starts"].round(-3).tolist()
        [619000.0]
    """
    scenario = scenario or topic.Scenario()
    tables = topic.load_tables(scenario) if tables is None else tables
    start = start_search(topic, tables, scenario, *by)
    goal = make_goal(start, indicator, reach, probability)
    return run_steps(contour_steps(topic, tables, start, goal, by))


def contour_steps(
    topic: Topic, tables: Tables, start: Outcome, goal: Goal, by: tuple[str, str]
) -> Steps[pd.DataFrame]:
    """Find a contour step by step. The caller may stop between any two steps.

    Args:
        topic: The topic whose model is run.
        tables: The topic's tables.
        start: Outcome of the scenario to start from, from ``start_search``.
        goal: The goal.
        by: Names of the two parameters.

    Yields:
        None after each run of the model.

    Returns:
        The rows of ``seek_contour``.

    Raises:
        ValueError: Both parameters are the same, or one has neither bounds nor a range.
    """
    first, second = by
    if first == second:
        msg = f"both parameters are {first}: name two different ones"
        raise ValueError(msg)
    rows = []
    for value in _first_values(start.scenario, first):
        try:
            scenario = start.scenario.with_value(first, value)
        except ScenarioError:
            continue
        status, boundary = yield from _find_boundary(topic, tables, scenario, goal, second)
        is_scenario = value == start.scenario.values()[first]
        rows.append((float(value), boundary, status, is_scenario))
    return pd.DataFrame(rows, columns=[first, second, "status", "scenario"])


def _first_values(scenario: Scenario, name: str) -> list[float]:
    current = float(scenario.values()[name])
    parameter = scenario.parameters()[name]
    limits = search_limits(scenario, name)
    low, high = limits.low, limits.high
    if parameter.range:
        low, high = (
            nearest_allowed_value(scenario, name, end) for end in parameter.range_around(current)
        )
    steps = np.linspace(low, high, _POINT_COUNT).tolist()
    others = [step for step in steps if not math.isclose(step, current)]
    return sorted({as_declared_kind(scenario, name, step) for step in (*others, current)})


def _find_boundary(
    topic: Topic, tables: Tables, scenario: Scenario, goal: Goal, name: str
) -> Steps[tuple[str, float]]:
    """Status, and the value nearest to the scenario's that just meets the goal."""
    limits = search_limits(scenario, name)
    current = as_declared_kind(scenario, name, float(scenario.values()[name]))
    run_model = make_model_runner(topic, tables, scenario, name)
    search = search_crossings(search_points(scenario, name, limits), current, _PRECISION)
    search_result = yield from run_search(search, lambda value: goal.margin(run_model(value)))
    if search_result.crossings:
        return REACHED, float(min(search_result.crossings, key=lambda value: abs(value - current)))
    return (MET_THROUGHOUT if search_result.is_met_throughout else NOT_REACHED), np.nan
