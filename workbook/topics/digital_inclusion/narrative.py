"""The headline of digital inclusion."""

from collections.abc import Iterator, Mapping, Sequence

from workbook.indicators import Indicator
from workbook.text.grammar import join_items
from workbook.text.numbers import (
    format_people,
    format_probability,
    format_simulated_range,
)
from workbook.topics.digital_inclusion.observed_counts import ObservedCount, nearest_count
from workbook.topics.digital_inclusion.parameters import DigitalInclusion

_LEAST_PROBABILITY = 0.005
"""The smallest probability that is not written as under 1%."""


def digital_inclusion_headline(
    scenario: DigitalInclusion,
    indicators: Mapping[str, Indicator],
    counts: Sequence[ObservedCount],
) -> str:
    """Write the main result in a few sentences.

    Args:
        scenario: The scenario.
        indicators: The indicators by name.
        counts: The survey estimates published after the baseline.

    Returns:
        For a target year that has not ended: the people without basic digital skills with their
        range, the target, both probabilities, and estimates that contradict the projection. For one
        that has ended: the target, its outcome, and what the projection would have been.
    """
    sentences = _past_sentences if scenario.target_has_ended else _outlook_sentences
    return " ".join(sentences(scenario, indicators, counts))


def _outlook_sentences(
    scenario: DigitalInclusion,
    indicators: Mapping[str, Indicator],
    counts: Sequence[ObservedCount],
) -> Iterator[str]:
    year = scenario.target_year
    people, target, gap = (
        indicators[name].number or 0.0
        for name in ("people_excluded", "target_people", "gap_to_target")
    )
    yield (
        f"On these assumptions, {format_people(people)} people would lack basic digital skills in"
        f" {year}{_range_clause(indicators['people_excluded'])}."
    )
    comparison = (
        f"{format_people(gap)} more than" if gap > 0 else f"{format_people(-gap)} fewer than"
    )
    yield f"That is {comparison} the target of {format_people(target)}."
    probability = format_probability(indicators["probability_of_target"].number or 0.0)
    yield (
        f"The probability of meeting the target is {probability} if everybody can gain the skills."
    )
    yield from _floor_sentences(scenario, indicators)
    if misses := [count for count in counts if count.is_miss]:
        yield f"Survey estimates do not bear this out: {_list_counts(misses)}."


def _floor_sentences(
    scenario: DigitalInclusion, indicators: Mapping[str, Indicator]
) -> Iterator[str]:
    """What is left of the probability if some people may never be able to gain the skills."""
    floor = indicators["floor_people"]
    if not floor.number:
        return
    estimate = "The strategy estimates" if scenario.has_published_floor else "You assume"
    yield (
        f"{estimate} that {format_people(floor.number)} may never be able to"
        f"{_range_clause(floor, ' ({})')}."
    )
    with_floor, highest = (
        indicators[name].number or 0.0
        for name in ("probability_with_floor", "highest_probability_with_floor")
    )
    sentence = f"The probability is then {format_probability(with_floor)}"
    if highest < _LEAST_PROBABILITY:
        yield f"{sentence}, whatever the number of starts."
    elif highest > 1 - _LEAST_PROBABILITY:
        yield f"{sentence}."
    else:
        yield (
            f"{sentence}, and no number of starts would raise it above"
            f" {format_probability(highest)}."
        )


def _past_sentences(
    scenario: DigitalInclusion,
    indicators: Mapping[str, Indicator],
    counts: Sequence[ObservedCount],
) -> Iterator[str]:
    year, target = scenario.target_year, indicators["target_people"].number or 0.0
    yield (
        f"The target for {year} was {format_people(target)} people without basic digital skills."
    )
    yield from _outcome_sentences(year, target, nearest_count(counts, year))
    people = indicators["people_excluded"]
    yield (
        f"On these assumptions, {format_people(people.number or 0.0)} would have lacked the skills"
        f" in {year}{_range_clause(people)}."
    )
    if misses := [count for count in counts if count.is_miss]:
        yield (
            f"The survey estimate for {misses[-1].year} lies"
            f" {format_people(misses[-1].distance)} {misses[-1].position} 8 in 10 simulations for"
            " that year."
        )


def _outcome_sentences(year: int, target: float, count: ObservedCount | None) -> Iterator[str]:
    """Compare the target with the estimate of its year, or with the nearest one."""
    if count is None:
        yield "No estimate on the same measure has been published since the start."
        return
    gap = format_people(abs(count.people - target))
    side = "above" if count.people > target else "below"
    if count.year == year:
        outcome = "missed" if count.people > target else "met"
        yield (
            f"The survey estimate for {year} was {format_people(count.people)}, {gap} {side} the"
            f" target, so it was {outcome}."
        )
        return
    yield f"No estimate on the same measure was published for {year}."
    people = format_people(count.people)
    yield f"The nearest, for {count.year}, was {people}: {gap} {side} the target."


def _range_clause(people: Indicator, pattern: str = "; {}") -> str:
    """What the simulations give, after the scenario's own number of people."""
    if people.low is None or people.high is None:
        return ""
    low, high = (format_people(end) for end in (people.low, people.high))
    if low == high == format_people(people.number or 0.0):
        return pattern.format("at least 8 in 10 simulations give the same")
    simulated = format_simulated_range(people.low, people.high, "people")
    return pattern.format(f"8 in 10 simulations give {simulated}")


def _list_counts(counts: Sequence[ObservedCount]) -> str:
    """List estimates that lie outside the simulations' range of their year."""
    return join_items(
        f"{format_people(count.people)} in {count.year}, {format_people(count.distance)}"
        f" {count.position} 8 in 10 simulations"
        for count in counts
    )
