"""Scenarios of links, and errors of scenarios that name a table that cannot be used."""

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from workbook.scenario import (
    LINKED_SCENARIO,
    OpenedScenario,
    ParameterError,
    Scenario,
    ScenarioError,
    find_scenario_names,
    page_limit_errors,
    query_pairs,
    value_error,
)
from workbook.scenario.validation import with_page_limit
from workbook.tables import TableError
from workbook.topic import Topic
from workbook.widgets.uploads import UPLOAD_PREFIX

LINK_PROBLEM_TITLE: Final = "There is a problem with this link"
"""Heading of what says why a link cannot be opened."""

_LOST_UPLOAD_ADVICE = (
    "an uploaded file is kept for one visit only. Upload it again or select another table."
)


def rejected_table_errors(error: TableError, scenario: Scenario) -> Iterator[ParameterError]:
    """Errors of the parameters that name an invalid table.

    Args:
        error: The table's errors; the message has the first and their number.
        scenario: The scenario that names the table.

    Yields:
        An error for each such parameter.
    """
    values, count = scenario.values(), len(error.problems)
    count_note = f"{count:,} errors. First: " if count > 1 else ""
    for name, parameter in scenario.parameters().items():
        if parameter.choice_of == error.table:
            explanation = f"the table is not valid: {count_note}{error.problems[0]}"
            yield value_error(name, values[name], explanation)


def _no_uploaded_values(_: str) -> list[str]:
    return []


def scenario_from_link(
    query: str,
    topic: Topic,
    uploaded_values: Callable[[str], list[str]] = _no_uploaded_values,
) -> Scenario:
    """Make a scenario from a link, which may name the uploaded tables of this visit.

    Args:
        query: The link's query string. It may open a saved scenario, and change it further.
        topic: The topic.
        uploaded_values: Returns the values that stand for a parameter's files of this visit.

    Returns:
        The scenario.

    Raises:
        ScenarioError: There is no saved scenario of the name, or a value is invalid, a path, or a
            file uploaded in another visit.
    """
    return scenario_on_top(open_linked_scenario(query, topic), query, topic, uploaded_values)


def scenario_on_top(
    saved: OpenedScenario[Scenario] | None,
    query: str,
    topic: Topic,
    uploaded_values: Callable[[str], list[str]] = _no_uploaded_values,
) -> Scenario:
    """Make a scenario from the saved one that a link opens, and the further values of the link.

    Args:
        saved: The saved scenario; None for a link that opens none.
        query: The link's query string.
        topic: The topic.
        uploaded_values: As for ``scenario_from_link``.

    Returns:
        The scenario.

    Raises:
        ScenarioError: A value is invalid, a path, or a file uploaded in another visit.
    """
    start = saved.scenario if saved else topic.Scenario()
    pairs = start.with_current_names(query_pairs(query))
    texts = {**_table_texts(start), **dict(pairs)}
    errors = tuple(
        _unreadable_text_errors(texts.items(), topic.Scenario, uploaded_values, paths_allowed=False)
    )
    if errors:
        raise ScenarioError(errors)
    return start.with_pairs(pairs)


def page_scenario_from_link(query: str, topic: Topic) -> Scenario:
    """Make a scenario from a link that the server answers without opening a page.

    Args:
        query: The link's query string.
        topic: The topic.

    Returns:
        The scenario.

    Raises:
        ScenarioError: As ``scenario_from_link``, or a value is too large for a page.
    """
    try:
        scenario = scenario_from_link(query, topic)
    except ScenarioError as error:
        parameters = topic.Scenario.parameters()
        problems = [with_page_limit(problem, parameters) for problem in error.problems]
        raise ScenarioError(problems) from error
    if errors := tuple(page_limit_errors(scenario.values(), scenario.parameters())):
        raise ScenarioError(errors)
    return scenario


def open_linked_scenario(query: str, topic: Topic) -> OpenedScenario[Scenario] | None:
    """Open the saved scenario that a link names.

    Args:
        query: The link's query string.
        topic: The topic.

    Returns:
        The scenario; None for a link that names none.

    Raises:
        ScenarioError: There is no saved scenario of the name, or the link has several names.
    """
    names = find_scenario_names(query)
    if not names:
        return None
    if len(names) > 1:
        message = f"{LINKED_SCENARIO} is repeated: give it once."
        raise ScenarioError([ParameterError(LINKED_SCENARIO, names[-1], message)])
    try:
        return topic.scenarios.open(names[0])
    except ValueError as error:
        message = without_folders(str(error), topic)
        raise ScenarioError([ParameterError(LINKED_SCENARIO, names[0], message)]) from None


def without_folders(text: str, topic: Topic) -> str:
    """Leave out of a message about scenarios where their files are, which is nobody's business.

    Args:
        text: The message.
        topic: The topic of the scenarios.

    Returns:
        The message, in which a file has its name only.
    """
    for folder in topic.scenario_folders:
        text = text.replace(f"{folder}{os.sep}", "")
    return text


def _table_texts(scenario: Scenario) -> dict[str, str]:
    """Values of a scenario that select a table, by parameter."""
    values = scenario.values()
    return {
        name: str(values[name])
        for name, parameter in scenario.parameters().items()
        if parameter.choice_of
    }


def unreadable_table_errors(
    old_scenario: Scenario,
    new_scenario: Scenario,
    uploaded_values: Callable[[str], list[str]],
    *,
    paths_allowed: bool,
) -> Iterator[ParameterError]:
    """Errors of the changed parameters that name a table that may not be read.

    Args:
        old_scenario: The scenario before the change.
        new_scenario: The scenario after it.
        uploaded_values: Returns the values that stand for a parameter's files of this visit.
        paths_allowed: Whether a value may be a path. It may not on a page, where a visitor could
            read the server's files.

    Yields:
        An error for each such parameter.
    """
    old_values = old_scenario.values()
    changed_pairs = [
        (name, str(value))
        for name, value in new_scenario.values().items()
        if value != old_values[name]
    ]
    yield from _unreadable_text_errors(
        changed_pairs, type(new_scenario), uploaded_values, paths_allowed=paths_allowed
    )


def _unreadable_text_errors(
    pairs: Iterable[tuple[str, str]],
    scenario_class: type[Scenario],
    uploaded_values: Callable[[str], list[str]],
    *,
    paths_allowed: bool,
) -> Iterator[ParameterError]:
    parameters = scenario_class.parameters()
    for name, text in pairs:
        selects_table = name in parameters and parameters[name].choice_of
        if not selects_table or text in uploaded_values(name):
            continue
        if text.startswith(UPLOAD_PREFIX):
            yield _lost_upload_error(name, text)
        elif not paths_allowed:
            yield from scenario_class.file_path_errors([(name, text)])


def _lost_upload_error(name: str, text: str) -> ParameterError:
    return value_error(name, text, _LOST_UPLOAD_ADVICE)
