"""Notes on the people who may never gain the skills, and what they do to the probability."""

from collections.abc import Iterator, Mapping

from workbook.indicators import Indicator
from workbook.text.numbers import (
    LEAST_PROBABILITY,
    format_people,
    format_probability,
    format_share,
)
from workbook.topics.digital_inclusion.narrative import simulations_clause
from workbook.topics.digital_inclusion.parameters import DigitalInclusion

_PUBLISHED_FLOOR = "just under 10% of adults"
"""The strategy's own words. The number of people and its range are calculated here."""


def floor_notes(scenario: DigitalInclusion, indicators: Mapping[str, Indicator]) -> Iterator[str]:
    """Note the people who may never gain the skills, and the probabilities with and without.

    Args:
        scenario: The scenario.
        indicators: The indicators by name.

    Yields:
        A note; none without a floor.
    """
    floor = indicators["floor_people"]
    if not floor.number:
        return
    people, target = (
        indicators[name].number or 0.0 for name in ("people_excluded", "target_people")
    )
    number = format_people(floor.number)
    sentences = [_describe_floor_range(scenario, floor)]
    if floor.number > target:
        verb = "could not have been" if scenario.target_has_ended else "cannot be"
        sentences.append(
            f"This is more than the target of {format_people(target)}. If exactly {number} never"
            f" learn, the target {verb} met."
        )
    if floor.number > people:
        sentences.append(
            f"The projection of {format_people(people)} is also lower: it supposes that everybody"
            " can learn."
        )
    yield " ".join([*sentences, *_probability_sentences(indicators, number)])


def describe_floor(scenario: DigitalInclusion, people: float) -> str:
    """Say who estimates that some people may never gain the skills, and how many.

    Args:
        scenario: The scenario.
        people: The number of these people.

    Returns:
        A sentence without its full stop.
    """
    number = format_people(people)
    if not scenario.has_published_floor:
        return f"You assume that {number} people may never gain the skills"
    return (
        f"The strategy estimates that {_PUBLISHED_FLOOR}, about {number}, may never gain the skills"
    )


def _describe_floor_range(scenario: DigitalInclusion, floor: Indicator) -> str:
    """The number of people and its range, as far as possible by their origins."""
    if not scenario.has_published_floor:
        return f"{describe_floor(scenario, floor.number or 0.0)}{simulations_clause(floor)}."
    low, high = scenario.parameters()["floor_share"].range or (0.0, 0.0)
    clause = simulations_clause(floor, f"our range of {format_share(low)} to {format_share(high)}")
    return (
        f"The strategy estimates that {_PUBLISHED_FLOOR} may never gain the skills. That is about"
        f" {format_people(floor.number or 0.0)}{clause}."
    )


def _probability_sentences(indicators: Mapping[str, Indicator], number: str) -> Iterator[str]:
    """Say what is left of the probability if some people can never gain the skills."""
    without_floor, with_floor = (
        indicators[name].formatted_value
        for name in ("probability_of_target", "probability_with_floor")
    )
    highest = indicators["highest_probability_with_floor"].number
    if highest is None:
        return
    sentence = f"The probability of meeting the target is {with_floor}"
    limit = _describe_limit(highest, with_floor)
    if with_floor == without_floor:
        yield f"{sentence} with or without them{limit}."
    else:
        yield f"{sentence} if the {number} is as uncertain as in the simulations{limit}."
        yield f"If everybody can learn, it is {without_floor}."


def _describe_limit(highest: float, with_floor: str) -> str:
    """Words for what more starts can do for the probability, after it."""
    highest_text = format_probability(highest)
    if highest < LEAST_PROBABILITY:
        return ", whatever the number of starts"
    if highest > 1 - LEAST_PROBABILITY:
        return ""
    if highest_text == with_floor:
        return ". More starts would not raise it"
    return f". It is at most {highest_text} with any number of starts"
