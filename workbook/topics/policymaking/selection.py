"""Selection of the consultations of some departments, as known at a quarter's end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pandas as pd

from workbook.departments import list_departments
from workbook.periods import last_day_of_quarter
from workbook.scenario import (
    ParameterError,
    ScenarioError,
    known_departments,
    match_departments,
    unknown_name_errors,
    value_error,
)
from workbook.text.dates import format_day, format_span
from workbook.topics.policymaking.data import consultations_schema
from workbook.topics.policymaking.parameters import Policymaking
from workbook.topics.policymaking.status import consultations_as_of


@dataclass(frozen=True, eq=False)
class ConsultationSelection:
    """The consultations that a scenario selects, as known at the end of its quarter.

    Attributes:
        scenario: The scenario.
        rows: A row for each consultation, from ``consultations_as_of``.
        departments: Names of the departments that can be selected.
        opened_later: Consultations of the table that had not opened by then.
        warnings: Warnings at the parameters.
    """

    scenario: Policymaking
    rows: pd.DataFrame
    departments: tuple[str, ...]
    opened_later: int
    warnings: tuple[ParameterError, ...]

    @property
    def day(self) -> date:
        """The quarter's last day, by which each consultation is judged."""
        return last_day_of_quarter(self.scenario.quarter)

    @property
    def source(self) -> str:
        """How a sentence on what is not given begins."""
        is_bundled = self.scenario.data == consultations_schema.name
        return "The July 2014 report" if is_bundled else "The table"


def select_consultations(table: pd.DataFrame, scenario: Policymaking) -> ConsultationSelection:
    """Select the consultations of a scenario's departments.

    Args:
        table: The table of consultations.
        scenario: The scenario.

    Returns:
        The selection.

    Raises:
        ScenarioError: No topic knows a department, or the table has none of them.
    """
    day = last_day_of_quarter(scenario.quarter)
    known = consultations_as_of(table, day)
    names = known["department"].dropna().astype(str)
    place = f"a department in the table of consultations up to {format_day(day)}"
    options = {"department": known_departments(names)}
    entered = {"department": scenario.department}
    if errors := tuple(unknown_name_errors(entered, options, place)):
        raise ScenarioError(errors)
    chosen = match_departments(scenario.department, names)
    rows = known[known["department"].isin(chosen)] if chosen else known
    return ConsultationSelection(
        scenario=scenario,
        rows=rows.reset_index(drop=True),
        departments=list_departments(names),
        opened_later=len(table) - len(known),
        warnings=tuple(_list_warnings(table, known, scenario)),
    )


def _list_warnings(
    table: pd.DataFrame, known: pd.DataFrame, scenario: Policymaking
) -> Iterator[ParameterError]:
    """A warning where every consultation of the table opened after the quarter."""
    opened = [day for day in table["opened"] if isinstance(day, str) and day]
    if len(known) or not opened:
        return
    span = format_span(min(opened), max(opened))
    explanation = (
        f"no consultation in the table had opened by then. Its consultations opened in {span}."
    )
    yield value_error("quarter", scenario.quarter, explanation)
