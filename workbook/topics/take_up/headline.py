"""The headline of take-up: the change in the same services, then where the target stands."""

from collections.abc import Iterator

from workbook.text.dates import format_month
from workbook.text.grammar import choose_form, format_count
from workbook.text.numbers import format_points, format_probability, format_share
from workbook.text.probability import yardstick_term
from workbook.topics.take_up.comparison import (
    EARLIER_ONLY,
    NEGLIGIBLE_CHANGE,
    WindowComparison,
)
from workbook.topics.take_up.outlook import Outlook
from workbook.topics.take_up.projection import ONE_WINDOW_CAVEAT
from workbook.topics.take_up.quarter_labels import format_year_ends, format_year_to
from workbook.topics.take_up.single_service import find_dominant_entrant

_MOST_WORDS = 35
"""Words of a headline."""

_MOST_STOPPED = 0.5
"""Share of the earlier transactions in services that stopped, above which a headline says it."""

_EXTREME = 0.01
"""Probabilities nearer to 0 or 1 need no word for how likely they are."""


def take_up_headline(comparison: WindowComparison, outlook: Outlook) -> str:
    """Write the answer in at most 35 words.

    Args:
        comparison: The two windows compared.
        outlook: What is observed and forecast against the target.

    Returns:
        The within-service effect, and whether the target is reached or how likely it is.
    """
    headlines = []
    for change_sentence in _change_sentences(comparison):
        most_words = _MOST_WORDS - len(change_sentence.split())
        target_sentence = _target_sentence(comparison, outlook, most_words)
        headlines.append(f"{change_sentence} {target_sentence}")
    fitting = (headline for headline in headlines if len(headline.split()) <= _MOST_WORDS)
    return next(fitting, headlines[-1])


def _change_sentences(comparison: WindowComparison) -> Iterator[str]:
    """The within-service effect, the longest first; take-up where nothing can be compared."""
    change = comparison.change_decomposition
    if change.within is None:
        reason = (
            "There is no earlier year to compare with."
            if comparison.before is None
            else "No service reported in both years."
        )
        latest, month = format_share(change.headline_after or 0), comparison.window_after
        yield f"Digital take-up was {latest} in the year to {format_month(month)}. {reason}"
        return
    count, effect = change.services_matched, _describe_effect(change.within)
    ends = format_year_ends(comparison.window_before, comparison.window_after)
    if _is_mostly_stopped(comparison):
        subject = "Take-up" if count == 1 else "At unchanged mix, take-up"
        share = format_share(1 - comparison.stopped_share)
        services = f"{format_count(count, 'service', one='one')} with {share}"
        last = format_month(comparison.window_after)
        yield (
            f"{subject} {effect} between the years to {ends}, in {services} of the earlier"
            " transactions."
        )
        yield f"{subject} {effect} to {last} in {services} of earlier transactions."
        return
    services = (
        "Take-up in one comparable service"
        if count == 1
        else f"At unchanged mix, take-up in {count:,} services"
    )
    yield f"{services} {effect} between the years to {ends}."


def _is_mostly_stopped(comparison: WindowComparison) -> bool:
    """Whether the services compared had under half of the earlier transactions."""
    return comparison.stopped_share > _MOST_STOPPED


def _describe_effect(effect: float) -> str:
    if abs(effect) < NEGLIGIBLE_CHANGE:
        return "did not change"
    size = format_points(effect).lstrip("+−")
    return f"{'rose' if effect > 0 else 'fell'} {size} {'point' if size == '1.0' else 'points'}"


def _target_sentence(comparison: WindowComparison, outlook: Outlook, most_words: int) -> str:
    """Whether all services and the same services are at the target, else how likely it is."""
    if outlook.panel_forecast.forecast.window_count == 1:
        return ONE_WINDOW_CAVEAT
    target, observed = outlook.scenario.target, outlook.observed
    since = observed.all_reporting.reached_quarter(target)
    is_reached_throughout = observed.throughout.reached_quarter(target) is not None
    if (since is not None) != is_reached_throughout:
        return (
            _stopped_sentence(comparison)
            if outlook.is_out_of_date
            else _contrast_sentence(comparison, outlook)
        )
    if since:
        return _since_sentence(outlook, since)
    if outlook.is_out_of_date:
        return (
            f"Across all services it was below {format_share(target)}, and there are no later"
            " figures."
        )
    return _probability_sentence(outlook, most_words)


