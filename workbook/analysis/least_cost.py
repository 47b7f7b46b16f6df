"""Least cost: the values of several parameters that reach a target most cheaply."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from numbers import Real

import numpy as np
import pandas as pd

from workbook.analysis.goal import make_goal
from workbook.analysis.goal_seek import start_search
from workbook.analysis.lever_search import CostSource, LeverPoint, LeverSearch
from workbook.analysis.model_runner import indicator_number
from workbook.analysis.steps import Steps, run_steps
from workbook.outcome import Outcome
from workbook.scenario import Scenario
from workbook.text.grammar import join_items
from workbook.text.numbers import format_value
from workbook.text.quoting import quote_value
from workbook.text.suggestions import unknown_name_message
from workbook.topic import Tables, Topic

_CURVE_POINTS = 8
"""Targets of the trade-off curve, from the scenario's value to the target."""


@dataclass(frozen=True)
class LeastCost:
    """The cheapest values of several parameters that reach a target.

    Attributes:
        is_reached: Whether any of the values tried reaches the target.
        lever_values: Value of each lever by name: the cheapest that reach the target, or else the
            best that were tried.
        cost: Their cost, in the unit of the cost.
        indicator: Name of the indicator.
        reached: The indicator at these values, None where it is missing.
        sentence: The result in a sentence.
    """

    is_reached: bool
    lever_values: Mapping[str, float]
    cost: float
    indicator: str
    reached: float | None
    sentence: str = field(default="", compare=False)


def least_cost(  # noqa: PLR0913  as seek, with several parameters and their cost
    topic: Topic,
    scenario: Scenario | None = None,
    *,
    indicator: str,
    reach: float,
    levers: Sequence[str],
    cost: CostSource,
    probability: float | None = None,
    tables: Tables | None = None,
) -> LeastCost:
    """Find the values of several levers that reach a target at the least cost.

    The levers are varied within their bounds by COBYQA (Ragonneau and Zhang, 2024), which needs no
    derivatives. It starts from the cheapest lever alone and from all together. It finds a local
    optimum: where the model has several, a cheaper one may exist.

    Args:
        topic: The topic whose model is run.
        scenario: The scenario to start from; the default one by default.
        indicator: Name of the indicator.
        reach: Value that the indicator is to reach, in its unit.
        levers: Names of the parameters that may change.
        cost: Name of the indicator that is the cost, or the cost of each lever: pounds for each
            unit by which it rises above the scenario's value. With a negative number, it costs to
            lower the lever. To move a lever the other way costs and saves nothing.
        probability: Share of simulations that must reach the target, as for ``seek``.
        tables: The topic's tables; loaded for the scenario by default.

    Returns:
        The values and their cost.

    Raises:
        ValueError: As for ``seek``, or a cost is missing or not a number.

    Example:
        >>> from workbook.topics.digital_inclusion import topic
        >>> result = least_cost(
        ...     topic,
        ...     topic.Scenario(draws=100),
        ...     indicator="gap_to_target",
        ...     reach=0,
        ...     levers=["programme_starts", "dropout"],
        ...     cost={"programme_starts": 477, "dropout": -30_000_000},
        ... )
        >>> result.is_reached, round(result.lever_values["dropout"], 4)
        (True, 0.0)
    """
    search = _start_search(topic, scenario, (indicator, reach, probability), levers, cost, tables)
    return run_steps(least_cost_steps(search))


def cost_curve(  # noqa: PLR0913  as least_cost
    topic: Topic,
    scenario: Scenario | None = None,
    *,
    indicator: str,
    reach: float,
    levers: Sequence[str],
    cost: CostSource,
    probability: float | None = None,
    tables: Tables | None = None,
) -> pd.DataFrame:
    """Find the least cost of targets between the scenario's value and the one to reach.

    Args:
        topic: As ``least_cost`` takes it, and so are the others.
        scenario: The scenario to start from.
        indicator: Name of the indicator.
        reach: The last target.
        levers: Names of the parameters that may change.
        cost: Where the cost comes from.
        probability: Share of simulations that must reach each target.
        tables: The topic's tables.

    Returns:
        A row for each of 8 targets, the easiest first: ``target`` in the indicator's unit, the
        least ``cost``, and the value of each lever, missing where the target cannot be reached.

    Raises:
        ValueError: As for ``least_cost``, or the indicator is missing in the scenario.
    """
    search = _start_search(topic, scenario, (indicator, reach, probability), levers, cost, tables)
    return run_steps(cost_curve_steps(search))


