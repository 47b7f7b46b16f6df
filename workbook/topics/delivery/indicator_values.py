"""Values of delivery's indicators that follow from the tables: counts by status and services."""

import pandas as pd

from workbook.periods import period_end
from workbook.text.dates import format_month
from workbook.text.grammar import choose_form, format_part, join_items
from workbook.text.numbers import format_value
from workbook.topics.delivery.commitments import (
    COMMITMENT,
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
    count_statuses,
    select_missed,
)
from workbook.topics.delivery.dated_values import DatedValue, explain_missing
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
from workbook.topics.delivery.selection import DeliverySelection

_STATUS_BY_INDICATOR = {
    "commitments_on_course": ON_TRACK,
    "commitments_off_course": OFF_TRACK,
    "commitments_not_known": STATUS_UNKNOWN,
}


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
        missing = DatedValue(None, missing_reason=explain_missing(selection, "no commitment"))
        return dict.fromkeys(_STATUS_BY_INDICATOR, missing)
    newest_period, note = max(periods, key=period_end, default=""), f"of {len(periods)}"
    without_target = int((commitments["kind"].eq(COMMITMENT) & commitments["target"].isna()).sum())
    unjudged = by_status[STATUS_UNKNOWN] - without_target
    notes = {
        ON_TRACK: f"{note}; {unjudged} cannot be judged" if unjudged else note,
        OFF_TRACK: f"{note}{_describe_off_track(commitments)}",
        STATUS_UNKNOWN: f"{note}; {without_target} without a target in the report",
    }
    return {
        name: DatedValue(by_status[status], as_of=newest_period, note=notes.get(status, note))
        for name, status in _STATUS_BY_INDICATOR.items()
    }


def _describe_off_track(commitments: pd.DataFrame) -> str:
    """How many targets were missed and when they were due, and how many would be missed."""
    missed = select_missed(commitments)
    projected = int((commitments["on_course"] == OFF_TRACK).sum()) - len(missed)
    parts = []
    if len(missed):
        due = join_items(format_month(month) for month in sorted(set(missed["target_date"])))
        count = f"{len(missed)} " if projected or len(missed) > 1 else ""
        parts.append(f"{count}missed (due {due})")
    if projected:
        count = f"{projected} " if parts or projected > 1 else ""
        parts.append(f"{count}would be missed at recent rates")
    return "".join(f"; {part}" for part in parts)


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
        DatedValue(None, missing_reason=explain_missing(selection)),
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
        return DatedValue(None, missing_reason=explain_missing(selection))
    live = time_to_live.completed_count
    live_text = (
        f"{format_part(live, time_to_live.subject_count, 'service')}"
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
