"""The indicators of delivery: their definitions, values, periods and missing reasons."""

from dataclasses import dataclass, replace

import pandas as pd

from workbook.indicators import (
    MISSING_LABEL,
    Indicator,
    IndicatorDefinition,
    build_indicators,
)
from workbook.periods import quarter_of
from workbook.text.dates import format_month
from workbook.text.grammar import lower_first
from workbook.text.numbers import format_value
from workbook.topics.delivery.commitments import (
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
    count_statuses,
    sum_if_known,
)
from workbook.topics.delivery.exemplars import LIVE, ExemplarServices
from workbook.topics.delivery.gcloud import SALES_INDICATOR, SMALL_SHARE_INDICATOR, SalesComparison
from workbook.topics.delivery.selection import DeliverySelection

DELIVERY_INDICATORS = (
    IndicatorDefinition(
        "exemplars_live", "Exemplar services live, as published", "count", "higher"
    ),
    IndicatorDefinition("commitments_on_course", "Commitments on course", "count", "higher"),
    IndicatorDefinition("commitments_off_course", "Commitments off course", "count", "lower"),
    IndicatorDefinition(
        "commitments_not_known", "Commitments of which it is not known", "count", "lower"
    ),
    IndicatorDefinition(
        "exemplars_discovery", "Exemplar services in discovery, as published", "count"
    ),
    IndicatorDefinition("exemplars_alpha", "Exemplar services in alpha, as published", "count"),
    IndicatorDefinition("exemplars_beta", "Exemplar services in beta, as published", "count"),
    IndicatorDefinition(
        "exemplars_live_recounted", "Exemplar services live, as recounted", "count", "higher"
    ),
    IndicatorDefinition(
        "median_months_to_live", "Median months from discovery to live", "months", "lower"
    ),
    IndicatorDefinition(
        "sites_moved", "Agency sites moved to GOV.UK in the quarter", "count", "higher"
    ),
    IndicatorDefinition("sites_target", "Websites to be on GOV.UK, more than", "count"),
    IndicatorDefinition("mobile_share", "Visits to GOV.UK by mobile", "share"),
    IndicatorDefinition("tablet_share", "Visits to GOV.UK by tablet", "share"),
    IndicatorDefinition(
        "service_assessments", "Assessments against the Service Standard", "count", "higher"
    ),
    IndicatorDefinition(
        "charter_signatories", "Signatories of the Digital Inclusion Charter", "count", "higher"
    ),
    IndicatorDefinition(
        "people_trained", "People trained in basic digital skills", "people", "higher"
    ),
    IndicatorDefinition("gcloud_suppliers", "Suppliers on G-Cloud", "count", "higher"),
    IndicatorDefinition("gcloud_small_supplier_share", "Small firms among them", "share", "higher"),
    IndicatorDefinition("gcloud_services", "Services on G-Cloud", "count", "higher"),
    IndicatorDefinition("gcloud_sales", "Sales through G-Cloud so far", "GBP", "higher"),
    IndicatorDefinition(
        "gcloud_small_sales_share", "Of these sales with small firms", "share", "higher"
    ),
    IndicatorDefinition(
        "framework_call_offs", "Contracts by the Digital Services Framework", "count", "higher"
    ),
    IndicatorDefinition("framework_value", "Value of these contracts", "GBP", "higher"),
    IndicatorDefinition(
        "identity_providers", "Identity providers in the private beta", "count", "higher"
    ),
    IndicatorDefinition("hires", "Digital leaders hired in the quarter", "people", "higher"),
    IndicatorDefinition("dashboards", "Performance dashboards", "count", "higher"),
)

_STATUS_BY_INDICATOR = {
    "commitments_on_course": ON_TRACK,
    "commitments_off_course": OFF_TRACK,
    "commitments_not_known": STATUS_UNKNOWN,
}
_TARGET_INDICATORS = {"sites_target"}
"""Indicators that are the target of their commitment, and not its value."""


@dataclass(frozen=True)
class DatedValue:
    """A figure with the time that it describes, or why it is missing.

    Args:
        value: The figure, None where it is not known.
        period: Month or day that it describes; empty where that is the quarter itself.
        missing_reason: Why there is no figure.
        note: What a reader must know beside it.
        missing_label: What a reader sees in place of a missing figure.
    """

    value: float | None
    period: str = ""
    missing_reason: str = ""
    note: str = ""
    missing_label: str = MISSING_LABEL

    def label_suffix(self, quarter: str) -> str:
        """The month in brackets, where the figure describes an earlier quarter."""
        is_earlier = self.period and self.value is not None and quarter_of(self.period) != quarter
        return f" ({format_month(self.period)})" if is_earlier else ""


