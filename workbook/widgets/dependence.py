"""What an indicator depends on, for the indicator that a visitor chooses."""

from typing import ClassVar

import traitlets

from workbook.analysis.dependence import run_dependence
from workbook.analysis.tornado import find_disappearing
from workbook.outcome import Outcome
from workbook.text.grammar import lower_first
from workbook.topic import AnalysisResult
from workbook.widgets.evaluation import Evaluation
from workbook.widgets.requested_analysis import RequestedAnalysis, RequestedSteps
from workbook.widgets.requested_inputs import RequestInputs
from workbook.widgets.requested_result import RequestedResult

_NO_RANGES = "No assumption of this topic has a range, so nothing can be said about its effect."
_NOT_CHOSEN = "To see what another figure depends on, choose it on the page."
_METHOD = (
    "The first chart sets one assumption at a time to the ends of its range. The others vary all"
    " assumptions together."
)
_NOT_SIMULATED = "The simulations do not give this figure, so only one assumption at a time varies."


class DependenceWidget(RequestedAnalysis):
    """A choice of an indicator, and what it depends on.

    The input ``indicator`` is the name of an indicator that is a number.

    Traits:
        indicators: Name and label of each indicator that is a number.
        unavailable: Why there is nothing to choose; empty if there is.
    """

    name: ClassVar[str] = "dependence"
    indicators = traitlets.List(traitlets.Tuple()).tag(sync=True)
    unavailable = traitlets.Unicode().tag(sync=True)

    def show(self, evaluation: Evaluation) -> None:
        """Follow a change of the scenario, which may change the labels.

        Args:
            evaluation: The outcome of the new scenario.
        """
        has_ranges = any(parameter.range for parameter in self.topic.Scenario.parameters().values())
        self.unavailable = "" if has_ranges else _NO_RANGES
        self.indicators = list(numeric_indicators(evaluation.outcome).items()) if has_ranges else []
        super().show(evaluation)

    @property
    def empty_text(self) -> str:
        """Why there is no result."""
        return self.unavailable or _NOT_CHOSEN

    def analyse(self, evaluation: Evaluation, inputs: RequestInputs) -> RequestedSteps:
        """Calculate what the chosen indicator depends on, as ``RequestedAnalysis.analyse``."""
        outcome = evaluation.outcome
        indicator = inputs.choice("indicator", numeric_indicators(outcome), "figure")
        count = self._count_steps_of(outcome)
        results: list[AnalysisResult] = []
        for result in run_dependence(self.topic, evaluation.tables, outcome, indicator):
            if result:
                results.append(result)
            yield count
        shown = tuple(result for result in results if not result.table.frame.empty)
        finding = _write_finding(outcome[indicator].label, shown)
        return RequestedResult((finding, _METHOD if len(shown) > 1 else _NOT_SIMULATED), shown)

    @staticmethod
    def _count_steps_of(outcome: Outcome) -> int:
        """About how many steps there are: two runs an assumption, the simulations and charts."""
        return 2 * sum(bool(known.range) for known in outcome.scenario.parameters().values()) + 7


def _write_finding(label: str, results: tuple[AnalysisResult, ...]) -> str:
    """What the indicator depends on most, by the tornado."""
    rows = results[0].table.frame if results else None
    if rows is None or rows["swing"].eq(0).all():
        return f"“{label}” does not change with any assumption in its range."
    if rows[["at_low", "at_high"]].isna().all(axis=None):
        return f"“{label}” has no figure in this scenario, nor at the ends of any range."
    count = int(find_disappearing(rows).sum())
    if count > 1:
        return f"Any of {count} assumptions alone can leave no {lower_first(label)}."
    return f"“{label}” depends most on “{rows['label'].iloc[0]}”."


def numeric_indicators(outcome: Outcome) -> dict[str, str]:
    """Label of each indicator that is a number, by name.

    Args:
        outcome: The outcome.

    Returns:
        The labels in the indicators' order.
    """
    return {
        indicator.name: indicator.label
        for indicator in outcome.indicators
        if indicator.unit != "quarter"
    }
