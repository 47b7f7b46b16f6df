"""Notes of digital inclusion: what a reader needs to interpret the figures."""

from collections.abc import Iterator, Sequence

import numpy as np

from workbook.methods.arrays import FloatOrArray
from workbook.text.numbers import format_people
from workbook.topics.digital_inclusion.cohorts import AgeProjection
from workbook.topics.digital_inclusion.observed_counts import ObservedCount
from workbook.topics.digital_inclusion.parameters import DigitalInclusion


def simulation_notes(people: float, simulated_people: FloatOrArray) -> Iterator[str]:
    """Note where the scenario lies among its own simulations.

    Args:
        people: People in the target year, of the scenario's values.
        simulated_people: The same of each simulation.

    Yields:
        A note on the share of simulations below the scenario, the median and the direction of skew;
        none if the median and the scenario are the same when rounded.
    """
    median = float(np.median(simulated_people))
    if format_people(median) == format_people(people):
        return
    share_below = float(np.mean(np.less_equal(simulated_people, people)))
    more, less = ("higher", "lower") if median > people else ("lower", "higher")
    yield (
        f"The scenario’s {format_people(people)} is not the middle of its own simulations:"
        f" {share_below:.0%} give that many or fewer, and half give more than"
        f" {format_people(median)}. The assumptions leave more room for a {more} number than for a"
        f" {less} one."
    )


def floor_notes(
    scenario: DigitalInclusion, people: float, floor: float, target: float
) -> Iterator[str]:
    """Note a target or a projection that lies below the people who may never gain the skills.

    Args:
        scenario: The scenario.
        people: People in the target year, of the scenario's values.
        floor: People who may never gain the skills, by the strategy's estimate.
        target: People who may lack the skills in the target year.

    Yields:
        A note, or none.
    """
    if floor > target:
        estimate = "The strategy estimates" if scenario.has_published_floor else "You assume"
        yield (
            f"{estimate} that {format_people(floor)} people may never gain the skills. That is more"
            f" than the target of {format_people(target)}. On the central estimates the two cannot"
            " both hold."
        )
    if floor > people:
        yield (
            f"The projection of {format_people(people)} is also lower than"
            f" {format_people(floor)}. It supposes that everybody can gain the skills."
        )


def count_notes(scenario: DigitalInclusion, counts: Sequence[ObservedCount]) -> Iterator[str]:
    """Note how survey estimates published since compare with the projection.

    Args:
        scenario: The scenario.
        counts: The survey estimates published after the baseline.

    Yields:
        A note for each estimate, and one on what a miss means.
    """
    for count in counts:
        yield from _count_note(count)
    misses = [count for count in counts if count.is_miss]
    if any(count.is_new_source for count in misses):
        yield (
            "The estimates and the starting number come from different publications. A break in"
            " the series may explain part of the difference, and sampling error a little of it."
        )
    if misses and not scenario.target_has_ended:
        yield "The probabilities do not take these estimates into account."


def _count_note(count: ObservedCount) -> Iterator[str]:
    people = format_people(count.people)
    if not count.is_same_measure:
        yield (
            f"On another measure, the survey estimate for {count.year} is {people} adults"
            f" ({count.measure}; {count.source}). It is not compared with the projection."
        )
    elif count.low is not None and count.high is not None:
        low, high = format_people(count.low), format_people(count.high)
        distance = f" by {format_people(count.distance)}" if count.is_miss else ""
        yield (
            f"The survey estimate for {count.year} is {people} adults without basic digital skills"
            f" ({count.source}). 8 in 10 simulations for that year lie between {low} and {high}."
            f" The estimate is {count.position} that range{distance}."
        )


def cohort_notes(scenario: DigitalInclusion, people: float, by_age: AgeProjection) -> Iterator[str]:
    """Note what the age-structured comparison changes.

    Args:
        scenario: The scenario.
        people: People in the target year, of the scenario's values.
        by_age: The age-structured projection.

    Yields:
        A note, or none if it changes nothing that can be seen.
    """
    last, total = by_age.people[-1], float(by_age.totals[-1])
    if format_people(total) == format_people(people):
        return
    lack, be = ("have lacked", "have been") if scenario.target_has_ended else ("lack", "be")
    oldest = f"{last[-1] / total:.0%} would {be} {by_age.profile.band_labels[-1]}" if total else ""
    yield (
        "A comparison by age group lets the same share of the people left learn on their own each"
        f" year, not the same number. {format_people(total)} people would then {lack} the skills in"
        f" {scenario.target_year}, not {format_people(people)}."
        f"{f' Of them, {oldest}.' if oldest else ''} The comparison has no range of its own."
    )
