"""Selection of services, and the errors if none is left."""

from dataclasses import dataclass
from itertools import chain

import numpy as np
import pandas as pd

from workbook.methods.arrays import BoolArray
from workbook.scenario import (
    NoDepartmentFiguresError,
    ParameterError,
    ScenarioError,
    empty_selection_error,
    join_list,
    known_departments,
    match_departments,
    split_list,
    unknown_name_errors,
    value_error,
)
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.service_panel import ServicePanel, full_service_names

_FILTERS = ("department", "function", "services")


@dataclass(frozen=True, eq=False)
class ServiceSelection:
    """Services that a scenario selects.

    Attributes:
        before_exclusions: The services that pass the filters.
        included: Those of them that are not excluded.
        excluded: Those of them that are excluded.
        not_excluded: All services of the table, selected or not, that are not excluded.
        unknown_names: Names to exclude that are not in the table.
    """

    before_exclusions: ServicePanel
    included: ServicePanel
    excluded: ServicePanel
    not_excluded: ServicePanel
    unknown_names: tuple[str, ...]


def select_services(counts: ServicePanel, scenario: TakeUp) -> ServiceSelection:
    """Select a scenario's services.

    Args:
        counts: The panel of all services.
        scenario: The scenario.

    Returns:
        The selected services.

    Raises:
        ScenarioError: A name is unknown, or no service that reports is left.
    """
    if counts.services.empty:
        raise ScenarioError([_too_early_error(scenario)])
    entered = {name: str(getattr(scenario, name)) for name in _FILTERS}
    place = f"in the data up to {scenario.quarter}"
    if any(entered.values()) and (
        errors := [*unknown_name_errors(entered, _known_names(counts), place)]
    ):
        raise ScenarioError(errors)
    selected = np.ones(len(counts.services), dtype=bool)
    for name, value in entered.items():
        selected = selected & _filter_mask(counts, name, split_list(value))
        if not selected.any():
            raise ScenarioError([empty_selection_error(name, entered)])
    excluded_names = split_list(scenario.exclude)
    is_excluded = services_named(counts, excluded_names)
    left_out = selected & is_excluded
    selection = ServiceSelection(
        counts.subset_services(selected),
        counts.subset_services(selected & ~left_out),
        counts.subset_services(left_out),
        counts.subset_services(~is_excluded),
        tuple(name for name in excluded_names if not services_named(counts, (name,)).any()),
    )
    _require_services(selection, scenario)
    return selection


def _known_names(counts: ServicePanel) -> dict[str, tuple[str, ...]]:
    """Names that each filter accepts; a service has up to three."""
    names = counts.services
    every_name = (counts.service_labels, names["service"], full_service_names(names))
    return {
        "department": known_departments(names["department"]),
        "function": _distinct_names(names["function"]),
        "services": tuple(dict.fromkeys(chain(*map(_distinct_names, every_name)))),
    }


def _distinct_names(names: "pd.Series[str]") -> tuple[str, ...]:
    return tuple(sorted({*names} - {""}))


def _filter_mask(counts: ServicePanel, name: str, choices: tuple[str, ...]) -> BoolArray:
    if not choices:
        return np.ones(len(counts.services), dtype=bool)
    if name == "services":
        return services_named(counts, choices)
    values: pd.Series[str] = counts.services[name]
    chosen = match_departments(join_list(choices), values) if name == "department" else choices
    mask: BoolArray = values.isin(chosen).to_numpy()
    return mask


def services_named(counts: ServicePanel, names: tuple[str, ...]) -> BoolArray:
    """Find services by name.

    Args:
        counts: The panel of services.
        names: Names of services, with or without the organisation in brackets.

    Returns:
        A mask of the services. A name that several organisations share selects all of them.
    """
    matches = counts.service_labels.isin(names) | counts.services["service"].isin(names)
    if any(name.endswith(")") for name in names):
        matches |= full_service_names(counts.services).isin(names)
    mask: BoolArray = matches.to_numpy()
    return mask


def _require_services(selection: ServiceSelection, scenario: TakeUp) -> None:
    if not len(selection.included.services):
        explanation = "this leaves no services. Leave out fewer, or select more."
        raise ScenarioError([value_error("exclude", scenario.exclude, explanation)])
    if selection.included.latest_window() is not None:
        return
    if scenario.definition != "published":
        explanation = (
            "the table has no counts for this definition. It needs the columns online_volume and"
            ' assisted_volume. Without them, choose "published".'
        )
        raise ScenarioError([value_error("definition", scenario.definition, explanation)])
    if scenario.department:
        raise NoDepartmentFiguresError(scenario.department)
    raise ScenarioError([_too_early_error(scenario)])


def _too_early_error(scenario: TakeUp) -> ParameterError:
    explanation = (
        "no selected service reports transactions and digital transactions for a year that had"
        " ended by then."
    )
    return value_error("quarter", scenario.quarter, explanation)
