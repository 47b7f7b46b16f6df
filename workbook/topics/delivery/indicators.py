"""The indicators of delivery: their definitions, and how they are built."""

from dataclasses import replace

from workbook.indicators import Indicator, IndicatorDefinition, build_indicators
from workbook.topics.delivery.assessed_rows import AssessedRows
from workbook.topics.delivery.exemplars import ExemplarServices, PublishedPhaseCounts
from workbook.topics.delivery.gcloud import SalesComparison
from workbook.topics.delivery.indicator_values import derived_values, row_counts
from workbook.topics.delivery.published_values import (
    note_returned_share,
    published_values,
    sales_values,
)
from workbook.topics.delivery.selection import DeliverySelection

DELIVERY_INDICATORS = (
    IndicatorDefinition(
        "exemplars_live", "Exemplar services live, as published", "count", "higher"
    ),
    IndicatorDefinition("commitments_on_course", "Commitments met or on track", "count", "higher"),
    IndicatorDefinition(
        "commitments_off_course", "Commitments missed or off track", "count", "lower"
    ),
    IndicatorDefinition("commitments_not_known", "Commitments: status unknown", "count", "lower"),
    IndicatorDefinition("commitments_met", "Commitments met", "count", "higher"),
    IndicatorDefinition("commitments_missed", "Commitments missed", "count", "lower"),
    IndicatorDefinition("commitments_total", "Commitments: targets with a date", "count"),
    IndicatorDefinition("measures_total", "Progress measures: figures without a target", "count"),
    IndicatorDefinition("events_total", "Events: done, under way or planned", "count"),
    IndicatorDefinition("exemplars_total", "Exemplar services in the programme", "count"),
    IndicatorDefinition("exemplars_discovery", "Exemplar services in discovery, derived", "count"),
    IndicatorDefinition("exemplars_alpha", "Exemplar services in alpha, as published", "count"),
    IndicatorDefinition("exemplars_beta", "Exemplar services in beta, as published", "count"),
    IndicatorDefinition(
        "exemplars_live_recounted",
        "Exemplar services live, by the dashboard",
        "count",
        "higher",
    ),
    IndicatorDefinition(
        "median_months_to_live",
        "Median months from the end of discovery to live",
        "months",
        "lower",
    ),
    IndicatorDefinition(
        "sites_moved", "Agency sites moved to GOV.UK in the quarter", "count", "higher"
    ),
    IndicatorDefinition("sites_planned", "More agency websites to move to GOV.UK", "count"),
    IndicatorDefinition("sites_target", "Target for websites on GOV.UK", "count"),
    IndicatorDefinition("mobile_share", "Share of visits to GOV.UK from mobiles", "share"),
    IndicatorDefinition("tablet_share", "Share of visits to GOV.UK from tablets", "share"),
    IndicatorDefinition(
        "service_assessments", "Service Standard assessments in the quarter", "count", "higher"
    ),
    IndicatorDefinition(
        "charter_signatories", "Digital Inclusion Charter signatories", "count", "higher"
    ),
    IndicatorDefinition(
        "people_trained", "People trained by NHS Widening Participation", "people", "higher"
    ),
    IndicatorDefinition("gcloud_suppliers", "G-Cloud suppliers", "count", "higher"),
    IndicatorDefinition(
        "gcloud_small_supplier_share", "Small firms’ share of G-Cloud suppliers", "share", "higher"
    ),
    IndicatorDefinition("gcloud_services", "G-Cloud services", "count", "higher"),
    IndicatorDefinition("gcloud_sales", "G-Cloud sales to date", "GBP", "higher"),
    IndicatorDefinition(
        "gcloud_small_sales_share", "Small firms’ share of G-Cloud sales", "share", "higher"
    ),
    IndicatorDefinition(
        "framework_call_offs", "Digital Services Framework contracts", "count", "higher"
    ),
    IndicatorDefinition(
        "framework_value", "Value of Digital Services Framework contracts", "GBP", "higher"
    ),
    IndicatorDefinition(
        "identity_providers", "Identity providers in the private beta", "count", "higher"
    ),
    IndicatorDefinition(
        "hires",
        "People hired into interim or senior posts with the recruitment hub’s help",
        "people",
        "higher",
    ),
    IndicatorDefinition("dashboards", "Performance dashboards of services", "count", "higher"),
)


def delivery_indicators(
    selection: DeliverySelection,
    assessed: AssessedRows,
    services: ExemplarServices,
    sales: SalesComparison,
    published: PublishedPhaseCounts | None,
) -> tuple[Indicator, ...]:
    """Build the indicators. The label of a value that is not for the quarter's end gives its month.

    Args:
        selection: The selected data.
        assessed: The assessed rows.
        services: The analysed exemplar services.
        sales: G-Cloud sales by source.
        published: Published counts of exemplar services by phase; None if not for the selection.

    Returns:
        The indicators in the order in which pages show them.
    """
    names = [definition.name for definition in DELIVERY_INDICATORS]
    values = {
        **published_values(selection, names),
        **row_counts(selection, assessed),
        **derived_values(selection, services, published),
        **sales_values(sales),
    }
    values = values | note_returned_share(values, sales)
    definitions = [
        replace(
            definition,
            label=definition.label + values[definition.name].label_suffix(selection.quarter),
        )
        for definition in DELIVERY_INDICATORS
    ]
    return build_indicators(
        definitions,
        {name: dated.value for name, dated in values.items()},
        missing_reasons={name: dated.missing_reason for name, dated in values.items()},
        missing_labels={name: dated.missing_label for name, dated in values.items()},
        notes={name: dated.note for name, dated in values.items()},
        as_of={
            name: newest_period
            for name, dated in values.items()
            if (newest_period := dated.as_of or dated.period)
        },
    )
