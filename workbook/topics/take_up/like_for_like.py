"""Take-up of the services that reported in both of two quarters."""

from collections.abc import Iterator
from dataclasses import replace

from workbook.outcome import Outcome
from workbook.periods import months_between
from workbook.report_section import IndicatorPair
from workbook.text.dates import format_month
from workbook.text.grammar import first_sentence, format_count
from workbook.topics.take_up.comparison import EARLIER_ONLY

_EFFECT_INDICATORS = ("change_within", "change_mix", "change_interaction")
"""The effects that add up to the change in take-up of the same services."""

_ALL_REPORTING_INDICATORS = ("take_up", "take_up_everything", "services_reporting")
"""Indicators of every service that reports, whether or not it did a year earlier."""

_WINDOW_MONTHS = 12


def compare_matched_services(outcome: Outcome) -> IndicatorPair | None:
    """Compare take-up between two quarters on the services that reported in both.

    Args:
        outcome: An outcome whose ``compare_with`` is the earlier quarter.

    Returns:
        Take-up of those services in the earlier quarter, and what the within-service effect alone
        makes of it, None where it is not known.
    """
    effects = [outcome[name].value for name in _EFFECT_INDICATORS]
    within, after = outcome["change_within"].value, outcome["take_up_matched"].value
    if within is None or after is None or None in effects:
        return None
    before = float(after) - sum(float(effect or 0) for effect in effects)
    services = outcome["services_matched"].formatted_value
    label = f"Take-up in {services} services at unchanged mix"
    previous = replace(outcome["take_up_matched"], label=label, direction="higher", value=before)
    return previous, replace(previous, value=before + float(within))


def describe_matched_change(outcome: Outcome) -> str:
    """Describe the within-service effect, as the first sentence of the headline does.

    Args:
        outcome: As for ``compare_matched_services``.

    Returns:
        A sentence.
    """
    return first_sentence(outcome.headline)


def describe_matched_limits(
    previous: Outcome, current: Outcome, compared: Outcome
) -> Iterator[str]:
    """Describe what limits the like-for-like change: months in common, and other services.

    Args:
        previous: The outcome of the earlier quarter.
        current: The outcome of the later quarter.
        compared: As for ``compare_matched_services``.

    Yields:
        A sentence on the months that both years have in common, if there are any, and one on all
        services that report, if they are not the same.
    """
    months_apart = months_between(_window_end(previous), _window_end(current))
    if 0 < months_apart < _WINDOW_MONTHS:
        yield f"The two years share {format_count(_WINDOW_MONTHS - months_apart, 'month')}."
    before, after = previous["take_up"].number, current["take_up"].number
    services = [list_covered_services(outcome, "take_up") for outcome in (previous, current)]
    if before is None or after is None or services[0] == services[1]:
        return
    matched_change = sum(float(compared[name].value or 0) for name in _EFFECT_INDICATORS)
    # The same services moved the other way, so only the others can explain it.
    reason = (
        "because the list of services changed"
        if matched_change * (after - before) < 0
        else "on a different list of services"
    )
    change = f"it went from {before:.1%} to {after:.1%}"
    yield f"Across all services that report, {change}, {reason}."


def describe_other_services(previous: Outcome, indicator: str) -> str:
    """Describe an earlier share of other services.

    Args:
        previous: The outcome of the earlier quarter.
        indicator: Name of the indicator.

    Returns:
        The share and its year; empty for an indicator that is no share.
    """
    value, unit = previous[indicator].value, previous[indicator].unit
    if unit != "share" or value is None:
        return ""
    month = format_month(_window_end(previous))
    return f"a different set of services gave {float(value):.1%} for the year to {month}"


def _window_end(outcome: Outcome) -> str:
    """The last month of the newest year of an outcome."""
    return str(outcome.frame("windows")["window_end"].iloc[-1])


def list_covered_services(outcome: Outcome, indicator: str) -> frozenset[tuple[str, str]]:
    """List the services that an indicator covers.

    Args:
        outcome: An outcome of the topic.
        indicator: Name of the indicator.

    Returns:
        The services that report. For all but take-up and the number of services, each comes with
        whether it also reported a year earlier. Those figures are of the services that did.
    """
    services = outcome.frame("services")
    pairs = zip(services["service"], services["reported"], strict=True)
    if indicator in _ALL_REPORTING_INDICATORS:
        return frozenset((service, "") for service, reported in pairs if reported != EARLIER_ONLY)
    return frozenset(pairs)
