"""Every indicator of delivery: its figure, of when it is, and why one is not known."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pandas as pd

from workbook.outcome import Direction, Indicator, Unit
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

_INDICATOR_DEFINITIONS: Mapping[str, tuple[str, Unit, Direction]] = {
    "exemplars_live": ("Exemplar services live, as published", "count", "higher"),
    "commitments_on_course": ("Commitments on course", "count", "higher"),
    "commitments_off_course": ("Commitments off course", "count", "lower"),
    "commitments_not_known": ("Commitments of which it is not known", "count", "lower"),
    "exemplars_discovery": ("Exemplar services in discovery, as published", "count", ""),
    "exemplars_alpha": ("Exemplar services in alpha, as published", "count", ""),
    "exemplars_beta": ("Exemplar services in beta, as published", "count", ""),
    "exemplars_live_recounted": ("Exemplar services live, as recounted", "count", "higher"),
    "median_months_to_live": ("Median months from discovery to live", "months", "lower"),
    "sites_moved": ("Agency sites moved to GOV.UK in the quarter", "count", "higher"),
    "sites_target": ("Websites to be on GOV.UK, more than", "count", ""),
    "mobile_share": ("Visits to GOV.UK by mobile", "share", ""),
    "tablet_share": ("Visits to GOV.UK by tablet", "share", ""),
    "service_assessments": ("Assessments against the Service Standard", "count", "higher"),
    "charter_signatories": ("Signatories of the Digital Inclusion Charter", "count", "higher"),
    "people_trained": ("People trained in basic digital skills", "people", "higher"),
    "gcloud_suppliers": ("Suppliers on G-Cloud", "count", "higher"),
    "gcloud_small_supplier_share": ("Small firms among them", "share", "higher"),
    "gcloud_services": ("Services on G-Cloud", "count", "higher"),
    "gcloud_sales": ("Sales through G-Cloud so far", "GBP", "higher"),
    "gcloud_small_sales_share": ("Of these sales with small firms", "share", "higher"),
    "framework_call_offs": ("Contracts by the Digital Services Framework", "count", "higher"),
    "framework_value": ("Value of these contracts", "GBP", "higher"),
    "identity_providers": ("Identity providers in the private beta", "count", "higher"),
    "hires": ("Digital leaders hired in the quarter", "people", "higher"),
    "dashboards": ("Performance dashboards", "count", "higher"),
}
"""What each indicator is called, its unit, and which way is the better one."""

_STATUS_BY_INDICATOR = {
    "commitments_on_course": ON_TRACK,
    "commitments_off_course": OFF_TRACK,
    "commitments_not_known": STATUS_UNKNOWN,
}
_TARGET_INDICATORS = {"sites_target"}
"""Indicators that are the target of their commitment, and not its value."""


class IndicatorValue(NamedTuple):
    """A figure and the month or day of which it is; without one, why and what stands there."""

    value: float | None
    period: str = ""
    reason: str = ""
    missing_label: str = "not known"


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
    return tuple(_build_indicators(values, selection.quarter))


def _build_indicators(values: Mapping[str, IndicatorValue], quarter: str) -> Iterator[Indicator]:
    for name, (label, unit, direction) in _INDICATOR_DEFINITIONS.items():
        value, period, reason, missing_label = values[name]
        is_earlier = period and value is not None and quarter_of(period) != quarter
        period_suffix = f" ({format_month(period)})" if is_earlier else ""
        yield Indicator(
            name,
            label + period_suffix,
            unit,
            value,
            reason=reason,
            direction=direction,
            missing_label=missing_label,
        )


def _published_values(
    selection: DeliverySelection, commitments: pd.DataFrame
) -> dict[str, IndicatorValue]:
    """What commitments give; where several make up a figure, what they are."""
    with_indicator = commitments[commitments["indicator"] != ""]
    by_indicator = dict(iter(with_indicator.groupby("indicator")))
    missing = IndicatorValue(None, reason=_missing_reason(selection))
    return {
        name: _value_of_commitments(by_indicator[name], name) if name in by_indicator else missing
        for name in _INDICATOR_DEFINITIONS
    }


def _value_of_commitments(commitments: pd.DataFrame, name: str) -> IndicatorValue:
    value = sum_if_known(commitments["target" if name in _TARGET_INDICATORS else "value"])
    if value is None:
        return IndicatorValue(None, reason="it is not published")
    return IndicatorValue(
        value, str(commitments["period"].max()), _describe_components(commitments)
    )


def _describe_components(commitments: pd.DataFrame) -> str:
    """What makes up a figure of several commitments."""
    if len(commitments) == 1:
        return ""
    components = (
        f"{format_value(value, unit)} {lower_first(measure)}"
        for value, unit, measure in zip(
            commitments["value"], commitments["unit"], commitments["measure"], strict=True
        )
    )
    return "; ".join(components)


def _status_counts(commitments: pd.DataFrame) -> dict[str, IndicatorValue]:
    by_status = count_statuses(commitments)
    return {
        name: IndicatorValue(by_status[status]) for name, status in _STATUS_BY_INDICATOR.items()
    }


def _derived_indicators(
    selection: DeliverySelection, services: ExemplarServices
) -> dict[str, IndicatorValue]:
    """What is computed of the services chosen."""
    listed, live = services.latest_list, IndicatorValue(None, reason=_missing_reason(selection))
    if not listed.empty:
        as_of = str(listed["as_of"].iloc[0])
        live = IndicatorValue(int((listed["phase"] == LIVE).sum()), as_of)
    median = _median_months_to_live(selection, services)
    return {"exemplars_live_recounted": live, "median_months_to_live": median}


def _median_months_to_live(
    selection: DeliverySelection, services: ExemplarServices
) -> IndicatorValue:
    time_to_live = services.time_to_live
    if time_to_live is None:
        return IndicatorValue(None, reason=_missing_reason(selection))
    if time_to_live.median is None:
        explanation = (
            f"{time_to_live.completed_count} of {time_to_live.subject_count} services were live:"
            " fewer than half"
        )
        return IndicatorValue(None, reason=explanation, missing_label="not reached")
    return IndicatorValue(time_to_live.median, services.last_known_month)


def _sales_values(sales: SalesComparison) -> dict[str, IndicatorValue]:
    """Sales as returned, if the file of returns is uploaded."""
    returned = sales.returned
    if returned is None:
        return {}
    share = returned.small_sales_share
    missing_reason = "" if share is not None else "credits are as much as sales"
    return {
        SALES_INDICATOR: IndicatorValue(returned.sales, returned.month),
        SMALL_SHARE_INDICATOR: IndicatorValue(share, returned.month, missing_reason),
    }


def _missing_reason(selection: DeliverySelection) -> str:
    if selection.is_filtered:
        return "none of the departments and programmes chosen has it"
    return f"nothing is told of it by {selection.quarter}"
