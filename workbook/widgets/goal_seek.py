"""Goal seek on the page: what must be true for an indicator to reach a target."""

from typing import Any, ClassVar

import traitlets

from workbook.analysis.goal_seek import seekable_parameters
from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.widgets.evaluation import Evaluation
from workbook.widgets.goal_requests import (
    WAYS,
    read_target,
    seek_cheapest_levers,
    seek_one_parameter,
    seek_two_parameters,
)
from workbook.widgets.requested_analysis import RequestedAnalysis, RequestedSteps
from workbook.widgets.requested_inputs import RequestInputs

_UNAVAILABLE = "No target can be sought here: no figure or no assumption is a number with limits."
_NOT_CHOSEN = (
    "To find what it takes to reach a target, choose the figure and the value on the page."
)


class GoalSeekWidget(RequestedAnalysis):
    """A form for a target and the parameters that may change, and what reaches the target.

    Inputs are ``way`` (``one``, ``two`` or ``cheapest``), ``indicator``, ``target`` and
    ``probability`` (both as a visitor types them), and according to the way ``parameter``,
    ``other_parameter``, or ``levers``, ``cost`` (an indicator, or empty) and ``cost_LEVER``.

    Traits:
        indicators: Each indicator that is a number.
        parameters: Each parameter that can be sought, the topic's levers first.
        unavailable: Why there is nothing to choose; empty if there is.
    """

    name: ClassVar[str] = "goal_seek"
    indicators = traitlets.List(traitlets.Dict()).tag(sync=True)
    parameters = traitlets.List(traitlets.Dict()).tag(sync=True)
    unavailable = traitlets.Unicode().tag(sync=True)

    def show(self, evaluation: Evaluation) -> None:
        """Follow a change of the scenario, which may change the labels.

        Args:
            evaluation: The outcome of the new scenario.
        """
        self.indicators = _describe_indicators(evaluation.outcome)
        self.parameters = self._describe_parameters(evaluation)
        self.unavailable = "" if self.indicators and self.parameters else _UNAVAILABLE
        super().show(evaluation)

    @property
    def empty_text(self) -> str:
        """Why there is no result."""
        return self.unavailable or _NOT_CHOSEN

    def analyse(self, evaluation: Evaluation, inputs: RequestInputs) -> RequestedSteps:
        """Seek the target in the chosen way, as ``RequestedAnalysis.analyse``."""
        target = read_target(evaluation.outcome, inputs)
        search = {
            "one": seek_one_parameter,
            "two": seek_two_parameters,
            "cheapest": seek_cheapest_levers,
        }[inputs.choice("way", WAYS, "way")]
        return (yield from search(self.topic, evaluation, inputs, target))

    def _describe_parameters(self, evaluation: Evaluation) -> list[dict[str, Any]]:
        seekable = seekable_parameters(evaluation.scenario)
        levers = [name for name in self.topic.levers if name in seekable]
        others = [name for name in seekable if name not in levers]
        return [
            {
                "name": name,
                "label": seekable[name].label,
                "unit": seekable[name].unit,
                "is_lever": name in levers,
            }
            for name in (*levers, *others)
        ]


def _describe_indicators(outcome: Outcome) -> list[dict[str, Any]]:
    return [
        _describe_indicator(indicator)
        for indicator in outcome.indicators
        if indicator.unit != "quarter"
    ]


def _describe_indicator(indicator: Indicator) -> dict[str, Any]:
    is_simulated = indicator.low is not None and not indicator.is_probability
    is_cost = indicator.unit == "GBP" and indicator.direction == "lower"
    return {
        "name": indicator.name,
        "label": indicator.label,
        "unit": indicator.unit,
        "direction": indicator.direction,
        "is_simulated": is_simulated,
        "is_cost": is_cost,
    }
