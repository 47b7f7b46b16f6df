"""Sentences about the exemplar services: how many are live, and what the figures rest on."""

from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from typing import Any

from workbook.methods.survival import SurvivalCurve
from workbook.periods import period_end
from workbook.text.dates import format_day, format_month
from workbook.text.grammar import choose_form, format_count, join_items
from workbook.text.numbers import format_number
from workbook.topics.delivery.exemplars.phase_counts import (
    LISTED_PHASES_ROW,
    PUBLISHED_PHASES_ROW,
)
from workbook.topics.delivery.exemplars.phases import EXEMPLAR_PHASES, LIVE
from workbook.topics.delivery.exemplars.services import ExemplarServices


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
    live_count, service_count = int(nearest[LIVE]), int(nearest["services"])
    state = (
        f"The one exemplar service was {'' if live_count else 'not '}live"
        if service_count == 1
        else f"{live_count or 'None'} of {service_count} exemplar services"
        f" {choose_form(live_count, 'was', 'were')} live"
    )
    day = format_day(period_end(str(nearest["as_of"])))
    return f"{state} on {day}.{_median_sentence(services.time_to_live)}"


def _median_sentence(time_to_live: SurvivalCurve | None) -> str:
    if time_to_live is None or time_to_live.median is None:
        return ""
    if time_to_live.subject_count == 1:
        return f" It went live {format_number(time_to_live.median)} months after its discovery."
    return (
        f" Counting services still under way, half take {format_number(time_to_live.median)}"
        " months or more from discovery to live."
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
    yield from _data_vintage_note(services, day)


def _phase_count_notes(services: ExemplarServices) -> Iterator[str]:
    """Published and listed counts by phase, if both are for this day, and why they differ."""
    counts_by_source = {row["account"]: row for row in services.phase_counts.to_dict("records")}
    if PUBLISHED_PHASES_ROW not in counts_by_source:
        return
    published_counts = _list_phase_counts(counts_by_source[PUBLISHED_PHASES_ROW])
    sentences = [f"The report counts {published_counts}."]
    if LISTED_PHASES_ROW in counts_by_source:
        listed_counts = _list_phase_counts(counts_by_source[LISTED_PHASES_ROW])
        sentences.append(f"The latest dashboard list has {listed_counts}.")
    yield " ".join(sentences)
    if len(services.differences):
        yield " ".join(["Why the sources differ.", *services.differences["difference"]])


def _list_phase_counts(counts: Mapping[Hashable, Any]) -> str:
    phase_counts = [
        f"{counts[phase]} in {phase}"
        for phase in EXEMPLAR_PHASES
        if counts[phase] and phase != LIVE
    ]
    services_text = format_count(counts["services"], "service")
    return f"{services_text}: {join_items([*phase_counts, f'{counts[LIVE]} live'])}"


def _median_notes(services: ExemplarServices) -> Iterator[str]:
    """Compare the median with that of completed services, and say which services are left out."""
    time_to_live, without_discovery = services.time_to_live, services.without_discovery
    if time_to_live is None or time_to_live.subject_count == 1:
        return
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
    if without_discovery > 0:
        subject = format_count(without_discovery, "service has", "services have", one="One")
        yield f"{subject} no dated discovery, so these durations do not include it."


def _confidence_interval_note(time_to_live: SurvivalCurve) -> Iterator[str]:
    """The confidence interval of the median, and the number of services that it rests on."""
    if time_to_live.median is None:
        return
    at_risk = int(time_to_live.at_risk[time_to_live.times == time_to_live.median][0])
    yield (
        "95% confidence interval for the median:"
        f" {_describe_interval(time_to_live.median_low, time_to_live.median_high)}. Services still"
        f" followed at {format_number(time_to_live.median)} months: {at_risk}."
    )


def _describe_interval(low: float | None, high: float | None) -> str:
    """Describe an interval of months, either end of which may not be known yet."""
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
