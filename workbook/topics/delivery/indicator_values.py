"""Values of delivery's indicators that follow from the tables: counts by status and services."""

from collections.abc import Collection
from dataclasses import replace

import pandas as pd

from workbook.periods import period_end
from workbook.text.dates import format_month
from workbook.text.grammar import choose_form, format_part, join_items
from workbook.text.numbers import format_value
from workbook.topics.delivery.assessed_rows import AssessedRows
from workbook.topics.delivery.commitments import (
    MISSED,
    OFF_TRACK,
    STATUSES_BY_INDICATOR,
    count_statuses,
)
from workbook.topics.delivery.dated_values import DatedValue, explain_missing
from workbook.topics.delivery.events import count_states
from workbook.topics.delivery.exemplars import (
    ALPHA,
    BETA,
    DISCOVERY,
    LIVE,
    ExemplarServices,
    PublishedPhaseCounts,
    describe_interval,
    describe_list_day,
    list_day,
    reliable_median,
)
from workbook.topics.delivery.measures import count_note
from workbook.topics.delivery.selection import DeliverySelection


def row_counts(selection: DeliverySelection, assessed: AssessedRows) -> dict[str, DatedValue]:
    """Number of commitments, of those with each status, of progress measures and of events.

    Args:
        selection: The selected data.
        assessed: The assessed rows.

    Returns:
        The counts by the name of the indicator; missing where there is no row of the kind, because
        nothing was then assessed.
    """
    commitments, measures, events = assessed.commitments, assessed.measures, assessed.events
    total = _count_rows(selection, commitments, "commitment", _describe_statuses(commitments))
    return {
        "commitments_total": total,
        "measures_total": _count_rows(
            selection, measures, "progress measure", count_note(measures)
        ),
        "events_total": _count_rows(selection, events, "event", count_states(events)),
        **_status_counts(commitments, total),
    }


def _count_rows(
    selection: DeliverySelection, frame: pd.DataFrame, subject: str, note: str
) -> DatedValue:
    if frame.empty:
        return DatedValue(None, missing_reason=explain_missing(selection, f"no {subject}"))
    newest_period = max(frame["period"], key=period_end)
    return DatedValue(len(frame), as_of=newest_period, note=note)


def _status_counts(commitments: pd.DataFrame, total: DatedValue) -> dict[str, DatedValue]:
    """Number of commitments with the statuses of each indicator."""
    if total.value is None:
        return dict.fromkeys(STATUSES_BY_INDICATOR, total)
    by_status = count_statuses(commitments)
    return {
        name: replace(
            total,
            value=sum(by_status[status] for status in statuses),
            note=f"of {len(commitments)}{_describe_due(commitments, statuses)}",
        )
        for name, statuses in STATUSES_BY_INDICATOR.items()
    }


def _describe_statuses(commitments: pd.DataFrame) -> str:
    """How many commitments have each status: ``1 off track and 10 unknown``."""
    return join_items(
        f"{count} {status}" for status, count in count_statuses(commitments).items() if count
    )


def _describe_due(commitments: pd.DataFrame, statuses: Collection[str]) -> str:
    """How many targets were missed and when they were due, and how many would be missed."""
    if OFF_TRACK not in statuses:
        return ""
    missed = commitments[commitments["status"] == MISSED]
    projected = int((commitments["status"] == OFF_TRACK).sum())
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
        followed = time_to_live.at_risk_at_median
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
