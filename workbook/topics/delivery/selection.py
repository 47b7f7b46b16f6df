"""Which commitments, services and sales are asked about, and a clear refusal where none is."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from workbook.periods import last_day_of_quarter
from workbook.scenario import ParameterError, ScenarioError, split_list
from workbook.text.quoting import quote_value
from workbook.topics.delivery.commitments import assess_commitments, filter_commitments
from workbook.topics.delivery.exemplars import (
    PublishedPhaseCounts,
    milestone_derivations,
    published_phase_counts,
)
from workbook.topics.delivery.parameters import Delivery

_EXEMPLAR_PROGRAMME, _GCLOUD_PROGRAMME = "Exemplar services", "G-Cloud"
"""The programmes that have tables of their own beside their commitments."""

_MAXIMUM_SUGGESTIONS = 5
"""Names that are offered in place of one that is not there, at most."""


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
        raise ScenarioError([_nothing_selected_error(scenario)])
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
    for name, available in options.items():
        entered = str(scenario.values()[name])
        missing = [choice for choice in split_list(entered) if choice not in available]
        if missing:
            yield ParameterError(
                name,
                entered,
                _unknown_choice_message(name, missing[0], available, scenario.quarter),
            )


def _unknown_choice_message(
    name: str, entered: str, available: tuple[str, ...], quarter: str
) -> str:
    if not available:
        return f"{name} is {quote_value(entered)}: by {quarter} nothing is told of any {name}."
    suggestions = (
        difflib.get_close_matches(entered, available, n=_MAXIMUM_SUGGESTIONS)
        or available[:_MAXIMUM_SUGGESTIONS]
    )
    remainder = (
        f" and {len(available) - len(suggestions)} more"
        if len(available) > len(suggestions)
        else ""
    )
    return (
        f"{name} is {quote_value(entered)}, of which nothing is told by {quarter}: there is "
        f"{'; '.join(suggestions)}{remainder}."
    )


def _nothing_selected_error(scenario: Delivery) -> ParameterError:
    message = (
        f"programme is {quote_value(scenario.programme)}: no commitment of it is one of "
        f"{scenario.department}. Choose fewer filters."
    )
    return ParameterError("programme", scenario.programme, message)
