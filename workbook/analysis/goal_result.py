"""Result of a goal seek, in figures and in words."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from workbook.analysis.goal import Goal
from workbook.analysis.goal_search import SearchLimits
from workbook.analysis.model_runner import as_declared_kind, indicator_number
from workbook.outcome import Outcome
from workbook.scenario import Parameter
from workbook.text.grammar import join_items
from workbook.text.numbers import format_probability, format_value

GoalSeekStatus = Literal["reached", "already met", "cannot be reached"]


@dataclass(frozen=True)
class GoalSeekResult:
    """Result of a goal seek.

    Attributes:
        status: Whether the target is reached, already met or cannot be reached.
        parameter: Name of the parameter.
        value: Value of the parameter: the scenario's own if the target is already met, the one
            that comes nearest if it cannot be reached.
        indicator: Name of the indicator.
        reached: The indicator at that value, None where it is missing.
        probability: Share of simulations that reach the target there, None where the indicator is
            not simulated.
        other_values: Other values at which the indicator crosses the target, rising.
        sentences: The result in words: what reaches the target, where the search ended, and what
            else reaches it.
    """

    status: GoalSeekStatus
    parameter: str
    value: float
    indicator: str
    reached: float | None
    probability: float | None = None
    other_values: tuple[float, ...] = ()
    sentences: tuple[str, ...] = field(default=(), compare=False)

    def as_dict(self) -> dict[str, Any]:
        """The result as ``seek --json`` prints it."""
        names = ("status", "parameter", "value", "indicator", "reached", "probability")
        return {name: getattr(self, name) for name in names}


def make_result(  # noqa: PLR0913, PLR0917  what a result is made of
    status: GoalSeekStatus,
    outcomes: tuple[Outcome, Outcome],
    goal: Goal,
    by: str,
    limits: SearchLimits,
    other_values: Sequence[float] = (),
) -> GoalSeekResult:
    """Make the result of a goal seek.

    Args:
        status: Whether the goal is reached.
        outcomes: Outcome of the scenario, and that of the value found.
        goal: The goal.
        by: Name of the parameter.
        limits: Values between which it was searched.
        other_values: Other values at which the indicator crosses the target, rising.

    Returns:
        The result with its sentences.
    """
    end = outcomes[1]
    wording = _Wording(goal, outcomes, end.scenario.parameters()[by], limits)
    return GoalSeekResult(
        status,
        by,
        wording.value_in(end),
        goal.indicator,
        indicator_number(end, goal.indicator),
        goal.share_of_simulations(end),
        tuple(other_values),
        (wording.describe(status), *wording.list_notes(status, other_values)),
    )


@dataclass(frozen=True)
class _Wording:
    """What the sentences of a result speak of."""

    goal: Goal
    outcomes: tuple[Outcome, Outcome]
    parameter: Parameter
    limits: SearchLimits

    def value_in(self, outcome: Outcome) -> float:
        """The parameter's value in an outcome."""
        name = self.parameter.name
        return as_declared_kind(outcome.scenario, name, float(outcome.scenario.values()[name]))

    def describe(self, status: GoalSeekStatus) -> str:
        """The result in a sentence."""
        start, end = self.outcomes
        name = f"“{self.parameter.label}”"
        value, current = (
            self._format_parameter(self.value_in(outcome)) for outcome in (end, start)
        )
        if status == "already met":
            return (
                f"The target is already met with {name} at {value}: {self._describe_reached(end)}."
            )
        if status == "reached":
            return (
                f"{name} must be {value} (now {current}): then {self._describe_reached(end)} (now"
                f" {self._format_reached(start)})."
            )
        if self.goal.margin(end) == -math.inf:
            return self._describe_unknown(name, end)
        low, high = map(self._format_parameter, (self.limits.low, self.limits.high))
        return (
            f"The target cannot be reached with {name} from {low} to {high}: at best, at {value},"
            f" {self._describe_reached(end)} (now {self._format_reached(start)})."
        )

    def _describe_unknown(self, name: str, outcome: Outcome) -> str:
        """Say that the indicator is not known at any value, and why, so it cannot be sought."""
        indicator = outcome[self.goal.indicator]
        reason = f": {indicator.explanation}" if indicator.explanation else ""
        return (
            f"“{indicator.label}” is not known, so no value of {name} can be sought for it{reason}."
        )

    def list_notes(self, status: GoalSeekStatus, other_values: Sequence[float]) -> Iterator[str]:
        """Notes on what else reaches the target, and on where the search ended."""
        if other_values:
            others = join_items(map(self._format_parameter, other_values))
            yield f"The target is crossed at {others} too: this is the nearest to the scenario."
        is_known = self.goal.margin(self.outcomes[1]) > -math.inf
        if status != "already met" and is_known and self.limits.note:
            yield self.limits.note

    def _format_parameter(self, value: float) -> str:
        return format_value(value, self.parameter.unit)

    def _describe_reached(self, outcome: Outcome) -> str:
        """What an outcome reaches: ``“Seats free” is 20``."""
        indicator = outcome[self.goal.indicator]
        if self.goal.probability is None:
            return f"“{indicator.label}” is {indicator.formatted_value}"
        target = replace(self.goal, probability=None).describe_target(indicator)
        return f"{target} with a probability of {self._format_reached(outcome)}"

    def _format_reached(self, outcome: Outcome) -> str:
        """The indicator in an outcome, or the share of simulations that reach the target."""
        if self.goal.probability is None:
            return outcome[self.goal.indicator].formatted_value
        share = self.goal.share_of_simulations(outcome)
        return "not known" if share is None else format_probability(share)
