"""Take-up of the services that reported in both of two quarters."""

from dataclasses import replace

from workbook.outcome import Outcome
from workbook.report_section import IndicatorPair
from workbook.topics.take_up.comparison import EARLIER_ONLY

_EFFECT_INDICATORS = ("change_within", "change_mix", "change_interaction")
"""The effects that add up to the change in take-up of the same services."""

_ALL_REPORTING_INDICATORS = ("take_up", "take_up_everything", "services_reporting")
"""Indicators of every service that reports, whether or not it did a year earlier."""


def compare_matched_services(outcome: Outcome) -> IndicatorPair | None:
    """Compare take-up between two quarters on the services that reported in both.

    Args:
        outcome: An outcome whose ``compare_with`` is the earlier quarter.

    Returns:
        Take-up of those services in the earlier quarter and in the later one, None where it is
        not known.
    """
    effects = [outcome[name].value for name in _EFFECT_INDICATORS]
    matched_take_up, matched_services = outcome["take_up_matched"], outcome["services_matched"]
    if matched_take_up.value is None or any(effect is None for effect in effects):
        return None
    label = f"Take-up of the {matched_services.formatted_value} services that reported in both"
    current = replace(matched_take_up, label=label, direction="higher")
    value = float(matched_take_up.value) - sum(float(effect or 0) for effect in effects)
    return replace(current, value=value), current


def list_covered_services(outcome: Outcome, indicator: str) -> frozenset[tuple[str, str]]:
    """List the services that an indicator covers.

    Args:
        outcome: An outcome of the topic.
        indicator: Name of the indicator.

    Returns:
        The services that report. For all but take-up and the number of services, each with whether
        it also reported a year earlier, because those figures are of the services that did.
    """
    services = outcome.frame("services")
    pairs = zip(services["service"], services["reported"], strict=True)
    if indicator in _ALL_REPORTING_INDICATORS:
        return frozenset((service, "") for service, reported in pairs if reported != EARLIER_ONLY)
    return frozenset(pairs)