def delivery_indicators(
    selection: DeliverySelection,
    commitments: pd.DataFrame,
    services: ExemplarServices,
    sales: SalesComparison,
) -> tuple[Indicator, ...]:
    """Build the indicators. The label of a value from an earlier quarter gives its month.

    Args:
        selection: The selected data.
        commitments: Assessed commitments.
        services: The analysed exemplar services.
        sales: G-Cloud sales by source.

    Returns:
        The indicators in the order in which pages show them.
    """
    values = {
        **_published_values(selection, commitments),
        **_status_counts(commitments),
        **_derived_indicators(selection, services),
        **_sales_values(sales),
    }
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
    )


def _published_values(
    selection: DeliverySelection, commitments: pd.DataFrame
) -> dict[str, DatedValue]:
    """Values of the commitments that belong to an indicator, and what makes them up."""
    with_indicator = commitments[commitments["indicator"] != ""]
    by_indicator = dict(iter(with_indicator.groupby("indicator")))
    missing = DatedValue(None, missing_reason=_missing_reason(selection))
    return {
        name: _value_of_commitments(by_indicator[name], name) if name in by_indicator else missing
        for name in (definition.name for definition in DELIVERY_INDICATORS)
    }


def _value_of_commitments(commitments: pd.DataFrame, name: str) -> DatedValue:
    value = sum_if_known(commitments["target" if name in _TARGET_INDICATORS else "value"])
    if value is None:
        return DatedValue(None, missing_reason="it is not published")
    return DatedValue(
        value, str(commitments["period"].max()), note=_describe_components(commitments)
    )


def _describe_components(commitments: pd.DataFrame) -> str:
    """The values of several commitments that make up one figure."""
    if len(commitments) == 1:
        return ""
    components = (
        f"{format_value(value, unit)} {lower_first(measure)}"
        for value, unit, measure in zip(
            commitments["value"], commitments["unit"], commitments["measure"], strict=True
        )
    )
    return "; ".join(components)


def _status_counts(commitments: pd.DataFrame) -> dict[str, DatedValue]:
    by_status = count_statuses(commitments)
    return {name: DatedValue(by_status[status]) for name, status in _STATUS_BY_INDICATOR.items()}


def _derived_indicators(
    selection: DeliverySelection, services: ExemplarServices
) -> dict[str, DatedValue]:
    """Values that are derived from the exemplar services."""
    listed, live = services.latest_list, DatedValue(None, missing_reason=_missing_reason(selection))
    if not listed.empty:
        as_of = str(listed["as_of"].iloc[0])
        live = DatedValue(int((listed["phase"] == LIVE).sum()), as_of)
    median = _median_months_to_live(selection, services)
    return {"exemplars_live_recounted": live, "median_months_to_live": median}


def _median_months_to_live(selection: DeliverySelection, services: ExemplarServices) -> DatedValue:
    time_to_live = services.time_to_live
    if time_to_live is None:
        return DatedValue(None, missing_reason=_missing_reason(selection))
    if time_to_live.median is None:
        explanation = (
            f"{time_to_live.completed_count} of {time_to_live.subject_count} services were live:"
            " fewer than half"
        )
        return DatedValue(None, missing_reason=explanation, missing_label="not reached")
    return DatedValue(time_to_live.median, services.last_known_month)


def _sales_values(sales: SalesComparison) -> dict[str, DatedValue]:
    """Sales as returned, if the file of returns is uploaded."""
    returned = sales.returned
    if returned is None:
        return {}
    share = returned.small_sales_share
    missing_reason = "" if share is not None else "credits are as much as sales"
    return {
        SALES_INDICATOR: DatedValue(returned.sales, returned.month),
        SMALL_SHARE_INDICATOR: DatedValue(share, returned.month, missing_reason),
    }


def _missing_reason(selection: DeliverySelection) -> str:
    if selection.is_filtered:
        return "none of the departments and programmes chosen has it"
    return f"nothing is told of it by {selection.quarter}"
