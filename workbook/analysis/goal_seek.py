"""Goal seek: the value of one parameter at which an indicator reaches a target."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from workbook.analysis.model_runner import (
    as_declared_kind,
    indicator_number,
    make_model_runner,
    nearest_allowed_value,
)
from workbook.scenario import Scenario
from workbook.topic import Tables, Topic

_PRECISION = 1e-12
"""Precision of a parameter that is not a whole number, as a fraction of its bounds."""

GoalSeekStatus = Literal["reached", "already met", "cannot be reached"]


@dataclass(frozen=True)
class GoalSeekResult:
    """Result of a goal seek.

    Args:
        status: Whether the target is reached, already met or cannot be reached.
        parameter: Name of the parameter.
        value: Value of the parameter: the scenario's own if the target is already met, the
            bound that comes nearest if it cannot be reached.
        indicator: Name of the indicator.
        reached: The indicator at that value, None where it is missing.
    """

    status: GoalSeekStatus
    parameter: str
    value: float
    indicator: str
    reached: float | None


def goal_seek(  # noqa: PLR0913  a goal seek has this many inputs
    topic: Topic,
    tables: Tables,
    scenario: Scenario,
    *,
    indicator: str,
    target: float,
    parameter: str,
) -> GoalSeekResult:
    """Find the value of a parameter, nearest to the scenario's own, at which a target is reached.

    The indicator must rise or fall steadily with the parameter. Its direction decides whether the
    target is a minimum or a maximum; an indicator without one must cross it from where it is.

    Args:
        topic: The topic whose model is run.
        tables: The topic's tables.
        scenario: The scenario to start from.
        indicator: Name of the indicator.
        target: Value that the indicator is to reach, in its unit.
        parameter: Name of the parameter that may change, within its bounds.

    Returns:
        The parameter's value and what the indicator reaches there.

    Raises:
        ValueError: The parameter is unknown, or has no bound at an end.
        KeyError: The indicator is unknown.

    Example:
        >>> from workbook.topics.digital_inclusion import topic
        >>> scenario = topic.Scenario(draws=100)
        >>> result = goal_seek(
        ...     topic,
        ...     topic.load_tables(scenario),
        ...     scenario,
        ...     indicator="gap_to_target",
        ...     target=0,
        ...     parameter="programme_starts",
        ... )
        >>> result.status, result.value
        ('reached', 618800)
    """
    run_model, current = (
        make_model_runner(topic, tables, scenario, parameter),
        _current_value(scenario, parameter),
    )
    low, high = (
        nearest_allowed_value(scenario, parameter, end) for end in _closed_bounds(topic, parameter)
    )

    @cache
    def indicator_at(value: float) -> float | None:
        return indicator_number(run_model(value), indicator)

    def make_result(status: GoalSeekStatus, value: float) -> GoalSeekResult:
        return GoalSeekResult(status, parameter, value, indicator, indicator_at(value))

    is_met = _goal_test(run_model(current)[indicator].direction, indicator_at(current), target)
    if is_met(indicator_at(current)):
        return make_result("already met", current)
    reaching_end = next((end for end in (high, low) if is_met(indicator_at(end))), None)
    if reaching_end is None:
        nearest = min((low, high), key=lambda end: _distance_to_target(indicator_at(end), target))
        return make_result("cannot be reached", nearest)
    step = 1 if isinstance(current, int) else _PRECISION * (high - low)
    return make_result(
        "reached",
        _bisect_to_goal(
            lambda candidate: is_met(indicator_at(candidate)), current, reaching_end, step
        ),
    )


def _current_value(scenario: Scenario, parameter: str) -> float:
    return as_declared_kind(scenario, parameter, float(scenario.values()[parameter]))


def _closed_bounds(topic: Topic, parameter: str) -> tuple[float, float]:
    low, high = topic.Scenario.parameters()[parameter].bounds
    if low is None or high is None:
        msg = f"{parameter} cannot be sought: it needs a lower and an upper bound"
        raise ValueError(msg)
    return low, high


def _goal_test(
    direction: str, current: float | None, target: float
) -> Callable[[float | None], bool]:
    must_fall = direction == "lower" or (not direction and current is not None and current > target)
    if must_fall:
        return lambda value: value is not None and value <= target
    return lambda value: value is not None and value >= target


def _bisect_to_goal(
    is_met: Callable[[float], bool], unmet_value: float, met_value: float, step: float
) -> float:
    """Value nearest to ``unmet_value`` at which the goal is met, to the precision of ``step``."""
    while abs(met_value - unmet_value) > step:
        middle = (unmet_value + met_value) // 2 if step == 1 else (unmet_value + met_value) / 2
        if middle in (unmet_value, met_value):
            break
        if is_met(middle):
            met_value = middle
        else:
            unmet_value = middle
    return met_value


def _distance_to_target(value: float | None, target: float) -> float:
    return math.inf if value is None else abs(value - target)
