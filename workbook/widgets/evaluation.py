"""Evaluate a scenario: run the model and draw the charts, without any widget."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace

from workbook.analysis.deferred import run_analyses
from workbook.exports.run_record import hash_source_tables
from workbook.outcome import Outcome
from workbook.resources import code_release
from workbook.scenario import Scenario
from workbook.topic import AnalysisResult, AnyChart, Tables, Topic


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Outcome and charts of one scenario.

    Args:
        topic: The topic.
        tables: The tables that the model read, by name.
        outcome: The model's outcome; its ``scenario`` is the one that was evaluated.
        results: Results of the deferred analyses; None where they have not run.
    """

    topic: Topic
    tables: Tables
    outcome: Outcome
    results: tuple[AnalysisResult, ...] | None = None
    _charts: dict[str, AnyChart | None] = field(default_factory=dict)

    @property
    def scenario(self) -> Scenario:
        """The scenario that was evaluated."""
        return self.outcome.scenario

    def chart(self, name: str) -> AnyChart | None:
        """Draw one of the topic's charts of the outcome, once.

        Args:
            name: The chart's name.

        Returns:
            The chart; None where the scenario leaves it out, and for a chart of an analysis.
        """
        if name not in self._charts:
            is_drawn = name in self.topic.charts
            self._charts[name] = self.topic.draw_chart(name, self.outcome) if is_drawn else None
        return self._charts[name]

    def derive_all(self) -> None:
        """Derive the tables and notes, and draw the charts, which fails where one cannot be.

        Raises:
            Exception: A table, a note or a chart has an error.
        """
        _ = self.outcome.table_names, tuple(self.outcome.notes)
        for name in self.topic.charts:
            self.chart(name)


@dataclass(frozen=True)
class _PreparedDefault:
    """The evaluation of a topic's default scenario, and the checksums of its tables."""

    topic: Topic
    evaluation: Evaluation
    table_hashes: list[dict[str, str]]


_prepared: dict[str, _PreparedDefault] = {}
"""What was prepared in this process, by the topic's name."""


def evaluate(topic: Topic, tables: Tables, scenario: Scenario) -> Evaluation:
    """Run the topic's model once. What follows from its outcome is derived when it is read.

    Args:
        topic: The topic whose model runs.
        tables: The topic's tables by name, as known at the end of the scenario's quarter.
        scenario: A scenario of the topic.

    Returns:
        The outcome, and its charts. No argument and no widget is changed.

    Raises:
        ScenarioError: The model has no result for this scenario.
    """
    outcome = topic.evaluate_model(tables, scenario)
    # Simulations take a megabyte and more, which every open page would keep and none shows.
    return Evaluation(topic, tables, replace(outcome, simulations=None))


def prepare_default(topic: Topic) -> None:
    """Evaluate a topic's default scenario with its deferred analyses, for ``find_prepared``.

    Args:
        topic: The topic.

    Raises:
        Exception: The topic cannot be evaluated.
    """
    scenario = topic.Scenario()
    table_hashes = hash_source_tables(topic, scenario)
    tables = topic.load_tables(scenario)
    evaluation = evaluate(topic, tables, scenario)
    evaluation.derive_all()
    results = run_analyses(topic, evaluation.outcome, tables)
    code_release(topic.package)  # kept by the process, for the records of copied links
    _prepared[topic.name] = _PreparedDefault(
        topic, replace(evaluation, results=results), table_hashes
    )


def find_prepared_outcome(topic: Topic) -> Outcome | None:
    """Find the outcome of a topic's default scenario.

    Args:
        topic: The topic.

    Returns:
        The outcome; None if it was not prepared in this process.
    """
    prepared = _prepared.get(topic.name)
    return prepared.evaluation.outcome if prepared and prepared.topic is topic else None


def find_prepared(
    topic: Topic, scenario: Scenario, uploaded: Collection[str] = ()
) -> Evaluation | None:
    """Find the prepared evaluation of a scenario, if its tables have not changed since.

    Args:
        topic: The topic.
        scenario: A scenario of the topic.
        uploaded: Names of the tables that were uploaded in this visit.

    Returns:
        The evaluation; None if this one was not prepared.
    """
    prepared = _prepared.get(topic.name)
    if prepared is None or prepared.topic is not topic or prepared.evaluation.scenario != scenario:
        return None
    try:
        table_hashes = hash_source_tables(topic, scenario, uploaded=uploaded)
    except ValueError:  # reported by whoever loads the tables
        return None
    return prepared.evaluation if table_hashes == prepared.table_hashes else None
