"""Values of delivery's indicators, with the period that each describes or why it is missing."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from workbook.indicators import MISSING_LABEL
from workbook.periods import period_end, quarter_of
from workbook.text.dates import format_month
from workbook.text.grammar import choose_form
from workbook.text.numbers import format_value
from workbook.topics.delivery.commitments import (
    COMMITMENT,
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
    CommitmentRow,
    count_statuses,
    newest_row,
)
from workbook.topics.delivery.exemplars import (
    ALPHA,
    BETA,
    DISCOVERY,
    LIVE,
    ExemplarServices,
    PublishedPhaseCounts,
    at_risk_at_median,
    describe_interval,
    describe_list_day,
    list_day,
    reliable_median,
)
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
        as_of: Newest period of the data behind a figure of the quarter itself.
    """

    value: float | None
    period: str = ""
    missing_reason: str = ""
    note: str = ""
    missing_label: str = MISSING_LABEL
    as_of: str = ""

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
    missing = DatedValue(None, missing_reason=_missing_reason(selection))
    rows = {name: newest_row(commitments, name) for name in names}
    return {
        name: missing if row is None else _value_of_row(row, name) for name, row in rows.items()
    }


def _value_of_row(row: CommitmentRow, name: str) -> DatedValue:
    value = row["target" if name in _TARGET_INDICATORS else "value"]
    if pd.isna(value):
        return DatedValue(None, missing_reason="not published")
    return DatedValue(float(value), str(row["period"]), note=str(row["reported"]).rstrip("."))


def status_counts(selection: DeliverySelection, commitments: pd.DataFrame) -> dict[str, DatedValue]:
    """Number of commitments by status, by the name of the indicator.

    Args:
        selection: The selected data.
        commitments: Assessed commitments.

    Returns:
        The counts; missing if there is no commitment, because nothing was then assessed.
    """
    by_status = count_statuses(commitments)
    periods = commitments.loc[commitments["kind"] == COMMITMENT, "period"]
    if periods.empty:
        missing = DatedValue(None, missing_reason=_missing_reason(selection, "no commitment"))
        return dict.fromkeys(_STATUS_BY_INDICATOR, missing)
    newest_period, note = max(periods, key=period_end, default=""), f"of {len(periods)}"
    return {
        name: DatedValue(by_status[status], as_of=newest_period, note=note)
        for name, status in _STATUS_BY_INDICATOR.items()
    }


def derived_values(
    selection: DeliverySelection,
    services: ExemplarServices,
    published: PublishedPhaseCounts | None,
) -> dict[str, DatedValue]:
    """Values that are derived from the exemplar services.

    Args:
        selection: The selected data.
        services: The analysed exemplar services.
        published: Published counts by phase; None if not for the selected services.

    Returns:
        The values by the name of the indicator.
    """
    listed, missing = (
        services.latest_list,
        DatedValue(None, missing_reason=_missing_reason(selection)),
    )
    live = missing
    if not listed.empty:
        live = DatedValue(
            int((listed["phase"] == LIVE).sum()),
            list_day(listed),
            note=f"list {describe_list_day(listed)}",
        )
    return {
        "exemplars_discovery": _rest_in_discovery(published) if published else missing,
        "exemplars_live_recounted": live,
        "median_months_to_live": _median_months_to_live(selection, services),
    }


def _rest_in_discovery(published: PublishedPhaseCounts) -> DatedValue:
    counts = published.counts
    note = (
        f"not published: {published.services} services less {counts[ALPHA]} in alpha,"
        f" {counts[BETA]} in beta and {counts[LIVE]} live"
    )
    return DatedValue(counts[DISCOVERY], f"{published.day:%Y-%m}", note=note)


def _median_months_to_live(selection: DeliverySelection, services: ExemplarServices) -> DatedValue:
    time_to_live = services.time_to_live
    if time_to_live is None:
        return DatedValue(None, missing_reason=_missing_reason(selection))
    live = time_to_live.completed_count
    live_text = (
        f"{f'only {live}' if live else 'none'} of {time_to_live.subject_count}"
        f" {choose_form(live or 1, 'is', 'are')} live"
    )
    if time_to_live.subject_count == 1:
        return DatedValue(None, missing_reason="a median needs more than one service")
    if time_to_live.median is None:
        return DatedValue(None, missing_reason=live_text, missing_label="not reached")
    if reliable_median(time_to_live) is None:
        followed = at_risk_at_median(time_to_live)
        explanation = (
            f"{live_text}, and only {followed} had been followed to"
            f" {format_value(time_to_live.median, 'months')} months"
        )
        return DatedValue(None, missing_reason=explanation, missing_label="too few to say")
    interval = describe_interval(time_to_live.median_low, time_to_live.median_high)
    return DatedValue(
        time_to_live.median,
        services.last_known_month,
        note=f"95% confidence interval: {interval}",
    )


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


def _missing_reason(selection: DeliverySelection, subject: str = "nothing") -> str:
    if selection.is_filtered:
        return "not part of the selected departments and programmes"
    return f"{subject} was published by {format_month(selection.day)}"