def least_cost_steps(search: LeverSearch) -> Steps[LeastCost]:
    """Find the least cost step by step. The caller may stop between any two steps.

    Args:
        search: The search, from the scenario.

    Yields:
        None after each run of the model.

    Returns:
        The values and their cost.
    """
    point = yield from _find_cheapest(search)
    is_reached = point.margin >= 0
    return LeastCost(
        is_reached,
        point.lever_values,
        point.cost,
        search.goal.indicator,
        point.reached,
        _write_sentence(search, point),
    )


def cost_curve_steps(search: LeverSearch) -> Steps[pd.DataFrame]:
    """Find a trade-off curve step by step. The caller may stop between any two steps.

    Args:
        search: The search, from the scenario.

    Yields:
        None after each run of the model.

    Returns:
        The rows of ``cost_curve``.

    Raises:
        ValueError: The indicator is missing in the scenario.
    """
    current = indicator_number(search.start, search.goal.indicator)
    if current is None:
        msg = f"{search.goal.indicator} is not known in this scenario, so no curve can start there"
        raise ValueError(msg)
    rows = []
    for target in np.linspace(current, search.goal.target, _CURVE_POINTS).tolist():
        search = search.with_target(target)
        point = yield from _find_cheapest(search)
        met = {"cost": point.cost, **point.lever_values} if point.margin >= 0 else {}
        rows.append({"target": target, **met})
    return pd.DataFrame(rows, columns=["target", "cost", *search.levers], dtype=float)


def _start_search(  # noqa: PLR0913, PLR0917  what both functions take
    topic: Topic,
    scenario: Scenario | None,
    target: tuple[str, float, float | None],
    levers: Sequence[str],
    cost: CostSource,
    tables: Tables | None,
) -> LeverSearch:
    """Check what is asked, and run the scenario."""
    if not levers or len(set(levers)) < len(levers):
        msg = "name at least one lever, and each of them once"
        raise ValueError(msg)
    scenario = scenario or topic.Scenario()
    tables = topic.load_tables(scenario) if tables is None else tables
    start = start_search(topic, tables, scenario, *levers)
    _check_cost(start, levers, cost)
    return LeverSearch(topic, tables, start, tuple(levers), cost, make_goal(start, *target))


def _check_cost(start: Outcome, levers: Sequence[str], cost: CostSource) -> None:
    if isinstance(cost, str):
        names = [indicator.name for indicator in start.indicators if indicator.unit != "quarter"]
        if cost not in names:
            raise ValueError(unknown_name_message("numeric indicator", cost, names))
        return
    for name in levers:
        if name not in cost:
            msg = f"the cost of {name} is missing: give what each unit of it costs, in pounds"
            raise ValueError(msg)
        is_number = isinstance(cost[name], Real) and not isinstance(cost[name], bool)
        if not is_number or not math.isfinite(cost[name]):
            msg = f"the cost of {name} is {quote_value(cost[name])}: it must be a number of pounds"
            raise ValueError(msg)


def _find_cheapest(search: LeverSearch) -> Steps[LeverPoint]:
    """The cheapest values that meet the goal, or those that come nearest to it."""
    start = search.start_position
    is_met = search.margin(start) >= 0
    yield None
    positions = [start] if is_met else []
    corners = yield from search.corner_positions()
    for corner in filter(lambda position: search.margin(position) >= 0, corners):
        position = corner if is_met else (yield from search.first_met(start, corner))
        positions.append(position)
    cheapest_first = sorted(positions, key=search.cost_at)
    for position in [*cheapest_first[:1], *positions[-1:]]:
        optimum = yield from search.minimise(position)
        if search.margin(optimum) < 0:
            yield from search.first_met(optimum, position)
    return search.cheapest() or search.nearest()


def _write_sentence(search: LeverSearch, point: LeverPoint) -> str:
    parameters = search.start.scenario.parameters()
    current = search.start.scenario.values()
    values = join_items(
        f"“{parameters[name].label}” at {format_value(value, parameters[name].unit)} (now"
        f" {format_value(current[name], parameters[name].unit)})"
        for name, value in point.lever_values.items()
    )
    indicator = search.start[search.goal.indicator]
    cost = format_value(point.cost, search.cost_unit)
    if point.margin >= 0:
        return f"{search.goal.describe_target(indicator)} at the least cost, {cost}, with {values}."
    reached = format_value(point.reached, indicator.unit)
    return f"The target cannot be reached: at best “{indicator.label}” is {reached}, with {values}."
