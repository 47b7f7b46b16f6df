"""The Study: a topic with one scenario, its outcome, and a dashboard that shows both."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, cast
from weakref import WeakSet

import traitlets

from workbook.analysis.deferred import run_deferred
from workbook.analysis.precomputed_results import read_results
from workbook.scenario import Scenario
from workbook.topic import Tables, Topic
from workbook.widgets.controls import Controls
from workbook.widgets.dashboard import Dashboard
from workbook.widgets.deferred_analyses import DeferredAnalyses
from workbook.widgets.evaluation import Evaluation, evaluate, find_prepared
from workbook.widgets.requested_analyses import RequestedAnalyses
from workbook.widgets.study_analyses import StudyAnalyses
from workbook.widgets.study_scenarios import StudyScenarios
from workbook.widgets.study_views import StudyViews

_TRAITLETS_NAMES = frozenset(name for name in dir(traitlets.HasTraits) if name[0] != "_")
"""Names that completion leaves out: those of traitlets, which no analyst needs."""

_studies: "WeakSet[Study]" = WeakSet()
_NO_TEXTS: Mapping[str, str] = MappingProxyType({})


class _EvaluatedScenario(traitlets.Instance[Scenario]):
    """A trait that changes only once its new value has an outcome."""

    def __set__(self, obj: traitlets.HasTraits, value: Any) -> None:  # noqa: ANN401  any value
        study = cast("Study", obj)
        if not isinstance(value, study.topic.Scenario):
            raise traitlets.TraitError(
                f"study.scenario must be a scenario of {study.topic.name}: write study.scenario ="
                " study.scenario.replace(NAME=VALUE)"
            )
        study.change_scenario(value)


class Study(StudyViews, StudyAnalyses, StudyScenarios, traitlets.HasTraits):
    """A topic's scenario, its outcome, and a dashboard that shows them.

    Assign ``scenario`` to run the model once. Every view then shows the new outcome. The observers
    of ``scenario`` are notified last. An equal scenario changes nothing. If the model rejects the
    scenario, the assignment raises an error and the last outcome stays.

    Args:
        topic: The topic to study.
        scenario: The first scenario; the topic's default if None.
    """

    scenario = _EvaluatedScenario(Scenario)

    def __init__(self, topic: Topic, scenario: Scenario | None = None) -> None:
        super().__init__()
        self.topic = topic
        self.dashboard = Dashboard(topic)
        self.deferred = DeferredAnalyses(self.dashboard.show_result)
        self.requested = RequestedAnalyses(topic, self.dashboard.form)
        self._loaded_tables: tuple[tuple[str, ...], Tables] = ((), {})
        self._show(self._evaluate(scenario or topic.Scenario()))
        self.change_scenario(self._evaluation.scenario)
        self._controls = Controls(self)
        _studies.add(self)

    def __repr__(self) -> str:
        return f"<Study: {self.topic.title}. {self.outcome.headline}>"

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__()} - _TRAITLETS_NAMES)

    @property
    def controls(self) -> Controls:
        """The handlers of a visitor's actions."""
        return self._controls

    def change_scenario(self, scenario: Scenario) -> None:
        """Evaluate a scenario, show it in every view, and run the deferred analyses.

        Args:
            scenario: The new scenario. One equal to the present scenario changes nothing.

        Raises:
            ScenarioError: The model has no result for the scenario.
            TableError: A table that the scenario names is invalid.
        """
        evaluation = self.evaluate(scenario)
        if evaluation is not self._evaluation:
            self.link.count_step()
        self.accept(evaluation)
        self.deferred.run_all()

    def evaluate(self, scenario: Scenario) -> Evaluation:
        """Evaluate a scenario without showing it.

        Args:
            scenario: The scenario. The model does not run for one equal to the present scenario.

        Returns:
            The outcome and its charts.

        Raises:
            ScenarioError: The model has no result for the scenario.
            TableError: A table that the scenario names is invalid.
        """
        is_present = scenario == self._evaluation.scenario
        return self._evaluation if is_present else self._evaluate(scenario)

    def accept(
        self,
        evaluation: Evaluation,
        errors: Mapping[str, str] = _NO_TEXTS,
        rejected_texts: Mapping[str, str] = _NO_TEXTS,
    ) -> None:
        """Show an evaluation in every view, then set ``scenario``, which notifies its observers.

        Args:
            evaluation: An evaluation of this topic. The present one is not drawn again.
            errors: A message for each field whose text was rejected, by parameter.
            rejected_texts: The rejected texts by parameter; the form continues to show them.
        """
        if evaluation is not self._evaluation:
            self._show(evaluation)
        self.form.show(evaluation.scenario, errors, rejected_texts)
        self.set_trait("scenario", evaluation.scenario)

    def _evaluate(self, scenario: Scenario) -> Evaluation:
        if prepared := find_prepared(self.topic, scenario, self.form.uploads.tables):
            self._loaded_tables = self._tables_key(scenario), prepared.tables
            return prepared
        return evaluate(self.topic, self._load_tables(scenario), scenario)

    def _show(self, evaluation: Evaluation) -> None:
        """Show an outcome in every view, and prepare its deferred analyses."""
        self.dashboard.show(evaluation)
        results = evaluation.results or read_results(self.topic, evaluation.scenario)
        self.deferred.replace(
            run_deferred(self.topic, evaluation.tables, evaluation.outcome)
            if results is None
            else iter(results)
        )
        self.requested.show(evaluation)
        self._evaluation = evaluation

    def attribute_differences(self) -> Iterator[None]:
        """Attribute the differences to the pinned scenario, step by step, and show the result."""
        uploaded, pinned = self.form.uploads.tables, self.dashboard.pinned_scenario
        return pinned.attribution_steps(self.topic, self.outcome, uploaded)

    def _load_tables(self, scenario: Scenario) -> Tables:
        """Load the topic's tables, unless quarter and sources are those of the last call."""
        key = self._tables_key(scenario)
        if self._loaded_tables[0] != key:
            uploaded = self.form.uploads.tables
            self._loaded_tables = key, self.topic.load_tables(scenario, uploaded)
        return self._loaded_tables[1]

    def _tables_key(self, scenario: Scenario) -> tuple[str, ...]:
        return (scenario.quarter, *self.topic.table_sources(scenario).values())


def all_studies() -> list[Study]:
    """The studies that the notebook has made."""
    return list(_studies)
