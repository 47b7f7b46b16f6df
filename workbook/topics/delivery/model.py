"""Model of delivery: status of commitments, exemplar services, and G-Cloud sales."""

from collections.abc import Mapping

import pandas as pd

from workbook.outcome import Outcome
from workbook.topics.delivery import narrative
from workbook.topics.delivery.commitments import assess_commitments
from workbook.topics.delivery.exemplars import (
    analyse_services,
    milestone_derivations,
    published_phase_counts,
)
from workbook.topics.delivery.gcloud import compare_sales
from workbook.topics.delivery.indicators import delivery_indicators
from workbook.topics.delivery.parameters import Delivery
from workbook.topics.delivery.selection import DeliverySelection, select_delivery_data
from workbook.topics.delivery.tables import delivery_tables


def evaluate_delivery(tables: Mapping[str, pd.DataFrame], scenario: Delivery) -> Outcome:
    """Evaluate a scenario of delivery.

    Args:
        tables: The topic's tables as known at the end of the scenario's quarter.
        scenario: The scenario.

    Returns:
        The outcome: commitments and their status, exemplar services, and G-Cloud sales.

    Raises:
        ScenarioError: The tables have nothing for the scenario's departments and programmes.
    """
    selection = select_delivery_data(tables, scenario)
    commitments = _assess_selected(selection, tables)
    published = (
        published_phase_counts(tables["commitments"]) if selection.includes_all_exemplars else None
    )
    services = analyse_services(selection.phases, selection.milestones, published, selection.day)
    sales = compare_sales(commitments, selection.returns, selection.totals, selection.quarter)
    return Outcome(
        scenario=scenario,
        headline=narrative.write_delivery_headline(selection, commitments, services),
        indicators=delivery_indicators(selection, commitments, services, sales, published),
        tables=delivery_tables(commitments, services, sales),
        notes=tuple(narrative.write_delivery_notes(selection, commitments, services, sales)),
        parameter_options=selection.options,
    )


def _assess_selected(
    selection: DeliverySelection, tables: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """Assess the selected commitments. Derived values come from all services, selected or not."""
    derivations = milestone_derivations(
        tables["commitments"], tables["exemplar_phases"], tables["exemplar_milestones"]
    )
    return assess_commitments(selection.commitments, selection.day, derivations)
