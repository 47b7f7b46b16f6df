"""The analyses of a study that its visitor requests. Each is made when a notebook shows it."""

from functools import cached_property
from typing import TypeVar

from workbook.topic import Topic
from workbook.widgets.comparison import ComparisonWidget
from workbook.widgets.dependence import DependenceWidget
from workbook.widgets.evaluation import Evaluation
from workbook.widgets.form import FormWidget
from workbook.widgets.goal_seek import GoalSeekWidget
from workbook.widgets.requested_analysis import RequestedAnalysis

_Analysis = TypeVar("_Analysis", bound=RequestedAnalysis)


class RequestedAnalyses:
    """The requested analyses of a study, which follow the changes of its scenario.

    Args:
        topic: The topic.
        form: The study's form.
    """

    def __init__(self, topic: Topic, form: FormWidget) -> None:
        self._topic, self._study_id, self._uploads = topic, form.study_id, form.uploads
        self._evaluation: Evaluation | None = None
        self._analyses: list[RequestedAnalysis] = []

    def show(self, evaluation: Evaluation) -> None:
        """Follow a change of the scenario.

        Args:
            evaluation: The outcome of the new scenario.
        """
        self._evaluation = evaluation
        for analysis in self._analyses:
            analysis.show(evaluation)

    @cached_property
    def goal_seek(self) -> GoalSeekWidget:
        """What reaches a target."""
        return self._follow(GoalSeekWidget(self._topic, self._study_id))

    @cached_property
    def comparison(self) -> ComparisonWidget:
        """What differs between scenarios."""
        return self._follow(ComparisonWidget(self._topic, self._study_id, self._uploads))

    @cached_property
    def dependence(self) -> DependenceWidget:
        """What an indicator depends on."""
        return self._follow(DependenceWidget(self._topic, self._study_id))

    def _follow(self, analysis: _Analysis) -> _Analysis:
        """Let an analysis follow the scenario from now on."""
        if self._evaluation:
            analysis.show(self._evaluation)
        self._analyses.append(analysis)
        return analysis
