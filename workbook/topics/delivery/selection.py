"""Selection of commitments, services and sales by department and programme."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from workbook.departments import department_name, list_departments
from workbook.periods import last_day_of_quarter
from workbook.scenario import (
    ParameterError,
    ScenarioError,
    empty_selection_error,
    known_departments,
    match_departments,
    split_list,
    unknown_name_errors,
    value_error,
)
from workbook.text.dates import format_month
from workbook.topics.delivery.parameters import Delivery

_EXEMPLAR_PROGRAMME, _GCLOUD_PROGRAMME = "Exemplar services", "G-Cloud"
"""Programmes with tables of their own."""

_ROW_TABLES = ("commitments", "progress_measures", "events")
"""Tables with a programme and a department in each row."""


@dataclass(frozen=True, eq=False)
class DeliverySelection:
    """The rows of the tables that a scenario selects.

    Attributes:
        quarter: The scenario's quarter.
        commitments: Rows of the table of commitments.
        measures: Rows of the table of progress measures.
        events: Rows of the table of events.
        phases: Rows of the table of exemplar phases.
        milestones: Rows of the table of exemplar milestones.
        returns: Rows of the table of G-Cloud sales.
        totals: Rows of the table of G-Cloud totals.
        all_commitment_count: Number of commitments, selected or not, known by the quarter.
        includes_all_exemplars: Whether all exemplar services are selected, as published counts are
            for all of them.
        departments: The selected departments, as a list with semicolons; empty for all.
        programmes: The selected programmes, in the same way.
        has_uploaded_sales: Whether the scenario names an uploaded table of sales.
        options: Names that can be selected, by parameter.
    """

    quarter: str
    commitments: pd.DataFrame
    measures: pd.DataFrame
    events: pd.DataFrame
    phases: pd.DataFrame
    milestones: pd.DataFrame
    returns: pd.DataFrame
    totals: pd.DataFrame
    all_commitment_count: int
    includes_all_exemplars: bool
    departments: str
    programmes: str
    has_uploaded_sales: bool
    options: Mapping[str, tuple[str, ...]]

    @property
    def is_filtered(self) -> bool:
        """Whether only some departments or programmes are selected."""
        return bool(self.departments or self.programmes)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is selected."""
        frames = (self.commitments, self.measures, self.events, self.milestones)
        return all(frame.empty for frame in frames)

    @property
    def day(self) -> date:
        """The last day of the quarter, by which commitments are assessed."""
        return last_day_of_quarter(self.quarter)


def select_delivery_data(
    tables: Mapping[str, pd.DataFrame], scenario: Delivery
) -> DeliverySelection:
    """Select the rows for a scenario's departments and programmes.

    Args:
        tables: The tables as known at the end of the scenario's quarter.
        scenario: The scenario.

    Returns:
        The selected rows.

    Raises:
        ScenarioError: A department or programme is unknown, or nothing is left.
    """
    options = _filter_options(tables)
    if errors := tuple(_filter_errors(tables, scenario, options)):
        raise ScenarioError(errors)
    departments = match_departments(scenario.department, _department_names(tables))
    programmes = split_list(scenario.programme)
    includes_exemplars = not programmes or _EXEMPLAR_PROGRAMME in programmes
    phases, milestones = _select_services(tables, departments, included=includes_exemplars)
    includes_sales = not departments and (not programmes or _GCLOUD_PROGRAMME in programmes)
    returns, totals = tables["gcloud_sales"], tables["gcloud_totals"]
    selection = DeliverySelection(
        quarter=scenario.quarter,
        commitments=_select_rows(tables["commitments"], departments, programmes),
        measures=_select_rows(tables["progress_measures"], departments, programmes),
        events=_select_rows(tables["events"], departments, programmes),
        phases=phases,
        milestones=milestones,
        returns=returns if includes_sales else returns[:0],
        totals=totals if includes_sales else totals[:0],
        all_commitment_count=tables["commitments"]["id"].nunique(),
        includes_all_exemplars=includes_exemplars and not departments,
        departments=scenario.department,
        programmes=scenario.programme,
        has_uploaded_sales=bool(scenario.sales),
        options=options,
    )
    if selection.is_filtered and selection.is_empty:
        raise ScenarioError([empty_selection_error("programme", _entered_filters(scenario))])
    return selection


def _filter_options(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[str, ...]]:
    programmes = {programme for name in _ROW_TABLES for programme in tables[name]["programme"]}
    programmes |= set() if tables["exemplar_milestones"].empty else {_EXEMPLAR_PROGRAMME}
    programmes |= set() if tables["gcloud_sales"].empty else {_GCLOUD_PROGRAMME}
    return {
        "department": list_departments(_department_names(tables)),
        "programme": tuple(sorted(programmes)),
    }


def _department_names(tables: Mapping[str, pd.DataFrame]) -> set[str]:
    """Names of departments as the tables spell them."""
    names = (*_ROW_TABLES, "exemplar_phases")
    return {department for name in names for department in tables[name]["department"].dropna()} - {
        ""
    }


def _select_rows(
    rows: pd.DataFrame, departments: Collection[str], programmes: Collection[str]
) -> pd.DataFrame:
    """Rows of these departments and programmes; all if none is given.

    Their departments have their standard names.
    """
    kept = pd.Series(data=True, index=rows.index)
    for column, chosen in (("department", departments), ("programme", programmes)):
        if chosen:
            kept &= rows[column].isin(chosen)
    return _name_departments(rows[kept].reset_index(drop=True))


def _name_departments(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with the standard names of departments, as departments and as bodies."""
    columns = [name for name in ("department", "organisation") if name in rows]
    names = {name: rows[name].map(department_name, na_action="ignore") for name in columns}
    return rows.assign(**names)


def _select_services(
    tables: Mapping[str, pd.DataFrame], departments: Collection[str], *, included: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Lists and milestones of the departments' services; no rows if services are not included."""
    phases, milestones = tables["exemplar_phases"], tables["exemplar_milestones"]
    if not included:
        return phases[:0], milestones[:0]
    if not departments:
        return _name_departments(phases), milestones
    department_phases = _name_departments(phases[phases["department"].isin(departments)])
    return department_phases, milestones[milestones["title"].isin(department_phases["title"])]


def _filter_errors(
    tables: Mapping[str, pd.DataFrame],
    scenario: Delivery,
    options: Mapping[str, tuple[str, ...]],
) -> Iterator[ParameterError]:
    """An error if nothing is known by the quarter, or one for each filter with an unknown name."""
    if all(tables[name].empty for name in (*_ROW_TABLES, "exemplar_milestones", "gcloud_sales")):
        explanation = "nothing had been reported by then. Choose a later quarter."
        yield value_error("quarter", scenario.quarter, explanation)
        return
    place = f"in the data up to {format_month(last_day_of_quarter(scenario.quarter))}"
    known = {**options, "department": known_departments(options["department"])}
    yield from unknown_name_errors(_entered_filters(scenario), known, place)


def _entered_filters(scenario: Delivery) -> dict[str, str]:
    return {"department": scenario.department, "programme": scenario.programme}
