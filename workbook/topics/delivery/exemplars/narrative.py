"""Sentences about the exemplar services: how many are live, and what the figures rest on."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from workbook.methods.survival import SurvivalCurve
from workbook.periods import period_end
from workbook.text.dates import format_day, format_month
from workbook.text.grammar import format_count, join_items
from workbook.text.numbers import format_number
from workbook.topics.delivery.exemplars.phase_counts import (
    LISTED_PHASES_ROW,
    MILESTONE_PHASES_ROW,
    PUBLISHED_PHASES_ROW,
)
from workbook.topics.delivery.exemplars.phase_lists import (
    count_programme_by_phase,
    describe_list_day,
)
from workbook.topics.delivery.exemplars.phases import EXEMPLAR_PHASES, LIVE
from workbook.topics.delivery.exemplars.services import ExemplarServices
from workbook.topics.delivery.exemplars.survival import (
    LEAST_AT_RISK,
    at_risk_at_median,
    reliable_median,
)

_SHARED_NUMBER_SENTENCE = (
    " Two that share a number count as two here, and as one among the exemplar services."
)


def live_services_sentence(services: ExemplarServices) -> str:
    """Write how many services are live, by the source that is closest to the published one.

    Args:
        services: The analysed services.

    Returns:
        A sentence; empty if no source has figures.
    """
    phase_counts = services.phase_counts
    if phase_counts.empty:
        return ""
    nearest = phase_counts.iloc[0]
    live_count, service_count = int(nearest[LIVE]), services.service_count
    state = (
        f"The one exemplar service was {'' if live_count else 'not '}live"
        if service_count == 1
        else f"{live_count or 'None'} of {service_count} exemplar services"
        f" {'were' if live_count > 1 else 'was'} live"
    )
    return f"{state} {_describe_source(services)}{_describe_duration(services)}"


def _describe_source(services: ExemplarServices) -> str:
    """The day of the first count by phase, and its source where that is not the report."""
    source, as_of = services.phase_counts[["account", "as_of"]].iloc[0]
    if source == LISTED_PHASES_ROW:
        return f"on the dashboard’s list {describe_list_day(services.latest_list)}"
    by_milestones = " by dated milestones" if source == MILESTONE_PHASES_ROW else ""
    return f"on {format_day(period_end(str(as_of)))}{by_milestones}"


def _describe_duration(services: ExemplarServices) -> str:
    """How long services take to go live, or that too few have gone live; it ends the sentence."""
    time_to_live = services.time_to_live
    if time_to_live is None or not time_to_live.completed_count:
        return "."
    if time_to_live.subject_count == 1:
        months = format_number(time_to_live.median_completed_only or 0.0)
        return f". It went live {months} months after the end of its discovery."
    median = reliable_median(time_to_live)
    if median is None:
        return ", too few to say how long it takes."
    interval = describe_interval(time_to_live.median_low, time_to_live.median_high)
    return (
        f". By milestones to {format_month(services.last_known_month)}, counting services still"
        f" under way, half take {format_number(median)} months or more from the end of discovery to"
        f" live (95% confidence interval: {interval})."
    )


def exemplar_service_notes(services: ExemplarServices, day: date) -> Iterator[str]:
    """Explain why the sources differ, what the median rests on, and how recent the data is.

    Args:
        services: The analysed services.
        day: The day of the analysis.

    Yields:
        A note of one or more sentences.
    """
    yield from _phase_count_notes(services)
    yield from _median_notes(services)
    for row in services.other_sources.to_dict("records"):
        yield (
            f"{row['title']} counts as {row['phase']} from {format_month(row['month'])}, by the"
            f" {row['source']}. The source of the other milestones does not have this one."
        )
    yield from _data_vintage_note(services, day)


def _phase_count_notes(services: ExemplarServices) -> Iterator[str]:
    """Published and listed counts by phase, if both are for this day, and why they differ."""
    counts_by_source = {row["account"]: row for row in services.phase_counts.to_dict("records")}
    sentences = []
    if PUBLISHED_PHASES_ROW in counts_by_source:
        published_counts = _list_phase_counts(counts_by_source[PUBLISHED_PHASES_ROW])
        sentences.append(f"The report counts {published_counts}.")
    if LISTED_PHASES_ROW in counts_by_source:
        listed_counts = _list_phase_counts(count_programme_by_phase(services.latest_list))
        day = describe_list_day(services.latest_list)
        sentences.append(f"The dashboard’s list {day} has {listed_counts}.")
    if sentences:
        yield " ".join(sentences)
    if len(services.differences):
        day = format_day(str(services.differences["as_of"].iloc[0]))
        yield " ".join([f"Why the sources differ on {day}.", *services.differences["difference"]])


def _list_phase_counts(counts: Mapping[Any, int]) -> str:
    phase_counts = [
        f"{counts[phase]} in {phase}"
        for phase in EXEMPLAR_PHASES
        if counts[phase] and phase != LIVE
    ]
    services_text = format_count(sum(counts[phase] for phase in EXEMPLAR_PHASES), "service")
    return f"{services_text}: {join_items([*phase_counts, f'{counts[LIVE]} live'])}"


def _median_notes(services: ExemplarServices) -> Iterator[str]:
    """Compare the median with that of completed services, and say which services are left out."""
    time_to_live, without_discovery = services.time_to_live, services.without_discovery
    if time_to_live is None or time_to_live.subject_count == 1:
        return
    if time_to_live.median is not None and reliable_median(time_to_live) is None:
        yield _too_few_note(time_to_live)
    else:
        yield from _median_comparison_notes(time_to_live)
    if without_discovery > 0:
        followed = time_to_live.subject_count
        subject = format_count(without_discovery, "has", "have", one="one")
        yield (
            f"These durations cover {followed} of {followed + without_discovery} services with"
            f" dated milestones: {subject} no dated discovery."
            f"{_SHARED_NUMBER_SENTENCE if services.shares_a_number else ''}"
        )


def _median_comparison_notes(time_to_live: SurvivalCurve) -> Iterator[str]:
    """Compare the median with that of completed services, and give its confidence interval."""
    completed_median, overall_median = time_to_live.median_completed_only, time_to_live.median
    completed_text = format_count(time_to_live.completed_count, "service", one="one")
    if completed_median is not None and completed_median != overall_median:
        median_text = (
            "is not reached" if overall_median is None else f"is {format_number(overall_median)}"
        )
        duration_text = (
            f"{format_number(completed_median)}"
            f" months{'' if time_to_live.completed_count == 1 else ' at the median'}"
        )
        yield (
            f"The {completed_text} that went live took {duration_text}. Counting the"
            f" {time_to_live.subject_count - time_to_live.completed_count} still under way, the"
            f" median {median_text}. Completed services alone are biased: the slowest are still"
            " under way."
        )
    elif completed_median is not None:
        yield (
            f"The median of the {completed_text} that went live is also"
            f" {format_number(completed_median)} months. With so few, the next one could change"
            " both."
        )
    yield from _confidence_interval_note(time_to_live)


def _too_few_note(time_to_live: SurvivalCurve) -> str:
    """Say why a median that is reached is not quoted."""
    followed = format_count(
        at_risk_at_median(time_to_live), "service was", "services were", one="one"
    )
    return (
        f"The median time from the end of discovery to live is not quoted. It would be"
        f" {format_number(time_to_live.median or 0.0)} months, when only {followed} still followed:"
        f" fewer than {LEAST_AT_RISK}."
    )


def _confidence_interval_note(time_to_live: SurvivalCurve) -> Iterator[str]:
    """The confidence interval of the median, and the number of services that it rests on."""
    if time_to_live.median is None:
        return
    at_risk = at_risk_at_median(time_to_live)
    yield (
        "95% confidence interval for the median:"
        f" {describe_interval(time_to_live.median_low, time_to_live.median_high)}. Services still"
        f" followed at {format_number(time_to_live.median)} months: {at_risk}."
    )


def describe_interval(low: float | None, high: float | None) -> str:
    """Describe a confidence interval of months, either end of which may not be known yet.

    Args:
        low: The low end, None if not known yet.
        high: The high end, None if not known yet.

    Returns:
        Such as ``22 to 28 months``.
    """
    if low is None and high is None:
        return "not known yet"
    if high is None:
        return f"{format_number(low or 0.0)} months, no upper limit yet"
    if low is None:
        return f"no lower limit yet, {format_number(high)} months"
    return f"{format_number(low)} to {format_number(high)} months"


def _data_vintage_note(services: ExemplarServices, day: date) -> Iterator[str]:
    if len(services.timeline) and period_end(services.last_known_month) < day:
        current_phases = services.timeline[services.timeline["going_on"].astype(bool)]
        live = int((current_phases["phase"] == LIVE).sum())
        live_text = format_count(live, "service was", "services were", one="one")
        month = format_month(services.last_known_month)
        yield (
            f"Milestones are known to {month}. By these, {live_text} live then. Figures derived"
            " from milestones are as at that month."
        )
