"""Targets of years that have ended: no probability, but a survey estimate where one is held."""

from collections.abc import Sequence

from workbook.text.numbers import format_people
from workbook.topics.digital_inclusion.indicators import (
    INTERIM_PROBABILITIES,
    TARGET_PROBABILITIES,
)
from workbook.topics.digital_inclusion.observed_counts import ObservedCount
from workbook.topics.digital_inclusion.parameters import DigitalInclusion
from workbook.topics.digital_inclusion.path_summary import INTERIM_YEARS
from workbook.topics.digital_inclusion.projection import target_path


def interim_target(scenario: DigitalInclusion, year: int) -> float | None:
    """Calculate the target of an interim year.

    Args:
        scenario: The scenario.
        year: A calendar year.

    Returns:
        The target in people; None for a year without an interim target.
    """
    is_between = scenario.baseline_year < year < scenario.target_year
    if year not in INTERIM_YEARS or not is_between:
        return None
    return float(target_path(scenario.values(), year))


def describe_difference(people: float, target: float) -> str:
    """Say how far a number of people is from a target: ``5.1 million above``."""
    side = "above" if people > target else "below"
    return f"{format_people(abs(people - target))} {side}"


def missing_probability_reasons(
    scenario: DigitalInclusion, counts: Sequence[ObservedCount]
) -> dict[str, str]:
    """Say why a probability has no value.

    Args:
        scenario: The scenario.
        counts: The survey estimates published after the baseline.

    Returns:
        Reasons by indicator name; without the probabilities that have a value.
    """
    first_year, target_year = scenario.baseline_year, scenario.target_year
    reasons = {}
    for year, name in INTERIM_PROBABILITIES.items():
        target = interim_target(scenario, year)
        if target is None:
            reasons[name] = f"{year} is not between {first_year} and {target_year}"
        elif scenario.has_ended(year):
            reasons[name] = _describe_ended_year(year, target, counts)
    if scenario.target_has_ended:
        target = float(target_path(scenario.values(), target_year))
        ended = _describe_ended_year(target_year, target, counts)
        reasons |= dict.fromkeys(TARGET_PROBABILITIES, ended)
    return reasons


def _describe_ended_year(year: int, target: float, counts: Sequence[ObservedCount]) -> str:
    """Compare the survey estimate of a year with its target, or say that none is held."""
    for count in counts:
        if count.is_same_measure and count.year == year:
            return (
                f"{year} has ended; the survey estimate of {format_people(count.people)} is"
                f" {describe_difference(count.people, target)} that year’s target,"
                f" {format_people(target)}"
            )
    return f"{year} has ended; no survey estimate on this measure is held for {year}"
