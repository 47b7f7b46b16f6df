"""The headline of digital inclusion."""

from collections.abc import Iterator, Mapping, Sequence

from workbook.indicators import Indicator
from workbook.text.numbers import format_people, format_simulated_range
from workbook.topics.digital_inclusion.observed_counts import (
    ObservedCount,
    latest_miss,
    nearest_count,
)
from workbook.topics.digital_inclusion.parameters import DigitalInclusion

_MOST_WORDS = 35
"""Words of a headline."""


def digital_inclusion_headline(
    scenario: DigitalInclusion,
    indicators: Mapping[str, Indicator],
    counts: Sequence[ObservedCount],
) -> str:
    """Write the main result in at most 35 words.

    Args:
        scenario: The scenario.
        indicators: The indicators by name.
        counts: The survey estimates published after the baseline.

    Returns:
        For a target year that has not ended: the people without basic digital skills with their
        range, and the calculated target with its probability with and without the floor, or an
        estimate that contradicts the projection. For one that has ended: the survey estimate
        nearest to it, the target, and what the projection would have been.
    """
    sentences = _past_sentences if scenario.target_has_ended else _outlook_sentences
    return " ".join(sentences(scenario, indicators, counts))


def simulations_clause(people: Indicator, origin: str = "") -> str:
    """Give the range of the simulations in brackets, after the scenario's own number of people.

    Args:
        people: An indicator in people.
        origin: What the simulations draw from, such as ``our range of 5% to 12%``; empty to leave
            it out.

    Returns:
        The range, with the side on which it lies if the scenario's own number is outside it; empty
        where nothing was simulated.
    """
    if people.low is None or people.high is None or people.number is None:
        return ""
    low, high, number = (format_people(value) for value in (people.low, people.high, people.number))
    if low == high:
        return f" (at least 8 in 10 simulations: {'the same' if low == number else low})"
    side = {"above": "lower, ", "below": "higher, ", "": ""}[people.side_of_range]
    simulated_range = format_simulated_range(people.low, people.high, "people")
    source = f", from {origin}" if origin else ""
    return f" (8 in 10 simulations{source}: {side}{simulated_range})"


def _outlook_sentences(
    scenario: DigitalInclusion,
    indicators: Mapping[str, Indicator],
    counts: Sequence[ObservedCount],
) -> Iterator[str]:
    people, target = (
        indicators[name].number or 0.0 for name in ("people_excluded", "target_people")
    )
    projection = (
        f"{_format_subject(people)} would lack basic digital skills in {scenario.target_year}"
        f"{simulations_clause(indicators['people_excluded'])}."
    )
    yield projection
    if miss := latest_miss(counts):
        yield (
            f"The calculated target is {format_people(target)}. The {miss.year} survey estimate,"
            f" {format_people(miss.people)}, does not support this."
        )
    else:
        words_left = _MOST_WORDS - len(projection.split())
        yield _write_probabilities(indicators, format_people(target), words_left)


def _format_subject(people: float) -> str:
    number = format_people(people)
    return {"0": "Nobody", "1": "1 adult"}.get(number, f"{number} adults")


def _write_probabilities(indicators: Mapping[str, Indicator], target: str, words: int) -> str:
    """The probability of the target, with its condition where that changes it."""
    without_floor, with_floor = (
        indicators[name].formatted_value
        for name in ("probability_of_target", "probability_with_floor")
    )
    if with_floor == without_floor:
        return f"The probability of meeting the calculated target, {target}, is {without_floor}."
    start = f"Probability of the calculated target, {target}: {without_floor} if everybody can"
    full, short = (f"{start} learn, {with_floor} {end}." for end in ("if some never can", "if not"))
    return full if len(full.split()) <= words else short


def _past_sentences(
    scenario: DigitalInclusion,
    indicators: Mapping[str, Indicator],
    counts: Sequence[ObservedCount],
) -> Iterator[str]:
    target, people = indicators["target_people"].number or 0.0, indicators["people_excluded"]
    projection = f"{format_people(people.number or 0.0)}{simulations_clause(people)}"
    count = nearest_count(counts, scenario.target_year)
    yield (
        "No survey has estimated UK adults without basic digital skills since"
        f" {scenario.baseline_year}."
        if count is None
        else f"A survey estimates {format_people(count.people)} UK adults without basic digital"
        f" skills in {count.year}."
    )
    if count is not None and count.year == scenario.target_year:
        result = "missed" if count.people > target else "met"
        yield f"The calculated target, {format_people(target)}, was {result}."
        yield f"These assumptions give {projection}."
        return
    yield (
        f"For {scenario.target_year}, the calculated target was {format_people(target)} and these"
        f" assumptions give {projection}."
    )
