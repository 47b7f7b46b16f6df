"""Why a scenario is refused that is right in itself: for a table that it names."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl

from workbook.scenario import Problem, Scenario
from workbook.tables import TableError
from workbook.widgets.uploads import PREFIX

LOST = "an uploaded file is kept for its visit only. Upload it again, or choose another table."


def of_table(error: TableError, scenario: Scenario) -> Iterator[Problem]:
    """A problem for the parameter that names the refused table: the first of all its problems."""
    values, count = scenario.values(), len(error.problems)
    more = f" ({count:,} problems in all)" if count > 1 else ""
    for name, declared in scenario.parameters().items():
        if declared.choice_of == error.table:
            message = f"{name} is {values[name]!r}, which was refused: {error.problems[0]}{more}"
            yield Problem(name, values[name], message)


def of_link(query: str, scenario: type[Scenario]) -> Iterator[Problem]:
    """A problem for each file of another visit in a link's query string."""
    declared = scenario.parameters()
    for name, text in parse_qsl(query.removeprefix("?")):
        if name in declared and declared[name].choice_of and text.startswith(PREFIX):
            yield _lost(name, text)


def of_tables(
    old: Scenario, new: Scenario, uploaded: Callable[[str], list[str]], *, paths: bool
) -> Iterator[Problem]:
    """A problem for each value, now changed, that names a table which may not be read.

    ``uploaded`` are a parameter's values that stand for a file of this visit; other values are
    names, or ``paths`` where the reader may open files: on a page that would be a file of ours.
    """
    before, declared = old.values(), new.parameters()
    for name, value in new.values().items():
        text = str(value)
        if value == before[name] or not declared[name].choice_of or text in uploaded(name):
            continue
        if text.startswith(PREFIX):
            yield _lost(name, text)
        elif not paths:
            yield from new.paths([(name, text)])


def _lost(name: str, text: str) -> Problem:
    return Problem(name, text, f"{name} is {text!r}: {LOST}")
