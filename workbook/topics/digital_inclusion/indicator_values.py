"""Values of the indicators: the scenario's own, the simulations' ranges, reasons and notes."""

import math
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from workbook.indicators import Indicator, Interval, build_indicators
from workbook.methods.arrays import FloatOrArray
from workbook.text.numbers import (
    format_money,
    format_people,
    format_probability,
    format_share,
)
from workbook.topics.digital_inclusion.ended_targets import missing_probability_reasons
from workbook.topics.digital_inclusion.indicators import (
    DIGITAL_INCLUSION_INDICATORS,
    INTERIM_PROBABILITIES,
    TARGET_PROBABILITIES,
)
from workbook.topics.digital_inclusion.observed_counts import ObservedCount
from workbook.topics.digital_inclusion.parameters import MAX_PEOPLE_PER_YEAR, DigitalInclusion
from workbook.topics.digital_inclusion.path_summary import PathSummary, simulation_range
from workbook.topics.digital_inclusion.projection import (
    Values,
    net_per_start,
    starts_needed,
    target_path,
)

PUBLISHED_TARGET = 4_700_000
"""People, strictly fewer than this by 2020: Government Digital Inclusion Strategy, April 2014."""

PUBLISHED_TARGET_YEAR = 2020

REQUIREMENT_INDICATORS = ("starts_to_reach_target", "cost_to_reach_target")
"""Indicators of what meeting the target would take."""


_COST_INDICATORS = ("cost_to_reach_target", "programme_cost", "cost_per_net_person")
"""Indicators that are a multiple of the cost of a start."""

_YEAR_OF_ADULTS = 2014
"""The year of the published number of adults. It is the same in every year of the path."""


def digital_inclusion_indicators(
    scenario: DigitalInclusion,
    expected: Mapping[str, FloatOrArray],
    simulated: Mapping[str, FloatOrArray],
    counts: Sequence[ObservedCount],
) -> tuple[Indicator, ...]:
    """Build the indicators of a scenario.

    Args:
        scenario: The scenario.
        expected: Figures of the scenario's own values, as ``indicator_figures`` gives them.
        simulated: Figures of the simulations, each a number or of shape (draws,).
        counts: The survey estimates published after the baseline.

    Returns:
        The indicators. The target has no range: its value is decided, not uncertain.
    """
    unmet = expected["starts_to_reach_target"] > MAX_PEOPLE_PER_YEAR
    ranges = {
        name: simulation_range(draws)
        for name, draws in simulated.items()
        if name != "target_people"
    }
    missing_probabilities = missing_probability_reasons(scenario, counts)
    return build_indicators(
        DIGITAL_INCLUSION_INDICATORS,
        {
            **{name: float(value) for name, value in expected.items()},
            **{name: float(simulated[name]) for name in TARGET_PROBABILITIES},
            **{name: float(simulated[name]) for name in INTERIM_PROBABILITIES.values()},
            **dict.fromkeys(missing_probabilities),
            **(dict.fromkeys(REQUIREMENT_INDICATORS) if unmet else {}),
        },
        intervals=ranges,
        missing_reasons={**_missing_reasons(), **missing_probabilities},
        missing_labels=dict.fromkeys(missing_probabilities, "not applicable"),
        notes=_join_notes(
            _outside_range_notes(expected, ranges)
            | dict(_indicator_notes(scenario, expected, simulated)),
            dict(_basis_notes(scenario, expected)),
        ),
        label_fields={
            "year": scenario.target_year,
            "whose": (
                "from the strategy’s share of adults"
                if scenario.has_published_floor
                else "your estimate"
            ),
            "as_projected": " (projection)" if scenario.target_has_ended else "",
            "published_for": _published_target_label(scenario.target_year),
        },
        as_of={definition.name: "" for definition in DIGITAL_INCLUSION_INDICATORS},
    )


