"""Notes of digital inclusion: what a reader needs to interpret the figures, most important first.

Three notes stand beside the headline, so the order of ``digital_inclusion_notes`` matters.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from workbook.indicators import Indicator
from workbook.methods.arrays import FloatOrArray
from workbook.text.grammar import capitalise_first
from workbook.text.numbers import format_people, format_share
from workbook.topics.digital_inclusion.cohorts import AgeProjection
from workbook.topics.digital_inclusion.count_notes import (
    latest_miss_notes,
    other_count_notes,
    outcome_notes,
    unchanged_start_notes,
)
from workbook.topics.digital_inclusion.floor_notes import floor_notes
from workbook.topics.digital_inclusion.observed_counts import ObservedCount
from workbook.topics.digital_inclusion.parameters import DigitalInclusion


def digital_inclusion_notes(
    scenario: DigitalInclusion,
    indicators: Mapping[str, Indicator],
    counts: Sequence[ObservedCount],
    simulated_people: FloatOrArray,
    by_age: AgeProjection | None,
) -> Iterator[str]:
    """Write the notes, the most important first.

    Args:
        scenario: The scenario.
        indicators: The indicators by name.
        counts: The survey estimates published after the baseline.
        simulated_people: People in the target year in each simulation.
        by_age: The age-structured projection, None where its figures are not known.

    Yields:
        What contradicts the projection, what the floor means, what the target would take, and then
        what else may mislead.
    """
    people = indicators["people_excluded"]
    cohorts = tuple(_cohort_notes(scenario, people.number or 0.0, by_age)) if by_age else ()
    simulations = tuple(_simulation_notes(people, simulated_people))
    start = tuple(unchanged_start_notes(scenario, counts))
    yield from (
        *outcome_notes(scenario, indicators["target_people"].number or 0.0, counts),
        *latest_miss_notes(scenario, counts),
        *floor_notes(scenario, indicators),
        *_requirement_notes(scenario, indicators["starts_to_reach_target"]),
        *(simulations + start + cohorts if people.side_of_range else start + cohorts + simulations),
        *_published_target_notes(scenario, indicators),
        *other_count_notes(counts),
        *_quality_notes(scenario),
    )


def _requirement_notes(scenario: DigitalInclusion, starts: Indicator) -> Iterator[str]:
    """Note how many starts the target takes, which is the second half of the question."""
    if scenario.target_has_ended:
        return
    if not starts.number:
        yield f"{capitalise_first(starts.explanation)}."
        return
    yield (
        f"If everybody can learn, the target takes {starts.formatted_value} starts a year on the"
        f" central assumptions. {capitalise_first(starts.note)}. This scenario has"
        f" {format_people(scenario.programme_starts)}."
    )


def _cohort_notes(
    scenario: DigitalInclusion, people: float, by_age: AgeProjection
) -> Iterator[str]:
    """Note what the age-structured comparison changes, if it can be seen."""
    last, total = by_age.people[-1], float(by_age.totals[-1])
    if format_people(total) == format_people(people):
        return
    share_sentence = ""
    if total:
        be = "have been" if scenario.target_has_ended else "be"
        oldest = by_age.profile.band_labels[-1]
        share_sentence = f" {last[-1] / total:.0%} of them would {be} {oldest}."
    yield (
        f"A comparison by age group gives {format_people(total)} in {scenario.target_year}, not"
        f" {format_people(people)}. It lets the same share of the people left learn on their own"
        f" each year, not the same number.{share_sentence} It has no range of its own."
    )


def _simulation_notes(people: Indicator, simulated_people: FloatOrArray) -> Iterator[str]:
    """Note where the scenario lies among its own simulations, if not in the middle."""
    number, median = people.number or 0.0, float(np.median(simulated_people))
    if format_people(median) == format_people(number):
        return
    share_below = float(np.mean(np.less_equal(simulated_people, number)))
    place = (
        "outside the range that holds 8 in 10 of its own simulations. An assumption is at an end of"
        " its range"
        if people.side_of_range
        else "not the middle of its own simulations"
    )
    more, less = ("higher", "lower") if median > number else ("lower", "higher")
    yield (
        f"This scenario’s {format_people(number)} is {place}. Half of the simulations give more"
        f" than {format_people(median)}, and {share_below:.0%} give {format_people(number)} or"
        f" fewer. The assumptions leave more room for a {more} number than for a {less} one."
    )


def _published_target_notes(
    scenario: DigitalInclusion, indicators: Mapping[str, Indicator]
) -> Iterator[str]:
    """Note that the strategy's own figure for its target is a little higher."""
    probability = indicators["probability_below_published"]
    if probability.number is None or not scenario.has_published_target:
        return
    yield (
        "The strategy’s own figure for 2020 is fewer than 4.7 million people. A reduction of"
        f" {format_share(scenario.reduction_target)} every two years from"
        f" {format_people(scenario.baseline_people)} gives"
        f" {format_people(indicators['target_people'].number or 0.0)}. The probability of fewer"
        f" than 4.7 million is {probability.formatted_value} if everybody can learn."
    )


def _quality_notes(scenario: DigitalInclusion) -> Iterator[str]:
    """Note how many of the assumptions have no source."""
    uncertain = [name for name, parameter in scenario.parameters().items() if parameter.range]
    if unsourced := sum(map(scenario.is_unsourced, uncertain)):
        yield (
            f"{unsourced} of the {len(uncertain)} uncertain assumptions have no published"
            " source. The table of assumptions marks them red."
        )
