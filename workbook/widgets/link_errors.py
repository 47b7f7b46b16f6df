"""Errors of scenarios that are valid but name a table that cannot be used."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl

from workbook.scenario import ParameterError, Scenario, value_error
from workbook.tables import TableError
from workbook.widgets.uploads import UPLOAD_PREFIX

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


def link_errors(query: str, scenario: type[Scenario]) -> Iterator[ParameterError]:
    """Errors of the parameters of a link that name a file uploaded in another visit.

    Args:
        query: The link's query string.
        scenario: The class of the topic's scenarios.

    Yields:
        An error for each such parameter.
    """
    parameters = scenario.parameters()
    for name, text in parse_qsl(query.removeprefix("?")):
        if name in parameters and parameters[name].choice_of and text.startswith(UPLOAD_PREFIX):
            yield _lost_upload_error(name, text)


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
    old_values, parameters = old_scenario.values(), new_scenario.parameters()
    for name, value in new_scenario.values().items():
        text = str(value)
        if (
            value == old_values[name]
            or not parameters[name].choice_of
            or text in uploaded_values(name)
        ):
            continue
        if text.startswith(UPLOAD_PREFIX):
            yield _lost_upload_error(name, text)
        elif not paths_allowed:
            yield from new_scenario.file_path_errors([(name, text)])


def _lost_upload_error(name: str, text: str) -> ParameterError:
    return value_error(name, text, _LOST_UPLOAD_ADVICE)
