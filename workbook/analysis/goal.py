"""A goal: the value that an indicator is to reach, and by how much an outcome reaches it."""

import math
from dataclasses import dataclass, replace
from numbers import Real

import numpy as np

from workbook.analysis.model_runner import indicator_number
from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.text.numbers import format_share, format_value
from workbook.text.quoting import quote_value
from workbook.text.suggestions import unknown_name_message

_PRECISION, _SIMULATED_PRECISION = 1e-9, 1e-6


@dataclass(frozen=True)
class Goal:
    """The value that an indicator is to reach.

    Attributes:
        indicator: Name of the indicator.
        target: Value that it is to reach, in its unit.
        must_fall: Whether a value at or below the target reaches it, rather than one at or above.
        probability: Share of simulations that must reach the target; None for the indicator itself.
        is_share_of_simulations: Whether the goal is a share of simulations, which moves in steps.
    """

    indicator: str
    target: float
    must_fall: bool
    probability: float | None = None
    is_share_of_simulations: bool = False

    @property
    def precision(self) -> float:
        """Precision of a parameter that meets the goal, relative to its value."""
        return _SIMULATED_PRECISION if self.is_share_of_simulations else _PRECISION

    def margin(self, outcome: Outcome) -> float:
        """By how much an outcome meets the goal: at least 0 where it does, −∞ where not known.

        Args:
            outcome: The outcome.

        Returns:
            A difference in the indicator's unit, or of probabilities if one is asked for.
        """
        if self.probability is not None:
            share = self.share_of_simulations(outcome)
            return -math.inf if share is None else share - self.probability
        return self.margin_of(indicator_number(outcome, self.indicator))

    def margin_of(self, value: float | None) -> float:
        """By how much a value of the indicator meets the goal, as ``margin``."""
        if value is None:
            return -math.inf
        return self.target - value if self.must_fall else value - self.target

    def share_of_simulations(self, outcome: Outcome) -> float | None:
        """Share of an outcome's simulations that reach the target; None where there are none."""
        if outcome.simulations is None or outcome[self.indicator].value is None:
            return None
        draws = outcome.simulations.indicators.get(self.indicator)
        if draws is None:
            return None
        return float(np.mean(draws <= self.target if self.must_fall else draws >= self.target))

    def describe_target(self, indicator: Indicator) -> str:
        """Describe what is sought: ``“Seats free” is at least 20 in 80% of simulations``."""
        side = "at most" if self.must_fall else "at least"
        text = f"“{indicator.label}” is {side} {format_value(self.target, indicator.unit)}"
        if self.probability is None:
            return text
        return f"{text} in {format_share(self.probability)} of simulations"

    def with_target(self, target: float) -> "Goal":
        """The same goal with another target."""
        return replace(self, target=target)


def make_goal(
    outcome: Outcome, indicator: str, reach: float, probability: float | None = None
) -> Goal:
    """Make a goal, and check that it can be sought.

    The indicator's direction decides whether it must rise or fall to the target. One without a
    direction must cross the target from where it is.

    Args:
        outcome: The outcome to start from.
        indicator: Name of the indicator.
        reach: Value that it is to reach, in its unit.
        probability: Share of simulations that must reach it; None for the indicator itself.

    Returns:
        The goal.

    Raises:
        ValueError: The indicator is unknown or not a number, the target is not a number, or there
            can be no such probability.
    """
    names = [known.name for known in outcome.indicators]
    if indicator not in names:
        raise ValueError(unknown_name_message("indicator", indicator, names))
    current = outcome[indicator]
    if current.unit == "quarter":
        msg = f"{indicator} is a quarter and not a number, so no value of it can be sought"
        raise ValueError(msg)
    target = _check_number("the value to reach", reach, current.unit)
    if probability is not None:
        probability = _check_number("the probability", probability, "share")
        _check_probability(outcome, current, probability)
    must_fall = current.direction == "lower" or (
        not current.direction and current.value is not None and float(current.value) > target
    )
    is_share = probability is not None or current.is_probability
    return Goal(indicator, target, must_fall, probability, is_share)


def _check_number(name: str, value: object, unit: str) -> float:
    is_number = isinstance(value, Real) and not isinstance(value, bool)
    if not is_number or not math.isfinite(float(value)):  # type: ignore[arg-type]
        example = "a fraction of 1 (30% is 0.3)" if unit == "share" else "a number, such as 1000"
        msg = f"{name} is {quote_value(value)}: it must be {example}"
        raise ValueError(msg)
    return float(value)  # type: ignore[arg-type]


def check_probability_range(probability: float) -> None:
    """Raise ValueError unless a share of simulations is above 0 and at most 1."""
    if not 0 < probability <= 1:
        msg = f"the probability is {probability:g}: it must be above 0 and at most 1"
        raise ValueError(msg)


def _check_probability(outcome: Outcome, current: Indicator, probability: float) -> None:
    check_probability_range(probability)
    if current.is_probability:
        msg = (
            f"{current.name} is a probability itself: give it as the value to reach, without"
            " another probability"
        )
        raise ValueError(msg)
    simulated = outcome.simulations.indicators if outcome.simulations else {}
    if current.name not in simulated:
        others = f" Simulated: {', '.join(simulated)}." if simulated else ""
        msg = f"{current.name} is not simulated, so no probability of it is known.{others}"
        raise ValueError(msg)
