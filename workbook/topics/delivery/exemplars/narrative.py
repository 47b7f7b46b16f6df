"""Sentences about the exemplar services: how many are live, and what the counts rest on."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import pandas as pd

from workbook.periods import period_end
from workbook.scenario import split_list
from workbook.text.dates import format_day, format_month
from workbook.text.grammar import (
    choose_form,
    choose_none,
    format_count,
    format_part,
    join_items,
)
from workbook.topics.delivery.exemplars.other_sources import (
    describe_dated_phases,
    describe_listed_phase,
)
from workbook.topics.delivery.exemplars.phase_counts import (
    LISTED_PHASES_ROW,
    MILESTONE_PHASES_ROW,
    PUBLISHED_PHASES_ROW,
)
from workbook.topics.delivery.exemplars.phase_lists import count_services, describe_list_day
from workbook.topics.delivery.exemplars.phases import EXEMPLAR_PHASES, LIVE
from workbook.topics.delivery.exemplars.services import ExemplarServices

_SOURCE_COUNTS = {
    PUBLISHED_PHASES_ROW: "The report counts",
    LISTED_PHASES_ROW: "The dashboard counts",
    MILESTONE_PHASES_ROW: "Milestones count",
}
"""How a sentence on a count begins, by the source of the count."""


def live_services_sentence(services: ExemplarServices, departments: str) -> str:
    """Write how many services are live, by the source that is closest to the published one.

    Args:
        services: The analysed services.
        departments: The selected departments, as a list with semicolons; empty for all.

    Returns:
        One or two sentences; empty if no source has figures.
    """
    phase_counts = services.phase_counts
    if phase_counts.empty:
        return ""
    live_count, service_count = int(phase_counts.iloc[0][LIVE]), services.service_count
    source, as_of = phase_counts[["account", "as_of"]].iloc[0]
    day = format_day(period_end(str(as_of)))
    if service_count == 1:
        status = "live" if live_count else "not live"
        return f"There is 1 exemplar service. {_SOURCE_COUNTS[source]} it as {status} on {day}."
    part = _write_part(live_count, service_count, departments)
    return f"{_SOURCE_COUNTS[source]} {part} live on {day}."


def _write_part(live_count: int, service_count: int, departments: str) -> str:
    """How many of several exemplar services are live: of all, or of the departments' own."""
    if not departments:
        return format_part(live_count, service_count, "exemplar service")
    owner = choose_form(len(split_list(departments)), "the department’s", "the departments’")
    count = "all" if live_count == service_count else live_count or choose_none(service_count)
    return f"{count} of {owner} {service_count} exemplar services"


def phase_count_notes(services: ExemplarServices) -> Iterator[str]:
    """Note the published and the listed counts by phase, if they are for this day.

    Args:
        services: The analysed services.

    Yields:
        One note, if either is, and one on why they differ.
    """
    counts_by_source = {row["account"]: row for row in services.phase_counts.to_dict("records")}
    sentences = []
    if PUBLISHED_PHASES_ROW in counts_by_source:
        published_counts = counts_by_source[PUBLISHED_PHASES_ROW]
        count_text = format_count(published_counts["services"], "service")
        sentences.append(f"The report counts {count_text}: {_list_phases(published_counts)}.")
    if LISTED_PHASES_ROW in counts_by_source:
        day = describe_list_day(services.latest_list)
        phases = _list_phases(counts_by_source[LISTED_PHASES_ROW])
        sentences.append(
            f"The dashboard’s list {day} has {_count_entries(services.latest_list)}."
            f" These are {phases}."
        )
    if sentences:
        yield " ".join(sentences)
    if len(services.differences):
        day = format_day(str(services.differences["as_of"].iloc[0]))
        yield f"For {day}, a table explains why the sources differ."


def _count_entries(listed: pd.DataFrame) -> str:
    """How many services a list has; entries where some of them share a number."""
    entries, services = len(listed), count_services(listed)
    if entries == services:
        return format_count(services, "service")
    return f"{entries} entries for {format_count(services, 'numbered service')}"


def _list_phases(counts: Mapping[Any, int]) -> str:
    phase_counts = [
        f"{counts[phase]} in {phase}"
        for phase in EXEMPLAR_PHASES
        if counts[phase] and phase != LIVE
    ]
    return join_items([*phase_counts, f"{counts[LIVE] or 'none'} live"])


def milestone_notes(services: ExemplarServices, day: date) -> Iterator[str]:
    """Note how recent the milestones are, which services they cover, and other sources.

    Args:
        services: The analysed services.
        day: The day of the analysis.

    Yields:
        A note of one or more sentences.
    """
    if len(services.timeline) and period_end(services.last_known_month) < day:
        yield _milestones_vintage_note(services)
    yield from _discovery_note(services)
    for row in services.other_sources.to_dict("records"):
        yield (
            f"{row['title']} counts as {row['phase']} from {format_month(row['month'])}, by the"
            f" {row['source']}.{describe_listed_phase(services.latest_list, row)}"
            f" {describe_dated_phases(services, row)}"
        )


def _milestones_vintage_note(services: ExemplarServices) -> str:
    current_phases = services.timeline[services.timeline["going_on"].astype(bool)]
    live = int((current_phases["phase"] == LIVE).sum())
    live_text = format_count(live, "service was", "services were", one="one", none="no")
    month = format_month(services.last_known_month)
    return (
        f"Milestones are known to {month}. By these, {live_text} live then. Figures derived from"
        " milestones are as at that month."
    )


def _discovery_note(services: ExemplarServices) -> Iterator[str]:
    """Which services with dated milestones have no dated discovery, so no duration."""
    time_to_live, without_discovery = services.time_to_live, services.without_discovery
    if time_to_live is None or time_to_live.subject_count == 1 or without_discovery <= 0:
        return
    followed = time_to_live.subject_count
    shared = (
        " Two services that share a number count as two here and as one elsewhere."
        if services.shares_a_number
        else ""
    )
    yield (
        f"Times to live cover {followed} of {followed + without_discovery} services with dated"
        f" milestones: {format_count(without_discovery, 'has', 'have', one='one')} no dated"
        f" discovery.{shared}"
    )
