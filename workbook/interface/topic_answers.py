"""Answer what programs ask of a topic: a run of a scenario, and a goal seek."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from workbook.analysis.goal import make_goal
from workbook.analysis.goal_seek import seek, start_search
from workbook.exports.run_record import build_run_record, hash_source_tables
from workbook.interface.errors import RequestError
from workbook.interface.page_links import page_of_scenario
from workbook.scenario import Scenario, ScenarioError, page_limit_errors
from workbook.scenario.value_text import DECIMAL_PATTERN
from workbook.tables import TableError
from workbook.text.quoting import quote_value
from workbook.topic import Tables, Topic
from workbook.widgets.link_errors import (
    page_scenario_from_link,
    rejected_table_errors,
)

GOAL_FIELDS: Final = ("indicator", "reach", "by", "probability")
"""Names in a query that say what is sought. The others are the scenario to start from."""

_REQUIRED_FIELDS: Final = {
    "indicator": "give the name of the indicator that has a target",
    "reach": "give the target, in the indicator's unit (30% is 0.3)",
    "by": "give the name of the parameter that may change",
}


def run_scenario(topic: Topic, query: str, home: str) -> dict[str, Any]:
    """Run a topic's model on a scenario.

    Args:
        topic: The topic.
        query: The scenario as a link to the topic's page has it.
        home: Address of the home page, with the last slash; empty for relative links.

    Returns:
        The run as ``run --json`` prints it, with its notes and a link to its page.

    Raises:
        ScenarioError: A value is invalid or too large for a page, or the tables have no data.
        RequestError: A table cannot be used.
    """
    scenario = page_scenario_from_link(query, topic)
    outcome = topic.evaluate_model(_load_tables(topic, scenario), scenario)
    return {
        **build_run_record(topic, outcome),
        "notes": list(outcome.warnings_and_notes),
        "link": f"{home}{page_of_scenario(topic, scenario)}",
    }


def seek_goal(topic: Topic, query: str, home: str) -> dict[str, Any]:
    """Find the value of a parameter at which an indicator reaches a target.

    Args:
        topic: The topic.
        query: ``GOAL_FIELDS``, and the scenario to start from as a link has it.
        home: Address of the home page, with the last slash; empty for relative links.

    Returns:
        The result as ``seek --json`` prints it, with the indicator's interval and the scenario at
        the value found, the result in sentences, and a link to that scenario's page.

    Raises:
        ScenarioError: A value is invalid or too large for a page, or the tables have no data.
        RequestError: The goal is incomplete or cannot be sought, or a table cannot be used.
    """
    goal, scenario_query = _parse_goal(query)
    scenario = page_scenario_from_link(scenario_query, topic)
    tables = _load_tables(topic, scenario)
    goal.check(topic, tables, scenario)
    with _errors_at("by"):
        result = seek(
            topic,
            scenario,
            indicator=goal.indicator,
            reach=goal.reach,
            by=goal.by,
            probability=goal.probability,
            tables=tables,
        )
    solution = scenario.with_value(goal.by, result.value)
    indicator = topic.evaluate_model(tables, solution)[goal.indicator].as_dict()
    return {
        "topic": topic.name,
        "quarter": solution.quarter,
        "parameters": solution.values(),
        **result.as_dict(),
        "low": indicator["low"],
        "high": indicator["high"],
        "unit": indicator["unit"],
        "reason": indicator["reason"],
        "notes": [*result.sentences, *_page_limit_notes(solution)],
        "link": f"{home}{page_of_scenario(topic, solution)}",
        "data": hash_source_tables(topic, solution),
    }


def parse_number(name: str, text: str) -> float:
    """Parse a number of a request or of a command's option.

    Args:
        name: What it is called there.
        text: The text.

    Returns:
        The number.

    Raises:
        ValueError: The text is none.
    """
    if DECIMAL_PATTERN.fullmatch(text):
        return float(text)
    raise ValueError(f"{name} is {quote_value(text)}: it must be a number (30% is 0.3)")


@dataclass(frozen=True)
class _SoughtGoal:
    """What a request seeks: as the arguments of ``seek``."""

    indicator: str
    reach: float
    by: str
    probability: float | None

    def check(self, topic: Topic, tables: Tables, scenario: Scenario) -> None:
        """Raise RequestError at the part of the goal that cannot be sought."""
        with _errors_at("by"):
            start = start_search(topic, tables, scenario, self.by)
        with _errors_at("indicator"):
            make_goal(start, self.indicator, 0)
        with _errors_at("reach"):
            make_goal(start, self.indicator, self.reach)
        with _errors_at("probability"):
            make_goal(start, self.indicator, self.reach, self.probability)


def _parse_goal(query: str) -> tuple[_SoughtGoal, str]:
    """The goal of a query, and the query without it."""
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    texts: dict[str, str] = {}
    for name, text in pairs:
        if name in texts:
            raise RequestError(name, f"{name} is repeated: give it once.")
        if name in GOAL_FIELDS:
            texts[name] = text
    for name, advice in _REQUIRED_FIELDS.items():
        if not texts.get(name):
            raise RequestError(name, f"{name} is missing: {advice}.")
    numbers = {}
    for name in ("reach", "probability"):
        with _errors_at(name):
            numbers[name] = parse_number(name, texts[name]) if name in texts else None
    goal = _SoughtGoal(
        texts["indicator"], numbers["reach"] or 0.0, texts["by"], numbers["probability"]
    )
    return goal, urlencode([(name, text) for name, text in pairs if name not in GOAL_FIELDS])


def _load_tables(topic: Topic, scenario: Scenario) -> Tables:
    try:
        return topic.load_tables(scenario)
    except TableError as error:
        if errors := tuple(rejected_table_errors(error, scenario)):
            raise ScenarioError(errors) from error
        raise RequestError("", error.summary) from error


def _page_limit_notes(scenario: Scenario) -> list[str]:
    """Say why the page of a scenario that was found does not show it."""
    return [error.message for error in page_limit_errors(scenario.values(), scenario.parameters())]


@contextmanager
def _errors_at(place: str) -> Iterator[None]:
    """Say of a ValueError in this block which part of the request it is about."""
    try:
        yield
    except (RequestError, ScenarioError):
        raise
    except ValueError as error:
        raise RequestError(place, str(error)) from error
