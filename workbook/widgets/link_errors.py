"""Scenarios of links, and errors of scenarios that name a table that cannot be used."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from workbook.scenario import ParameterError, Scenario, ScenarioError, query_pairs, value_error
from workbook.tables import TableError
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
    scenario_class: type[Scenario],
    uploaded_values: Callable[[str], list[str]] = _no_uploaded_values,
) -> Scenario:
    """Make a scenario from a link, which may name the uploaded tables of this visit.

    Args:
        query: The link's query string.
        scenario_class: The class of the topic's scenarios.
        uploaded_values: Returns the values that stand for a parameter's files of this visit.

    Returns:
        The scenario.

    Raises:
        ScenarioError: A value is invalid, a path, or a file uploaded in another visit.
    """
    pairs = scenario_class.with_current_names(query_pairs(query))
    errors = tuple(
        _unreadable_text_errors(pairs, scenario_class, uploaded_values, paths_allowed=False)
    )
    if errors:
        raise ScenarioError(errors)
    return scenario_class.from_pairs(pairs)


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
