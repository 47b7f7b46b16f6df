"""Evaluate a scenario: run the model and draw the charts, without any widget."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

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
        tables: The tables that the model read, by name.
        outcome: The model's outcome; its ``scenario`` is the one that was evaluated.
        charts: The topic's charts of the outcome, by name.
        results: Results of the deferred analyses; None where they have not run.
    """

    tables: Tables
    outcome: Outcome
    charts: Mapping[str, AnyChart]
    results: tuple[AnalysisResult, ...] | None = None

    @property
    def scenario(self) -> Scenario:
        """The scenario that was evaluated."""
        return self.outcome.scenario


@dataclass(frozen=True)
class _PreparedDefault:
    """The evaluation of a topic's default scenario, and the checksums of its tables."""

    topic: Topic
    evaluation: Evaluation
    table_hashes: list[dict[str, str]]


_prepared: dict[str, _PreparedDefault] = {}
"""What was prepared in this process, by the topic's name."""


def evaluate(topic: Topic, tables: Tables, scenario: Scenario) -> Evaluation:
    """Run the topic's model once and draw its charts.

    Args:
        topic: The topic whose model runs.
        tables: The topic's tables by name, as known at the end of the scenario's quarter.
        scenario: A scenario of the topic.

    Returns:
        The outcome with its charts. No argument and no widget is changed.

    Raises:
        ScenarioError: The model has no result for this scenario.
    """
    outcome = topic.evaluate_model(tables, scenario)
    # Derived now: an error must come before anything is shown.
    _ = outcome.table_names, tuple(outcome.notes)
    charts = topic.draw_charts(outcome)
    # Simulations take a megabyte and more, which every open page would keep and none shows.
    return Evaluation(tables, replace(outcome, simulations=None), charts)


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
