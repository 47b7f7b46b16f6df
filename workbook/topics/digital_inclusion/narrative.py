"""Sentences about digital inclusion: the headline."""

from collections.abc import Mapping
from typing import Any

from workbook.text.numbers import format_people, format_probability
from workbook.topics.digital_inclusion.parameters import DigitalInclusion


def digital_inclusion_headline(
    scenario: DigitalInclusion, indicator_values: Mapping[str, Any]
) -> str:
    """Write the main result as a sentence.

    Args:
        scenario: The scenario.
        indicator_values: Each indicator's value by name.

    Returns:
        One sentence: people without basic digital skills, the gap to the target, and the
        probability of reaching it.
    """
    year, gap = scenario.target_year, indicator_values["gap_to_target"]
    target_clause = (
        f"{format_people(gap)} more than the target of"
        f" {format_people(indicator_values['target_people'])}"
        if gap > 0
        else f"within the target of {format_people(indicator_values['target_people'])}"
    )
    return (
        f"On these assumptions {format_people(indicator_values['people_excluded'])} people will"
        f" lack basic digital skills in {year}, {target_clause}; the chance of reaching the target"
        f" is {format_probability(indicator_values['probability_of_target'])}."
    )
