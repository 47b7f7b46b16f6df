"""How many people will lack basic digital skills by the target year, and what it would take."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatOrArray
from workbook.outcome import Direction, Indicator, Outcome, Unit
from workbook.text.numbers import format_people
from workbook.topics.digital_inclusion.narrative import digital_inclusion_headline
from workbook.topics.digital_inclusion.parameters import MAX_PEOPLE_PER_YEAR, DigitalInclusion
from workbook.topics.digital_inclusion.path_summary import (
    PathSummary,
    simulation_range,
    summarise_path,
)
from workbook.topics.digital_inclusion.projection import (
    Values,
    net_per_start,
    simulate_inclusion_parameters,
    starts_needed,
    target_path,
)
from workbook.topics.digital_inclusion.tables import digital_inclusion_tables

PUBLISHED_TARGET = 4_700_000
"""People, strictly fewer than this by 2020: Government Digital Inclusion Strategy, April 2014."""

DIGITAL_INCLUSION_INDICATORS: Mapping[str, tuple[str, Unit, Direction]] = {
    "people_excluded": ("People without basic digital skills in {year}", "people", "lower"),
    "target_people": ("Target for {year}", "people", ""),
    "gap_to_target": ("Above the target (below, if negative)", "people", "lower"),
    "probability_of_target": ("Chance of reaching the target", "share", "higher"),
    "probability_below_published": (
        "Chance of fewer than the published 4.7 million in {year}",
        "share",
        "higher",
    ),
    "starts_to_reach_target": ("Starts a year that would reach the target", "people", ""),
    "cost_to_reach_target": ("Cost a year of reaching the target", "GBP", ""),
    "share_excluded": ("Share of adults in {year}", "share", "lower"),
    "floor_people": ("May never be able, by the strategy's estimate", "people", ""),
    "people_helped": ("People helped, all years", "people", "higher"),
    "programme_cost": ("Cost of the programme, all years", "GBP", "lower"),
    "net_per_start": ("People helped by one start (net)", "share", "higher"),
    "cost_per_net_person": ("Cost for each person helped (net)", "GBP", "lower"),
}
"""What each indicator is called, its unit, and which way is the better one."""

_PROBABILITY_INDICATORS = ("probability_of_target", "probability_below_published")
"""Indicators that only draws can give."""

_REQUIREMENT_INDICATORS = ("starts_to_reach_target", "cost_to_reach_target")


def evaluate_digital_inclusion(
    tables: Mapping[str, pd.DataFrame], scenario: DigitalInclusion
) -> Outcome:
    """Outcome of one scenario: the path, its flows, the observed figures and every indicator."""
    values, simulated_values = scenario.values(), simulate_inclusion_parameters(scenario)
    expected_end, simulated_end = summarise_path(values), summarise_path(simulated_values)
    indicators = _build_indicators(
        scenario,
        _indicator_figures(values, expected_end),
        _indicator_figures(simulated_values, simulated_end),
    )
    return Outcome(
        scenario=scenario,
        headline=digital_inclusion_headline(scenario, {i.name: i.value for i in indicators}),
        indicators=indicators,
        tables=tuple(
            digital_inclusion_tables(
                values, simulated_end.yearly_ranges, tables["inclusion_observed"]
            )
        ),
    )


def _indicator_figures(values: Values, end: PathSummary) -> dict[str, FloatOrArray]:
    """Every indicator's figure by its name, of the scenario's values or of draws of them."""
    target_people, net_share = target_path(values, values["target_year"]), net_per_start(values)
    years = values["target_year"] - values["baseline_year"]
    starts = starts_needed(target_people, values)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        cost_per_net_person = np.divide(values["unit_cost"], net_share)
        cost_to_reach_target = starts * values["unit_cost"]
    return {
        "people_excluded": end.people,
        "target_people": target_people,
        "gap_to_target": end.people - target_people,
        "probability_of_target": float(np.mean(end.people <= target_people)),
        "probability_below_published": float(np.mean(end.people < PUBLISHED_TARGET)),
        "starts_to_reach_target": starts,
        "cost_to_reach_target": cost_to_reach_target,
        "share_excluded": end.people / values["adults"],
        "floor_people": values["floor_share"] * values["adults"],
        "people_helped": end.helped,
        "programme_cost": values["programme_starts"] * years * values["unit_cost"],
        "net_per_start": net_share,
        "cost_per_net_person": cost_per_net_person,
    }


def _build_indicators(
    scenario: DigitalInclusion,
    expected: Mapping[str, FloatOrArray],
    simulated: Mapping[str, FloatOrArray],
) -> tuple[Indicator, ...]:
    """The figures with what they are called, their likely range, and why one is missing or 0."""
    probabilities = {name: simulated[name] for name in _PROBABILITY_INDICATORS}
    values, missing_reasons, zero_notes = (
        {**expected, **probabilities},
        _missing_reasons(expected),
        _zero_notes(expected),
    )

    def build_indicator(name: str, label: str, unit: Unit, direction: Direction) -> Indicator:
        label = label.format(year=scenario.target_year)
        if name in missing_reasons:
            return Indicator(
                name, label, unit, None, reason=missing_reasons[name], direction=direction
            )
        value, interval = float(values[name]), simulation_range(simulated[name])
        return Indicator(name, label, unit, value, *interval, zero_notes.get(name, ""), direction)

    return tuple(
        build_indicator(name, *described)
        for name, described in DIGITAL_INCLUSION_INDICATORS.items()
    )


def _missing_reasons(expected: Mapping[str, FloatOrArray]) -> dict[str, str]:
    """Why an indicator has no value, by its name."""
    reasons: dict[str, str] = {}
    if expected["starts_to_reach_target"] > MAX_PEOPLE_PER_YEAR:
        most_starts = format_people(MAX_PEOPLE_PER_YEAR)
        unreachable_reason = f"cannot be met: not even {most_starts} starts a year would reach it"
        reasons |= dict.fromkeys(_REQUIREMENT_INDICATORS, unreachable_reason)
    if not np.isfinite(expected["cost_per_net_person"]):
        reasons["cost_per_net_person"] = (
            "no start helps anybody, net of those who drop out, lapse or would learn anyway"
        )
    return reasons


def _zero_notes(expected: Mapping[str, FloatOrArray]) -> dict[str, str]:
    """Why an indicator is 0, by its name."""
    already_met = "already met: the target is reached without a programme"
    return (
        {}
        if expected["starts_to_reach_target"]
        else dict.fromkeys(_REQUIREMENT_INDICATORS, already_met)
    )
