"""Search over several levers for the cheapest values that meet a goal."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from operator import itemgetter

import numpy as np
from scipy.optimize import minimize

from workbook.analysis.callback_steps import run_callback_steps
from workbook.analysis.goal import Goal
from workbook.analysis.goal_search import (
    SearchLimits,
    find_crossing,
    interpolate,
    run_search,
    search_limits,
)
from workbook.analysis.model_runner import as_declared_kind, indicator_number
from workbook.analysis.steps import Steps
from workbook.methods.arrays import FloatArray
from workbook.outcome import Outcome
from workbook.scenario import Scenario, ScenarioError
from workbook.topic import Tables, Topic

CostSource = str | Mapping[str, float]
"""An indicator that is the cost, or pounds for each unit by which a lever rises.

A negative number makes it cost to lower the lever.
"""

_MOST_RUNS = 100
"""Runs of the model in one optimisation."""

_LINE_PRECISION = 1e-6
"""Precision of the point on a line at which the goal is met, as a fraction of its length."""

_FIRST_RADIUS, _LAST_RADIUS = 0.1, 1e-6
"""Trust region of the optimisation, as a fraction of the levers' limits."""

_UNKNOWN = 1e6
"""Stands for a missing indicator in the optimisation, which needs finite numbers."""


@dataclass(frozen=True)
class LeverPoint:
    """Values of the levers, with what they reach and cost."""

    lever_values: Mapping[str, float]
    reached: float | None
    cost: float
    margin: float