def indicator_figures(values: Values, path: PathSummary) -> dict[str, FloatOrArray]:
    """Figure of every indicator, by its name.

    Args:
        values: Every parameter by name: a number, or simulations of shape (draws,).
        path: Summary of the path of these values.

    Returns:
        A number or an array of shape (draws,) for each indicator. A probability is a share of the
        simulations, NaN for an interim year that does not lie before the target year.
    """
    target_people, net_share = target_path(values, values["target_year"]), net_per_start(values)
    years = values["target_year"] - values["baseline_year"]
    starts = starts_needed(target_people, values)
    floor_people = values["floor_share"] * values["adults"]
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        cost_per_net_person = np.divide(values["unit_cost"], net_share)
        cost_to_reach_target = starts * values["unit_cost"]
    return {
        "people_excluded": path.people,
        "target_people": target_people,
        "gap_to_target": path.people - target_people,
        "probability_of_target": float(np.mean(path.people <= target_people)),
        "probability_with_floor": float(
            np.mean(np.maximum(path.people, floor_people) <= target_people)
        ),
        "highest_probability_with_floor": float(np.mean(floor_people <= target_people)),
        "probability_below_published": float(np.mean(path.people < PUBLISHED_TARGET)),
        **{
            name: path.interim_probabilities.get(year, math.nan)
            for year, name in INTERIM_PROBABILITIES.items()
        },
        "starts_to_reach_target": starts,
        "cost_to_reach_target": cost_to_reach_target,
        "share_excluded": path.people / values["adults"],
        "floor_people": floor_people,
        "people_helped": path.helped,
        "programme_cost": values["programme_starts"] * years * values["unit_cost"],
        "net_per_start": net_share,
        "cost_per_net_person": cost_per_net_person,
    }


def _published_target_label(target_year: int) -> str:
    """Words for the published target in a label, with its year where that is another one."""
    is_published_year = target_year == PUBLISHED_TARGET_YEAR
    year = "" if is_published_year else f" for {PUBLISHED_TARGET_YEAR}"
    return f" (published target{year})"


def _missing_reasons() -> dict[str, str]:
    """Why an indicator other than a probability would have no value, by its name."""
    most_starts = format_people(MAX_PEOPLE_PER_YEAR)
    unreachable_reason = f"not possible: even {most_starts} starts a year would not meet the target"
    return {
        **dict.fromkeys(REQUIREMENT_INDICATORS, unreachable_reason),
        "cost_per_net_person": (
            "nobody is helped, after people who drop out, lose the skills or learn anyway"
        ),
    }


def _outside_range_notes(
    expected: Mapping[str, FloatOrArray], ranges: Mapping[str, Interval]
) -> dict[str, str]:
    """Note values outside P10 to P90 of their own simulations, by the indicator's name."""
    note = (
        "outside the range that holds 8 in 10 of its own simulations: an assumption is at an end of"
        " its range"
    )
    return {
        name: note
        for name, (low, high) in ranges.items()
        if low is not None and high is not None and not low <= float(expected[name]) <= high
    }


def _join_notes(first: Mapping[str, str], second: Mapping[str, str]) -> dict[str, str]:
    """Join two notes on the same indicator; keep the others as they are."""
    return {
        name: "; ".join(notes[name] for notes in (first, second) if name in notes)
        for name in first.keys() | second.keys()
    }


def _basis_notes(
    scenario: DigitalInclusion, expected: Mapping[str, FloatOrArray]
) -> Iterator[tuple[str, str]]:
    """What a share is divided by, and what a cost is calculated with, by the indicator's name."""
    has_default_adults = "adults" not in scenario.non_default_values()
    adults = f"{format_people(scenario.adults)} adults"
    if has_default_adults:
        adults = f"the {_YEAR_OF_ADULTS} adult population"
    yield "share_excluded", f"as a share of {adults}"
    is_published = "unit_cost" not in scenario.non_default_values()
    prices = "prices as published, " if is_published else ""
    note = f"at {format_money(scenario.unit_cost)} a start, {prices}not discounted"
    for name in _COST_INDICATORS:
        if 0 < float(expected[name]) < math.inf:
            yield name, note


def _indicator_notes(
    scenario: DigitalInclusion,
    expected: Mapping[str, FloatOrArray],
    simulated: Mapping[str, FloatOrArray],
) -> Iterator[tuple[str, str]]:
    """What a reader must know beside a value, by the indicator's name."""
    basis = f"{format_share(scenario.reduction_target)} off every two years from"
    start = format_people(scenario.baseline_people)
    yield (
        "target_people",
        f"{basis} {start}; the published target is fewer than 4.7 million by 2020",
    )
    starts = expected["starts_to_reach_target"]
    if not starts:
        already_met = "not needed: the target is met without a programme on the central assumptions"
        yield from dict.fromkeys(REQUIREMENT_INDICATORS, already_met).items()
    elif not scenario.target_has_ended:
        is_enough = np.less_equal(simulated["starts_to_reach_target"], starts)
        is_possible = np.less_equal(simulated["floor_people"], simulated["target_people"])
        probability, with_floor = (
            format_probability(float(np.mean(is_met)))
            for is_met in (is_enough, is_enough & is_possible)
        )
        note = f"with this many, the probability is {probability}"
        if with_floor != probability:
            note += f" if everybody can learn, and {with_floor} if some never can"
        yield "starts_to_reach_target", note
