"""Run a topic's model on many scenarios: the tables of each quarter and source are loaded once."""

import math

from workbook.outcome import Outcome
from workbook.scenario import Scenario
from workbook.topic import Tables, Topic


class ScenarioRunner:
    """Runs one topic's model on scenarios of any quarter and any tables.

    Args:
        topic: The topic whose model is run.
        uploaded: Tables uploaded in this visit, by name.
    """

    def __init__(self, topic: Topic, uploaded: Tables | None = None) -> None:
        self.topic = topic
        self._uploaded = uploaded
        self._tables: dict[tuple[str, ...], Tables] = {}

    def run(self, scenario: Scenario) -> Outcome:
        """Run the model.

        Args:
            scenario: The scenario.

        Returns:
            The outcome.

        Raises:
            ScenarioError: The tables have no data for the scenario.
            TableError: A table has errors.
        """
        return self.topic.evaluate_model(self.load_tables(scenario), scenario)

    def load_tables(self, scenario: Scenario) -> Tables:
        """Load the tables of a scenario, each only once.

        Args:
            scenario: The scenario.

        Returns:
            Data frames by table name.

        Raises:
            TableError: A table has errors.
        """
        key = (scenario.quarter, *self.topic.table_sources(scenario).values())
        if key not in self._tables:
            self._tables[key] = self.topic.load_tables(scenario, self._uploaded)
        return self._tables[key]


def indicator_numbers(outcome: Outcome) -> dict[str, float]:
    """Numbers of an outcome.

    Args:
        outcome: The outcome.

    Returns:
        Value of each indicator by its name; NaN where it is missing or a quarter.
    """
    return {
        indicator.name: math.nan
        if indicator.value is None or isinstance(indicator.value, str)
        else float(indicator.value)
        for indicator in outcome.indicators
    }
