"""Why a scenario is refused that is right in itself: for a table that it names."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl

from workbook.scenario import ParameterError, Scenario
from workbook.tables import TableError
from workbook.text.quoting import quote_value
from workbook.widgets.uploads import UPLOAD_PREFIX

_LOST_UPLOAD_ADVICE = (
    "an uploaded file is kept for its visit only. Upload it again, or choose another table."
)


def rejected_table_errors(error: TableError, scenario: Scenario) -> Iterator[ParameterError]:
    """A problem for the parameter that names the refused table: the first of all its problems."""
    values, count = scenario.values(), len(error.problems)
    total_note = f" ({count:,} problems in all)" if count > 1 else ""
    for name, parameter in scenario.parameters().items():
        if parameter.choice_of == error.table:
            message = (
                f"{name} is {quote_value(values[name])}, which was refused: {error.problems[0]}"
                f"{total_note}"
            )
            yield ParameterError(name, values[name], message)


def link_errors(query: str, scenario: type[Scenario]) -> Iterator[ParameterError]:
    """A problem for each file of another visit in a link's query string."""
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
    """A problem for each value, now changed, that names a table which may not be read.

    ``uploaded`` are a parameter's values that stand for a file of this visit; other values are
    names, or ``paths`` where the reader may open files: on a page that would be a file of ours.
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
    return ParameterError(name, text, f"{name} is {quote_value(text)}: {_LOST_UPLOAD_ADVICE}")
