"""Notes on survey estimates published since the start, compared with the projection."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from workbook.indicators import Indicator
from workbook.periods import last_day_of_quarter, quarter_of
from workbook.text.dates import format_month
from workbook.text.numbers import format_people, format_simulated_range
from workbook.topics.digital_inclusion.ended_targets import describe_difference, interim_target
from workbook.topics.digital_inclusion.observed_counts import (
    ObservedCount,
    latest_miss,
    nearest_count,
)
from workbook.topics.digital_inclusion.parameters import START_MONTH, DigitalInclusion

_PROJECTED = ("people_excluded", "gap_to_target")
"""Indicators of the target year that a survey estimate can be held against."""


def outcome_notes(
    scenario: DigitalInclusion, target: float, counts: Sequence[ObservedCount]
) -> Iterator[str]:
    """Note how far a target year that has ended was from its target.

    Args:
        scenario: The scenario.
        target: People who may lack the skills in the target year.
        counts: The survey estimates published after the baseline.

    Yields:
        A note on the estimate nearest to the target year, compared with the target of its own year
        if it has one; none before the end of the target year, or without an estimate.
    """
    count = nearest_count(counts, scenario.target_year)
    if count is None or not scenario.target_has_ended:
        return
    if count.year == scenario.target_year:
        difference = describe_difference(count.people, target)
        yield f"The survey estimate for {count.year} is {difference} the target."
        return
    outcome = format_people(count.people)
    if (year_target := interim_target(scenario, count.year)) is not None:
        difference = describe_difference(count.people, year_target)
        outcome = f"{difference} that year’s interim target, {format_people(year_target)}"
    yield (
        f"No {scenario.target_year} estimate of basic digital skills is held here. The estimate for"
        f" {count.year} was {outcome}."
    )


def add_outcome_notes(
    indicators: Iterable[Indicator], scenario: DigitalInclusion, counts: Sequence[ObservedCount]
) -> Iterator[Indicator]:
    """Add the survey estimate to a projection for a year that has ended.

    Args:
        indicators: The indicators of the scenario.
        scenario: The scenario.
        counts: The survey estimates published after the baseline.

    Yields:
        Each indicator. The number of people and the gap name the estimate nearest to the target
        year on the measure of the baseline.
    """
    count = nearest_count(counts, scenario.target_year)
    for indicator in indicators:
        if count is None or not scenario.target_has_ended or indicator.name not in _PROJECTED:
            yield indicator
            continue
        text = f"the survey estimate for {count.year} was {format_people(count.people)}"
        yield replace(indicator, note="; ".join(filter(None, (text, indicator.note))))


def latest_miss_notes(scenario: DigitalInclusion, counts: Sequence[ObservedCount]) -> Iterator[str]:
    """Note the latest survey estimate outside the simulations of its year, and what it means.

    Args:
        scenario: The scenario.
        counts: The survey estimates published after the baseline.

    Yields:
        A note, or none if no estimate lies outside.
    """
    miss = latest_miss(counts)
    if miss is None:
        return
    sentences = [_describe_count(miss)]
    if not scenario.target_has_ended:
        sentences.append("The probabilities do not take it into account.")
    yield " ".join(sentences)


def other_count_notes(counts: Sequence[ObservedCount]) -> Iterator[str]:
    """Note every survey estimate but the latest one outside the simulations of its year.

    Args:
        counts: The survey estimates published after the baseline.

    Yields:
        A note for each estimate.
    """
    noted = latest_miss(counts)
    for count in counts:
        if not count.is_same_measure:
            yield (
                f"On another measure, the survey estimate for {count.year} is"
                f" {format_people(count.people)} adults ({count.measure}; {count.source}). It is"
                " not compared with the projection."
            )
        elif count.position and count is not noted:
            yield _describe_count(count)


def unchanged_start_notes(
    scenario: DigitalInclusion, counts: Sequence[ObservedCount]
) -> Iterator[str]:
    """Note why the projection starts from a count that is older than the quarter.

    Args:
        scenario: The scenario.
        counts: The survey estimates published after the baseline.

    Yields:
        A note for a later quarter than that of the published start, if no estimate on the same
        measure has followed.
    """
    is_followed = any(count.is_same_measure for count in counts)
    is_changed = scenario.non_default_values().keys() & {"baseline_people", "baseline_year"}
    if is_followed or is_changed or scenario.quarter <= quarter_of(START_MONTH):
        return
    quarter_end = f"{last_day_of_quarter(scenario.quarter):%Y-%m}"
    yield (
        "The table used here holds no new estimate for a period ended by"
        f" {format_month(quarter_end)}, so the projection still starts from"
        f" {format_month(START_MONTH)}."
    )


def _describe_count(count: ObservedCount) -> str:
    """A survey estimate on the measure of the baseline, where it lies, and what limits it."""
    simulated_range = format_simulated_range(count.low or 0.0, count.high or 0.0, "people")
    sentences = [
        f"The survey estimate for {count.year} is {format_people(count.people)} ({count.source})."
    ]
    if count.is_miss:
        end = "top" if count.position == "above" else "bottom"
        sentences.append(
            f"That is {format_people(count.distance)} {count.position} the {end} of the range that"
            f" holds 8 in 10 simulations ({simulated_range})."
        )
        sentences.append(f"It lies {count.position_text} for that year.")
    else:
        sentences.append(f"That is {count.position_text} for that year ({simulated_range}).")
    if count.is_miss and count.is_new_source:
        sentences.append(
            "It comes from another publication than the start, so a break in the series may"
            " explain part of the difference."
        )
    if not count.has_sample_size:
        sentences.append("Its sampling error is not known here.")
    return " ".join(sentences)
