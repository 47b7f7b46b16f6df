"""Which commitments, services and sales are asked about, and a clear refusal where none is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from workbook.periods import last_day_of_quarter
from workbook.scenario import (
    ParameterError,
    ScenarioError,
    empty_selection_error,
    split_list,
    unknown_name_errors,
)
from workbook.topics.delivery.commitments import assess_commitments, filter_commitments
from workbook.topics.delivery.exemplars import (
    PublishedPhaseCounts,
    milestone_derivations,
    published_phase_counts,
)
from workbook.topics.delivery.parameters import Delivery

_EXEMPLAR_PROGRAMME, _GCLOUD_PROGRAMME = "Exemplar services", "G-Cloud"
"""The programmes that have tables of their own beside their commitments."""


@dataclass(frozen=True, eq=False)
class DeliverySelection:
    """What is asked about, as it was known on a ``day``.

    ``commitments`` are judged; ``printed`` are the phases that a report prints, which are those of
    all departments' services: None where only some are chosen. ``filtered`` says whether anything
    may be missing for that reason; ``options`` are the names that can be chosen.
    """

    quarter: str
    day: date
    commitments: pd.DataFrame
    phases: pd.DataFrame
    milestones: pd.DataFrame
    returns: pd.DataFrame
    totals: pd.DataFrame
    published_phases: PublishedPhaseCounts | None
    is_filtered: bool
    options: Mapping[str, tuple[str, ...]]


def select_delivery_data(
    tables: Mapping[str, pd.DataFrame], scenario: Delivery
) -> DeliverySelection:
    """The scenario's selection from the tables, which hold what its quarter sees.

    Raises ScenarioError, at the parameter at fault, where a name is not there or nothing is left.
    """
    options = _filter_options(tables)
    departments, programmes = split_list(scenario.department), split_list(scenario.programme)
    if errors := tuple(_filter_errors(tables, scenario, options)):
        raise ScenarioError(errors)
    all_commitments, day = tables["commitments"], last_day_of_quarter(scenario.quarter)
    derivations = milestone_derivations(
        all_commitments, tables["exemplar_phases"], tables["exemplar_milestones"]
    )
    includes_exemplars = not programmes or _EXEMPLAR_PROGRAMME in programmes
    phases, milestones = _select_services(tables, departments, included=includes_exemplars)
    includes_sales = not departments and (not programmes or _GCLOUD_PROGRAMME in programmes)
    returns, totals = tables["gcloud_sales"], tables["gcloud_totals"]
    selection = DeliverySelection(
        scenario.quarter,
        day,
        assess_commitments(
            filter_commitments(all_commitments, departments, programmes), day, derivations
        ),
        phases,
        milestones,
        returns if includes_sales else returns[:0],
        totals if includes_sales else totals[:0],
        published_phase_counts(all_commitments) if includes_exemplars and not departments else None,
        bool(departments or programmes),
        options,
    )
    if selection.is_filtered and selection.commitments.empty and selection.milestones.empty:
        raise ScenarioError([empty_selection_error("programme", _entered_filters(scenario))])
    return selection


def _filter_options(tables: Mapping[str, pd.DataFrame]) -> dict[str, tuple[str, ...]]:
    commitments = tables["commitments"]
    programmes = set(commitments["programme"])
    programmes |= set() if tables["exemplar_milestones"].empty else {_EXEMPLAR_PROGRAMME}
    programmes |= set() if tables["gcloud_sales"].empty else {_GCLOUD_PROGRAMME}
    departments = {
        *commitments["department"].dropna(),
        *tables["exemplar_phases"]["department"].dropna(),
    }
    return {
        "department": tuple(sorted(departments - {""})),
        "programme": tuple(sorted(programmes)),
    }


def _select_services(
    tables: Mapping[str, pd.DataFrame], departments: tuple[str, ...], *, included: bool
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The lists and milestones of the departments' services; of none where none are wanted."""
    phases, milestones = tables["exemplar_phases"], tables["exemplar_milestones"]
    if not included:
        return phases[:0], milestones[:0]
    if not departments:
        return phases, milestones
    department_phases = phases[phases["department"].isin(departments)]
    return department_phases, milestones[milestones["title"].isin(department_phases["title"])]


def _filter_errors(
    tables: Mapping[str, pd.DataFrame],
    scenario: Delivery,
    options: Mapping[str, tuple[str, ...]],
) -> Iterator[ParameterError]:
    """That nothing is known by the quarter; or else every filter with a name that is not there."""
    if all(tables[name].empty for name in ("commitments", "exemplar_milestones", "gcloud_sales")):
        message = (
            f"quarter is {scenario.quarter}: nothing that is followed had been reported by then. "
            "Choose a later one."
        )
        yield ParameterError("quarter", scenario.quarter, message)
        return
    place = f"in the data up to {scenario.quarter}"
    yield from unknown_name_errors(_entered_filters(scenario), options, place)


def _entered_filters(scenario: Delivery) -> dict[str, str]:
    return {"department": scenario.department, "programme": scenario.programme}
