"""Links to pages, with the scenario that an answer is of."""

from workbook.scenario import Scenario
from workbook.topic import Topic


def page_of_scenario(topic: Topic, scenario: Scenario) -> str:
    """Address of a scenario's page below the home page."""
    query = scenario.to_query()
    return f"{topic.name}?{query}" if query else topic.name
