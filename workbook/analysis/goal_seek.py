"""What must be true: the value of one parameter at which an indicator reaches a value."""

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
"""How closely a parameter that is not a whole number is found, as a fraction of its bounds."""

GoalSeekStatus = Literal["reached", "already met", "cannot be reached"]


@dataclass(frozen=True)
class GoalSeekResult:
    """What a seek found: the parameter's ``value`` and what the indicator has ``reached`` there.

    If it is already met both are the scenario's own; if it cannot be reached they are those at the
    bound that comes nearest.
    """

    status: GoalSeekStatus
    parameter: str
    value: float
    indicator: str
    reached: float | None


def goal_seek(  # noqa: PLR0913  a question has this many parts
    topic: Topic,
    tables: Tables,
    scenario: Scenario,
    *,
    indicator: str,
    target: float,
    parameter: str,
) -> GoalSeekResult:
    """Find the value of ``by`` within its bounds, nearest the scenario's, that reaches ``reach``.

    The indicator says which way is better; where it does not, it has to cross from the side on
    which it is. It must move one way only as ``by`` grows. A parameter that is a whole number is
    found to the whole number. Raises ValueError for a parameter that is unknown or open at an end,
    KeyError for an unknown indicator.
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
        msg = f"{parameter} has no bounds at both ends: it cannot be sought"
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
    """The value nearest ``unmet`` that is met, to ``step``; ``far`` is met."""
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