@dataclass(eq=False)
class LeverSearch:
    """Runs of a model with other values of several levers, each between 0 and 1 of its limits.

    Attributes:
        topic: The topic whose model is run.
        tables: The topic's tables.
        start: Outcome of the scenario to start from.
        levers: Names of the levers.
        cost: Where the cost comes from.
        goal: The goal that is to be met.
        known: What was reached with the values tried so far.
    """

    topic: Topic
    tables: Tables
    start: Outcome
    levers: Sequence[str]
    cost: CostSource
    goal: Goal
    known: dict[tuple[float, ...], LeverPoint] = field(default_factory=dict)

    def with_target(self, target: float) -> "LeverSearch":
        """The same search for another target. It knows the runs that say how far they meet it."""
        goal = self.goal.with_target(target)
        known = {
            values: replace(point, margin=goal.margin_of(point.reached))
            for values, point in self.known.items()
            if goal.probability is None
        }
        return replace(self, goal=goal, known=known)

    @property
    def cost_unit(self) -> str:
        """Unit of the cost."""
        return self.start[self.cost].unit if isinstance(self.cost, str) else "GBP"

    @cached_property
    def limits(self) -> list[SearchLimits]:
        """Limits of the levers."""
        return [search_limits(self.start.scenario, name) for name in self.levers]

    @cached_property
    def start_position(self) -> FloatArray:
        """The scenario's own values, as fractions of the limits."""
        values = self.start.scenario.values()
        return np.array(
            [
                (float(values[name]) - ends.low) / (ends.high - ends.low or 1.0)
                for name, ends in zip(self.levers, self.limits, strict=True)
            ]
        )

    def run(self, position: FloatArray) -> LeverPoint | None:
        """Run the model at a position, once; None where the values contradict each other."""
        values = {
            name: as_declared_kind(
                self.start.scenario, name, interpolate(ends.low, ends.high, float(fraction))
            )
            for name, ends, fraction in zip(
                self.levers, self.limits, np.clip(position, 0, 1), strict=True
            )
        }
        key = tuple(values.values())
        if key not in self.known:
            try:
                scenario = _replace_values(self.start.scenario, values)
            except ScenarioError:
                return None
            outcome = self.topic.evaluate_model(self.tables, scenario)
            self.known[key] = LeverPoint(
                values,
                indicator_number(outcome, self.goal.indicator),
                self._cost_of(outcome, values),
                self.goal.margin(outcome),
            )
        return self.known[key]

    def margin(self, position: FloatArray) -> float:
        """By how much a position meets the goal; −∞ where that is not known."""
        point = self.run(position)
        return -math.inf if point is None else point.margin

    def cost_at(self, position: FloatArray) -> float:
        """Cost of a position; infinite where the values contradict each other."""
        point = self.run(position)
        return math.inf if point is None else point.cost

    def corner_positions(self) -> Steps[list[FloatArray]]:
        """For each lever alone the end that is better for the goal, and all of them together."""
        corners = []
        for index in range(len(self.levers)):
            ends = []
            for end in (0.0, 1.0):
                position = self.start_position.copy()
                position[index] = end
                ends.append((self.margin(position), position))
                yield None
            corners.append(max(ends, key=itemgetter(0))[1])
        together = np.array([corner[index] for index, corner in enumerate(corners)])
        return [*corners, together]

    def first_met(self, unmet: FloatArray, met: FloatArray) -> Steps[FloatArray]:
        """Position on the line to ``met`` at which the goal is first met."""

        def place(fraction: float) -> FloatArray:
            return unmet + fraction * (met - unmet)

        margins = {0.0: self.margin(unmet), 1.0: self.margin(met)}
        search = find_crossing(0.0, 1.0, margins, _LINE_PRECISION)
        fraction = yield from run_search(search, lambda trial: self.margin(place(trial)))
        return place(fraction)

    def minimise(self, position: FloatArray) -> Steps[FloatArray]:
        """Minimise the cost subject to the goal, from a position, by COBYQA.

        Args:
            position: Where to start.

        Yields:
            None after each run of the model.

        Returns:
            The position found, which may miss the goal by a little.
        """
        cost_scale = self._spread([point.cost for point in self.known.values()])
        margin_scale = self._spread([point.margin for point in self.known.values()])

        def scale(trial: FloatArray) -> tuple[float, float]:
            cost, margin = self.cost_at(trial), self.margin(trial)
            return (
                _UNKNOWN if math.isinf(cost) else cost / cost_scale,
                -_UNKNOWN if math.isinf(margin) else margin / margin_scale,
            )

        return run_callback_steps(partial(_minimise_by_cobyqa, position), scale)

    def cheapest(self) -> LeverPoint | None:
        """The cheapest of the values tried that meet the goal; None if none does.

        Where several cost the same, those nearest to the scenario.
        """
        met = [point for point in self.known.values() if point.margin >= 0]
        return min(met, key=lambda point: (point.cost, self._distance(point)), default=None)

    def nearest(self) -> LeverPoint:
        """Of the values tried those that come nearest to the goal."""
        return max(self.known.values(), key=lambda point: point.margin)

    def _distance(self, point: LeverPoint) -> float:
        """How far a point is from the scenario, in fractions of the levers' limits."""
        start = self.start.scenario.values()
        return sum(
            abs(point.lever_values[name] - float(start[name])) / (ends.high - ends.low or 1.0)
            for name, ends in zip(self.levers, self.limits, strict=True)
        )

    def _cost_of(self, outcome: Outcome, values: Mapping[str, float]) -> float:
        if isinstance(self.cost, str):
            cost = indicator_number(outcome, self.cost)
            return math.inf if cost is None else cost
        start = self.start.scenario.values()
        return sum(
            max(self.cost[name] * (value - float(start[name])), 0.0)
            for name, value in values.items()
        )

    @staticmethod
    def _spread(numbers: Sequence[float]) -> float:
        finite = [number for number in numbers if math.isfinite(number)]
        return (max(finite) - min(finite) if finite else 0.0) or 1.0


def _minimise_by_cobyqa(
    position: FloatArray, scale: Callable[[FloatArray], tuple[float, float]]
) -> FloatArray:
    """Minimise the first of two scaled functions where the second is at least 0."""
    known: dict[bytes, tuple[float, float]] = {}

    def evaluate(trial: FloatArray) -> tuple[float, float]:
        key = trial.tobytes()
        if key not in known:
            known[key] = scale(trial)
        return known[key]

    optimum = minimize(
        lambda trial: evaluate(trial)[0],
        position,
        method="COBYQA",
        bounds=[(0.0, 1.0)] * len(position),
        constraints={"type": "ineq", "fun": lambda trial: evaluate(trial)[1]},
        options={
            "maxfev": _MOST_RUNS,
            "initial_tr_radius": _FIRST_RADIUS,
            "final_tr_radius": _LAST_RADIUS,
        },
    )
    return np.asarray(optimum.x, np.float64)


def _replace_values(scenario: Scenario, values: Mapping[str, float]) -> Scenario:
    for name, value in values.items():
        scenario = scenario.with_value(name, value)
    return scenario
