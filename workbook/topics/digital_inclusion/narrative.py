"""Sentences about digital inclusion: the headline."""

from collections.abc import Iterable

from workbook.indicators import Indicator
from workbook.text.numbers import format_people, format_probability
from workbook.topics.digital_inclusion.parameters import DigitalInclusion


def digital_inclusion_headline(scenario: DigitalInclusion, indicators: Iterable[Indicator]) -> str:
    """Write the main result in a few sentences.

    Args:
        scenario: The scenario.
        indicators: The indicators of the scenario.

    Returns:
        Sentences on the people without basic digital skills, the gap to the target, the range of
        the simulations and the probability of meeting the target.
    """
    by_name = {indicator.name: indicator for indicator in indicators}
    values = {name: float(indicator.value or 0) for name, indicator in by_name.items()}
    people, target = map(format_people, (values["people_excluded"], values["target_people"]))
    gap, probability = values["gap_to_target"], values["probability_of_target"]
    comparison = (
        f"That is {format_people(gap)} above the target of {target}."
        if gap > 0
        else f"That meets the target of {target}, with {format_people(-gap)} people to spare."
    )
    low, high = (
        format_people(float(end or 0))
        for end in (by_name["people_excluded"].low, by_name["people_excluded"].high)
    )
    return (
        f"On these assumptions, {people} people will lack basic digital skills in"
        f" {scenario.target_year}. {comparison} 80% of simulations are between {low} and {high}."
        f" The probability of meeting the target is {format_probability(probability)}."
    )
