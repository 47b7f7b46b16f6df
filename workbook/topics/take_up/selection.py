"""Which services are asked about, and a clear refusal where there are none."""

import difflib
from dataclasses import dataclass

import numpy as np

from workbook.methods.arrays import BoolArray
from workbook.scenario import ParameterError, ScenarioError, split_list
from workbook.text.quoting import quote_value
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.service_panel import ServicePanel, full_service_names

_FILTERS = ("department", "function", "services")
_MOST_SUGGESTIONS = 5
"""Names that are offered in place of one that the table lacks, at most."""


@dataclass(frozen=True, eq=False)
class ServiceSelection:
    """The services asked about (``chosen``), those of them left out, and names not found."""

    before_exclusions: ServicePanel
    included: ServicePanel
    excluded: ServicePanel
    unknown_names: tuple[str, ...]


def select_services(counts: ServicePanel, scenario: TakeUp) -> ServiceSelection:
    """The scenario's selection of services.

    Raises ScenarioError, at the parameter at fault, where no service that reports is left.
    """
    if counts.services.empty:
        raise ScenarioError([_too_early_error(scenario)])
    selected = np.ones(len(counts.services), dtype=bool)
    for name in _FILTERS:
        selected = selected & _filter_mask(
            counts, name, split_list(getattr(scenario, name)), selected
        )
    excluded_names = split_list(scenario.exclude)
    left_out = selected & services_named(counts, excluded_names)
    selection = ServiceSelection(
        counts.subset_services(selected),
        counts.subset_services(selected & ~left_out),
        counts.subset_services(left_out),
        tuple(name for name in excluded_names if not services_named(counts, (name,)).any()),
    )
    _require_services(selection, scenario)
    return selection


def _filter_mask(
    counts: ServicePanel, name: str, items: tuple[str, ...], selected: BoolArray
) -> BoolArray:
    if not items:
        return np.ones(len(counts.services), dtype=bool)
    if name == "services":
        matches = services_named(counts, items)
    else:
        matches = counts.services[name].isin(items).to_numpy()
    if not (matches & selected).any():
        raise ScenarioError([_no_service_error(counts, name, items, matched=bool(matches.any()))])
    return matches


def services_named(counts: ServicePanel, names: tuple[str, ...]) -> BoolArray:
    """Services of these names, which may name the organisation too, whoever shares them."""
    matches = counts.service_labels.isin(names) | counts.services["service"].isin(names)
    if any(name.endswith(")") for name in names):
        matches |= full_service_names(counts.services).isin(names)
    mask: BoolArray = matches.to_numpy()
    return mask


def _no_service_error(
    counts: ServicePanel, name: str, items: tuple[str, ...], *, matched: bool
) -> ParameterError:
    quoted_items = quote_value("; ".join(items))
    if matched:
        message = f"{name} is {quoted_items}: the other filters leave none of these services."
    else:
        noun = "service" if name == "services" else name
        known_names = sorted(
            set(counts.service_labels if name == "services" else counts.services[name]) - {""}
        )
        suggestions = (
            difflib.get_close_matches(items[0], known_names, n=_MOST_SUGGESTIONS)
            or known_names[:_MOST_SUGGESTIONS]
        )
        remainder = (
            f" and {len(known_names) - len(suggestions)} more"
            if len(known_names) > len(suggestions)
            else ""
        )
        message = (
            f"{name} is {quoted_items}, and the table has no such {noun}: it has"
            f" {'; '.join(suggestions)}{remainder}."
        )
    return ParameterError(name, "; ".join(items), message)


def _require_services(selection: ServiceSelection, scenario: TakeUp) -> None:
    if not len(selection.included.services):
        message = (
            f"exclude is {quote_value(scenario.exclude)}: that leaves no service. "
            "Leave fewer out, or choose more."
        )
        raise ScenarioError([ParameterError("exclude", scenario.exclude, message)])
    if selection.included.latest_window() is not None:
        return
    if scenario.definition != "published":
        message = (
            f"definition is {scenario.definition!r}: the table has no counts for it. It needs the "
            "columns online_volume and assisted_volume; without them choose 'published'."
        )
        raise ScenarioError([ParameterError("definition", scenario.definition, message)])
    raise ScenarioError([_too_early_error(scenario)])


def _too_early_error(scenario: TakeUp) -> ParameterError:
    message = (
        f"quarter is {scenario.quarter}: none of the services selected reports a volume and a "
        "digital volume in a year that had ended by then."
    )
    return ParameterError("quarter", scenario.quarter, message)
