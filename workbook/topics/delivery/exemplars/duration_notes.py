"""Notes on how long exemplar services take from the end of discovery to live."""

from collections.abc import Iterator

from workbook.methods.survival import SurvivalCurve
from workbook.periods import period_end
from workbook.text.dates import format_day, format_month
from workbook.text.grammar import (
    capitalise_first,
    choose_form,
    format_count,
    format_part,
)
from workbook.text.numbers import format_number
from workbook.topics.delivery.exemplars.phase_lists import list_day
from workbook.topics.delivery.exemplars.phases import LIVE
from workbook.topics.delivery.exemplars.services import ExemplarServices
from workbook.topics.delivery.exemplars.survival import (
    LEAST_AT_RISK,
    reliable_median,
)


def duration_notes(services: ExemplarServices) -> Iterator[str]:
    """Note how long services take to go live, or that too few have gone live to say.

    Args:
        services: The analysed services.

    Yields:
        A note of one or more sentences.
    """
    time_to_live = services.time_to_live
    if time_to_live is None:
        return
    month = format_month(services.last_known_month)
    if time_to_live.subject_count == 1:
        yield from _one_duration_note(time_to_live)
    elif time_to_live.median is None:
        yield _median_not_reached_note(time_to_live, month)
    elif reliable_median(time_to_live) is None:
        yield _too_few_note(time_to_live, month)
    else:
        yield _median_note(services, time_to_live)


def _one_duration_note(time_to_live: SurvivalCurve) -> Iterator[str]:
    if time_to_live.completed_count:
        months = format_months(time_to_live.median_completed_only or 0.0)
        yield f"The service went live {months} after the end of its discovery."


def _median_not_reached_note(time_to_live: SurvivalCurve, month: str) -> str:
    live, completed = time_to_live.completed_count, time_to_live.median_completed_only
    part = capitalise_first(format_part(live, time_to_live.subject_count, "service"))
    opening = "How long services take to go live is not known yet."
    if completed is None:
        return f"{opening} {part} was live by {month}."
    return (
        f"{opening} {part} {choose_form(live, 'was', 'were')} live by {month}, fewer than half."
        f" {_describe_completed(live, completed)}"
    )


def _describe_completed(live: int, months: float) -> str:
    """How long the completed services took, and why that is no answer."""
    took = "That one took" if live == 1 else "At the median these took"
    return f"{took} {format_months(months)}, but the slowest services were still under way."


def _too_few_note(time_to_live: SurvivalCurve, month: str) -> str:
    """Say why a median that is reached is not quoted."""
    live, services = time_to_live.completed_count, time_to_live.subject_count
    followed = format_count(time_to_live.at_risk_at_median, "service was", "services were")
    part = capitalise_first(format_part(live, services, "service"))
    return (
        f"Too few services have gone live to say how long it takes. {part}"
        f" {choose_form(live, 'was', 'were')} live by {month}. Only {followed} still followed at"
        f" the median of {format_months(time_to_live.median or 0.0)}, and at least {LEAST_AT_RISK}"
        " are needed."
    )


def _median_note(services: ExemplarServices, time_to_live: SurvivalCurve) -> str:
    interval = describe_interval(time_to_live.median_low, time_to_live.median_high)
    followed = format_count(time_to_live.at_risk_at_median, "service was", "services were")
    month = format_month(services.last_known_month)
    return (
        f"By milestones to {month}, the estimated median time to live is"
        f" {format_months(time_to_live.median or 0.0)} (95% confidence interval: {interval}). If"
        " milestones are recorded late, this is too long. Months count from the end of discovery,"
        f" and {followed} followed that long."
        f"{_describe_live_services(services, time_to_live)}"
    )


def _describe_live_services(services: ExemplarServices, time_to_live: SurvivalCurve) -> str:
    """How long the live services took, and how many more the dashboard has that are not counted."""
    completed, live = time_to_live.median_completed_only, time_to_live.completed_count
    if completed is None:
        return ""
    verb = choose_form(live, "was", "were")
    live_text = (
        f" By {format_month(services.last_known_month)}, {live} {verb} live, after"
        f" {format_months(completed)} at the median."
    )
    listed = services.latest_list
    listed_live = 0 if listed.empty else int((listed["phase"] == LIVE).sum())
    if listed_live <= live or list_day(listed)[:7] <= services.last_known_month:
        return live_text
    return (
        f"{live_text} The dashboard has {listed_live} live on"
        f" {format_day(period_end(list_day(listed)))}.{_describe_other_live_services(services)}"
    )


def _describe_other_live_services(services: ExemplarServices) -> str:
    """How the services count here that are live on the dashboard and not by milestones."""
    summary = services.summary
    is_completed = summary["completed"].fillna(value=False).astype(bool)
    others = summary[summary["phase_listed"].eq(LIVE) & ~is_completed]
    undated = int(others["months"].isna().sum())
    not_yet = len(others) - undated
    month = format_month(services.last_known_month)
    if not not_yet:
        subject = format_count(undated, "has", "have", one="one")
        return f" The other {subject} no dated discovery." if undated else ""
    part = f"{not_yet} of the other {len(others)}" if undated else f"the other {not_yet}"
    doubt = f", and {format_count(undated, 'has', 'have', one='one')} no dated discovery"
    return (
        f" Here {part} {choose_form(not_yet, 'counts', 'count')} as not yet live in {month}"
        f"{doubt if undated else ''}."
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


def format_months(months: float) -> str:
    """Write a number of months: ``1 month``, ``27 months``."""
    return f"{format_number(months)} {choose_form(int(months), 'month', 'months')}"
