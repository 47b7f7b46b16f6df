"""The departments of a scenario: their names, and the errors for those without figures."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from pydantic import AfterValidator

from workbook.departments import (
    DEPARTMENT_NAMES,
    LATER_NAMES,
    department_name,
    department_of_2014,
    list_departments,
)
from workbook.scenario.parameter import DEPARTMENT_PARAMETER
from workbook.scenario.selection_errors import unknown_name_error
from workbook.scenario.validation import ParameterError, ScenarioError, value_error
from workbook.scenario.value_text import join_list, split_list


def _standardise_names(text: str) -> str:
    return join_list(dict.fromkeys(map(department_name, split_list(text))))


DepartmentList = Annotated[str, AfterValidator(_standardise_names)]
"""A list of departments as text, separated by semicolons. Spellings of one name are one value."""


class NoDepartmentFiguresError(ScenarioError):
    """The tables have no rows for the departments of a scenario.

    Args:
        departments: The scenario's departments.
    """

    def __init__(self, departments: str) -> None:
        explanation = "there are no figures for it. Leave it blank for all departments."
        super().__init__([value_error(DEPARTMENT_PARAMETER, departments, explanation)])


def unknown_department_errors(departments: str) -> Iterator[ParameterError]:
    """Check departments in a topic that has no figures by department.

    Args:
        departments: The scenario's departments, a list with semicolons.

    Yields:
        An error for the first name that no topic knows, with the nearest known one.
    """
    known = known_departments()
    unknown = [name for name in split_list(departments) if name not in known]
    if unknown:
        place = "a department that any topic knows"
        yield unknown_name_error(DEPARTMENT_PARAMETER, departments, unknown[0], known, place)


def known_departments(present: Iterable[str] = ()) -> tuple[str, ...]:
    """Standard names of the departments that a scenario may name.

    Args:
        present: Names in the tables of a topic, as they are spelled there.

    Returns:
        These names and those of the departments of 2014, which other topics know; those of later
        years too. A name of 2014 comes first.
    """
    return tuple(dict.fromkeys((*DEPARTMENT_NAMES, *list_departments(present), *LATER_NAMES)))


def match_departments(departments: str, present: Iterable[str]) -> set[str]:
    """Find the names in a table that are of a scenario's departments.

    Args:
        departments: The scenario's departments, a list with semicolons.
        present: Names in the table, as they are spelled there.

    Returns:
        The names, whatever their spelling; a later department has the services of the earlier one.

    Raises:
        NoDepartmentFiguresError: The table has none of the departments.
    """
    chosen = {department_of_2014(name) for name in split_list(departments)}
    matched = {name for name in present if name and department_of_2014(name) in chosen}
    if chosen and not matched:
        raise NoDepartmentFiguresError(departments)
    return matched
