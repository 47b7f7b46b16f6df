"""Evaluate a scenario: run the model and draw the charts, without any widget."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbook.outcome import Outcome
from workbook.scenario import Scenario
from workbook.topic import AnyChart, Tables, Topic


@dataclass(frozen=True, eq=False)
class Evaluation:
    """Outcome and charts of one scenario.

    Args:
        tables: The tables that the model read, by name.
        outcome: The model's outcome; its ``scenario`` is the one that was evaluated.
        charts: The topic's charts of the outcome, by name.
    """

    tables: Tables
    outcome: Outcome
    charts: Mapping[str, AnyChart]

    @property
    def scenario(self) -> Scenario:
        """The scenario that was evaluated."""
        return self.outcome.scenario


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
    charts = {name: draw_chart(outcome) for name, draw_chart in topic.charts.items()}
    return Evaluation(tables, outcome, charts)
