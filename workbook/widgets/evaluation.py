"""Evaluate a scenario: run the model and draw the charts, without any widget."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from workbook.analysis.deferred import run_deferred
from workbook.charts.figure import Figure
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


_prepared: dict[str, tuple[Topic, Evaluation]] = {}
"""The evaluation of each topic's default scenario, if it was prepared, by the topic's name."""


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
    _ = outcome.table_names  # built now: an error must come before anything is shown
    charts = {name: draw_chart(outcome) for name, draw_chart in topic.charts.items()}
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
    tables = topic.load_tables(scenario)
    evaluation = evaluate(topic, tables, scenario)
    results = tuple(filter(None, run_deferred(topic, tables, evaluation.outcome)))
    for chart in (*evaluation.charts.values(), *(result.chart for result in results)):
        if isinstance(chart, Figure):
            _ = chart.template.vega_lite_spec  # kept by the template
    code_release(topic.package)  # kept by the process, for the records of copied links
    _prepared[topic.name] = topic, replace(evaluation, results=results)


def find_prepared_outcome(topic: Topic) -> Outcome | None:
    """Find the outcome of a topic's default scenario.

    Args:
        topic: The topic.

    Returns:
        The outcome; None if it was not prepared in this process.
    """
    prepared_topic, evaluation = _prepared.get(topic.name, (None, None))
    return evaluation.outcome if evaluation and prepared_topic is topic else None


def find_prepared(topic: Topic, tables: Tables, scenario: Scenario) -> Evaluation | None:
    """Find the prepared evaluation of a scenario on the same tables.

    Args:
        topic: The topic.
        tables: The topic's tables.
        scenario: A scenario of the topic.

    Returns:
        The evaluation; None if this one was not prepared.
    """
    prepared_topic, evaluation = _prepared.get(topic.name, (None, None))
    if prepared_topic is not topic or evaluation is None or evaluation.scenario != scenario:
        return None
    is_same = all(evaluation.tables[name].equals(table) for name, table in tables.items())
    return evaluation if is_same else None
