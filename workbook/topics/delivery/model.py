"""Model of delivery: commitments, measures, events, exemplar services and G-Cloud sales."""

from collections.abc import Iterable, Mapping
from itertools import chain

import pandas as pd

from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.topics.delivery import narrative
from workbook.topics.delivery.assessed_rows import AssessedRows
from workbook.topics.delivery.commitments import assess_commitments
from workbook.topics.delivery.data import complete_tables
from workbook.topics.delivery.dated_values import NOT_SELECTED
from workbook.topics.delivery.events import latest_events
from workbook.topics.delivery.exemplars import (
    analyse_services,
    milestone_derivations,
    published_phase_counts,
)
from workbook.topics.delivery.gcloud import compare_sales
from workbook.topics.delivery.indicators import delivery_indicators
from workbook.topics.delivery.measures import latest_measures
from workbook.topics.delivery.opening_up import open_interfaces_table
from workbook.topics.delivery.parameters import Delivery
from workbook.topics.delivery.selection import DeliverySelection, select_delivery_data
from workbook.topics.delivery.tables import delivery_tables


def evaluate_delivery(tables: Mapping[str, pd.DataFrame], scenario: Delivery) -> Outcome:
    """Evaluate a scenario of delivery.

    Args:
        tables: The topic's tables as known at the end of the scenario's quarter.
        scenario: The scenario.

    Returns:
        The outcome: commitments and their status, progress measures, events, exemplar services,
        and G-Cloud sales.

    Raises:
        ScenarioError: The tables have nothing for the scenario's departments and programmes.
    """
    tables = complete_tables(tables)
    selection = select_delivery_data(tables, scenario)
    assessed = _assess_selected(selection, tables)
    published = (
        published_phase_counts(tables["progress_measures"])
        if selection.includes_all_exemplars
        else None
    )
    services = analyse_services(selection.phases, selection.milestones, published, selection.day)
    sales = compare_sales(assessed.measures, selection.returns, selection.totals, selection.quarter)
    indicators = delivery_indicators(selection, assessed, services, sales, published)
    return Outcome(
        scenario=scenario,
        headline=narrative.write_delivery_headline(selection, assessed.commitments, services),
        indicators=indicators,
        left_out=_find_unselected(indicators) if scenario.department else frozenset(),
        tables=chain(
            delivery_tables(selection, assessed, services, sales),
            [open_interfaces_table(tables["open_interfaces"], scenario)],
        ),
        notes=narrative.write_delivery_notes(selection, assessed, services, sales),
        parameter_options=selection.options,
    )


def _find_unselected(indicators: Iterable[Indicator]) -> frozenset[str]:
    """Names of the indicators that no row of the selected departments gives."""
    return frozenset(
        indicator.name for indicator in indicators if NOT_SELECTED in indicator.missing_reason
    )


def _assess_selected(
    selection: DeliverySelection, tables: Mapping[str, pd.DataFrame]
) -> AssessedRows:
    """Assess the selected rows. Derived values come from all services, selected or not."""
    derivations = milestone_derivations(
        tables["progress_measures"], tables["exemplar_phases"], tables["exemplar_milestones"]
    )
    return AssessedRows(
        assess_commitments(selection.commitments, selection.day, derivations),
        latest_measures(selection.measures, selection.day, derivations),
        latest_events(selection.events),
        pd.concat(
            [tables[name][["period", "source"]] for name in ("commitments", "progress_measures")],
            ignore_index=True,
        ),
    )