def _stopped_sentence(comparison: WindowComparison) -> str:
    """How many services stopped reporting, which is why the two populations differ."""
    stopped_count = int((comparison.service_rows["reported"] == EARLIER_ONLY).sum())
    if not stopped_count:
        return "There are no later figures."
    if _is_mostly_stopped(comparison):
        others = choose_form(stopped_count, "one", f"{stopped_count:,}")
        return f"There are no later figures. The other {others} stopped reporting."
    services = format_count(stopped_count, "service", one="one")
    return f"There are no later figures, and {services} stopped reporting."


def _contrast_sentence(comparison: WindowComparison, outlook: Outlook) -> str:
    """Take-up of all services that report and of the same ones, on either side of the target."""
    target = outlook.scenario.target
    all_reporting, throughout = outlook.observed.all_reporting, outlook.observed.throughout
    latest = f"Across all services it was {format_share(all_reporting.take_up[-1])}"
    entrant = find_dominant_entrant(comparison)
    if entrant and entrant.is_without_digital:
        return (
            f"{latest}, or {format_share(entrant.take_up_without)} without one that reports no"
            " digital transactions."
        )
    relation = "at or above" if all_reporting.take_up[-1] >= target else "below"
    services = outlook.panel_forecast.panel.services
    return (
        f"{latest}, {relation} {format_share(target)}, but"
        f" {format_share(throughout.take_up[-1])} in the"
        f" {choose_form(services, 'one', f'{services:,}')} reporting throughout."
    )


def _since_sentence(outlook: Outlook, since: str) -> str:
    """Since when all services that report have been at the target."""
    target = format_share(outlook.scenario.target)
    if since == outlook.observed.all_reporting.quarters[0]:
        return f"Across all services it was {target} or more in every period."
    tense = "had" if outlook.is_out_of_date else "has"
    return f"Across all services it {tense} been {target} or more since {format_year_to(since)}."


def _probability_sentence(outlook: Outlook, most_words: int) -> str:
    """The probability of the target, or why there is none, as fully as there is room."""
    panel_forecast, target = outlook.panel_forecast, format_share(outlook.scenario.target)
    panel = panel_forecast.panel
    period = "now" if panel.volume_share == 1 else "throughout"
    latest = format_share(panel.take_up[-1])
    probability, tested_quarter = panel_forecast.tested_probability, panel_forecast.tested_quarter
    count = choose_form(panel.services, "one", f"{panel.services:,}")
    if probability is None or tested_quarter is None:
        services = choose_form(panel.services, "service", "services")
        return (
            f"The data cannot show whether the {count} {services} reporting {period} ({latest})"
            f" would reach {target}."
        )
    likelihood = f"has {format_probability(probability)} probability"
    if _EXTREME <= probability <= 1 - _EXTREME:
        likelihood = f"is {yardstick_term(probability)} ({format_probability(probability)})"
    likely = f"{format_probability(probability)} likely"
    year = format_year_to(tested_quarter)
    short_outcome, outcome = f"{target} in {year}", f"{target} or more in {year}"
    sentences = (
        f"In the {count} reporting {period} ({latest}), {outcome} {likelihood}.",
        f"In {count} reporting {period} ({latest}), {outcome} {likelihood}.",
        f"In {count} reporting {period} ({latest}), {outcome} is {likely}.",
        f"In {count} reporting {period} ({latest}), {short_outcome} {likelihood}.",
        f"In {count} reporting {period} ({latest}), {short_outcome} is {likely}.",
    )
    fitting = (sentence for sentence in sentences if len(sentence.split()) <= most_words)
    return next(fitting, sentences[-1])
