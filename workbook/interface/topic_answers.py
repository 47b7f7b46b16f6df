"""Answer what programs ask of a topic: a run of a scenario, and a goal seek."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

from workbook.analysis.goal import check_probability_range, make_goal
from workbook.analysis.goal_seek import check_sought_parameters, seek, start_search
from workbook.exports.run_record import build_run_record, hash_source_tables
from workbook.interface.errors import RequestError, RequestPartsError
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
    request = _GoalRequest(query)
    try:
        scenario = page_scenario_from_link(request.scenario_query, topic)
        tables = _load_tables(topic, scenario)
        goal = request.make_goal(topic, tables, scenario)
    except ScenarioError:
        request.raise_errors()
        raise
    with _errors_at("by"):
        result = seek(topic, scenario, **goal, tables=tables)
    solution = scenario.with_value(result.parameter, result.value)
    indicator = topic.evaluate_model(tables, solution)[result.indicator].as_dict()
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


class _GoalRequest:
    """The goal in a query, and every error in it.

    Args:
        query: ``GOAL_FIELDS``, and the scenario to start from as a link has it.
    """

    def __init__(self, query: str) -> None:
        pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
        others = [(name, text) for name, text in pairs if name not in GOAL_FIELDS]
        self.scenario_query = urlencode(others)
        self._errors: list[RequestError] = []
        self._texts: dict[str, str] = {}
        self._read_texts(pairs)
        self._numbers: dict[str, float] = {}
        self._read_numbers()

    def make_goal(self, topic: Topic, tables: Tables, scenario: Scenario) -> dict[str, Any]:
        """Check the goal with a topic. Raises RequestError with each part that is at fault.

        Returns:
            The arguments of ``seek`` that say what is sought.
        """
        indicator, by = (self._texts.get(name, "") for name in ("indicator", "by"))
        reach, probability = (self._numbers.get(name) for name in ("reach", "probability"))
        if by:
            with self._collect("by"):
                check_sought_parameters(topic, tables, scenario, by)
        start = start_search(topic, tables, scenario)
        with self._collect("indicator"):
            if indicator:
                make_goal(start, indicator, 0)
        if indicator and not self._has_error("indicator"):
            with self._collect("reach"):
                make_goal(start, indicator, reach or 0)
            if not self._has_error("probability"):
                with self._collect("probability"):
                    make_goal(start, indicator, 0, probability)
        self.raise_errors()
        return {"indicator": indicator, "reach": reach, "by": by, "probability": probability}

    def raise_errors(self) -> None:
        """Raise RequestError with the errors found so far, if there are any."""
        if len(self._errors) == 1:
            raise self._errors[0]
        if self._errors:
            raise RequestPartsError(self._errors)

    def _read_texts(self, pairs: list[tuple[str, str]]) -> None:
        names = [name for name, _ in pairs]
        self._texts = {name: text for name, text in pairs if name in GOAL_FIELDS}
        for name in self._texts:
            if names.count(name) > 1:
                self._errors.append(RequestError(name, f"{name} is repeated: give it once."))
        for name, advice in _REQUIRED_FIELDS.items():
            if not self._texts.get(name):
                self._errors.append(RequestError(name, f"{name} is missing: {advice}."))

    def _read_numbers(self) -> None:
        for name in ("reach", "probability"):
            text = self._texts.get(name)
            if self._has_error(name) or text is None:
                continue
            with self._collect(name):
                self._numbers[name] = parse_number(name, text)
        if (probability := self._numbers.get("probability")) is not None:
            with self._collect("probability"):
                check_probability_range(probability)

    def _has_error(self, place: str) -> bool:
        return any(error.place == place for error in self._errors)

    @contextmanager
    def _collect(self, place: str) -> Iterator[None]:
        """Keep a ValueError in this block as an error of a part of the request."""
        try:
            with _errors_at(place):
                yield
        except RequestError as error:
            self._errors.append(error)


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
