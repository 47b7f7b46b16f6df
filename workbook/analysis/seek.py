"""What must be true: the value of one parameter at which an indicator reaches a value."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal

from workbook.analysis.running import allowed, in_kind, number, runner
from workbook.scenario import Scenario
from workbook.topic import Tables, Topic

PRECISION = 1e-12
"""How closely a parameter that is not a whole number is found, as a fraction of its bounds."""

Status = Literal["reached", "already met", "cannot be reached"]


@dataclass(frozen=True)
class Answer:
    """What a seek found: the parameter's ``value`` and what the indicator has ``reached`` there.

    If it is already met both are the scenario's own; if it cannot be reached they are those at the
    bound that comes nearest.
    """

    status: Status
    parameter: str
    value: float
    indicator: str
    reached: float | None


def seek(  # noqa: PLR0913  a question has this many parts
    topic: Topic, tables: Tables, scenario: Scenario, *, indicator: str, reach: float, by: str
) -> Answer:
    """Find the value of ``by`` within its bounds, nearest the scenario's, that reaches ``reach``.

    The indicator says which way is better; where it does not, it has to cross from the side on
    which it is. It must move one way only as ``by`` grows. A parameter that is a whole number is
    found to the whole number. Raises ValueError for a parameter that is unknown or open at an end,
    KeyError for an unknown indicator.
    """
    run, own = runner(topic, tables, scenario, by), _own(scenario, by)
    low, high = (allowed(scenario, by, end) for end in _bounds(topic, by))

    @cache
    def value_at(value: float) -> float | None:
        return number(run(value), indicator)

    def answer(status: Status, value: float) -> Answer:
        return Answer(status, by, value, indicator, value_at(value))

    met = _goal(run(own)[indicator].better, value_at(own), reach)
    if met(value_at(own)):
        return answer("already met", own)
    far = next((end for end in (high, low) if met(value_at(end))), None)
    if far is None:
        nearest = min((low, high), key=lambda end: _distance(value_at(end), reach))
        return answer("cannot be reached", nearest)
    step = 1 if isinstance(own, int) else PRECISION * (high - low)
    return answer("reached", _bisect(lambda each: met(value_at(each)), own, far, step))


def _own(scenario: Scenario, by: str) -> float:
    return in_kind(scenario, by, float(scenario.values()[by]))


def _bounds(topic: Topic, by: str) -> tuple[float, float]:
    low, high = topic.Scenario.parameters()[by].bounds
    if low is None or high is None:
        msg = f"{by} has no bounds at both ends: it cannot be sought"
        raise ValueError(msg)
    return low, high


def _goal(better: str, now: float | None, reach: float) -> Callable[[float | None], bool]:
    falls = better == "lower" or (not better and now is not None and now > reach)
    if falls:
        return lambda value: value is not None and value <= reach
    return lambda value: value is not None and value >= reach


def _bisect(met: Callable[[float], bool], unmet: float, far: float, step: float) -> float:
    """The value nearest ``unmet`` that is met, to ``step``; ``far`` is met."""
    while abs(far - unmet) > step:
        middle = (unmet + far) // 2 if step == 1 else (unmet + far) / 2
        if middle in (unmet, far):
            break
        if met(middle):
            far = middle
        else:
            unmet = middle
    return far


def _distance(value: float | None, reach: float) -> float:
    return math.inf if value is None else abs(value - reach)
