"""Values of delivery's indicators, with the period that each describes or why it is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from workbook.indicators import MISSING_LABEL
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

_STATUS_BY_INDICATOR = {
    "commitments_on_course": ON_TRACK,
    "commitments_off_course": OFF_TRACK,
    "commitments_not_known": STATUS_UNKNOWN,
}
_TARGET_INDICATORS = {"sites_target"}
"""Indicators that are the target of their commitment, and not its value."""


@dataclass(frozen=True)
class DatedValue:
    """A value with the period that it describes, or why it is missing.

    Attributes:
        value: The figure, None where it is not known.
        period: Month or day that it describes; empty where that is the quarter itself.
        missing_reason: Why there is no figure.
        note: A note on the value.
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


def published_values(
    selection: DeliverySelection, commitments: pd.DataFrame, names: Iterable[str]
) -> dict[str, DatedValue]:
    """Values of indicators that are published among the commitments.

    Args:
        selection: The selected data.
        commitments: Assessed commitments.
        names: Names of the indicators.

    Returns:
        A value for each name; missing if no commitment belongs to the indicator.
    """
    with_indicator = commitments[commitments["indicator"] != ""]
    by_indicator = dict(iter(with_indicator.groupby("indicator")))
    missing = DatedValue(None, missing_reason=_missing_reason(selection))
    return {
        name: _value_of_commitments(by_indicator[name], name) if name in by_indicator else missing
        for name in names
    }


def _value_of_commitments(commitments: pd.DataFrame, name: str) -> DatedValue:
    value = sum_if_known(commitments["target" if name in _TARGET_INDICATORS else "value"])
    if value is None:
        return DatedValue(None, missing_reason="not published")
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


def status_counts(commitments: pd.DataFrame) -> dict[str, DatedValue]:
    """Number of commitments by status, by the name of the indicator."""
    by_status = count_statuses(commitments)
    return {name: DatedValue(by_status[status]) for name, status in _STATUS_BY_INDICATOR.items()}


def derived_values(
    selection: DeliverySelection, services: ExemplarServices
) -> dict[str, DatedValue]:
    """Values that are derived from the exemplar services.

    Args:
        selection: The selected data.
        services: The analysed exemplar services.

    Returns:
        The values by the name of the indicator.
    """
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
            f"fewer than half of the services were live ({time_to_live.completed_count} of"
            f" {time_to_live.subject_count})"
        )
        return DatedValue(None, missing_reason=explanation, missing_label="not reached")
    return DatedValue(time_to_live.median, services.last_known_month)


def sales_values(sales: SalesComparison) -> dict[str, DatedValue]:
    """Sales as returned, by the name of the indicator; none if no returns are uploaded."""
    returned = sales.returned
    if returned is None:
        return {}
    share = returned.small_sales_share
    missing_reason = "" if share is not None else "credits equal or exceed sales"
    return {
        SALES_INDICATOR: DatedValue(returned.sales, returned.month),
        SMALL_SHARE_INDICATOR: DatedValue(share, returned.month, missing_reason),
    }


def _missing_reason(selection: DeliverySelection) -> str:
    if selection.is_filtered:
        return "not part of the selected departments and programmes"
    return f"nothing was published by {selection.quarter}"
