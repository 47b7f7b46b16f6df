"""How many people will lack basic digital skills by the target year, and what it would take."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatOrArray
from workbook.methods.survey import standard_error
from workbook.outcome import Direction, Indicator, Outcome, Unit
from workbook.result_table import ResultTable
from workbook.text.numbers import format_people, format_probability
from workbook.topics.digital_inclusion.columns import DIGITAL_INCLUSION_COLUMNS
from workbook.topics.digital_inclusion.parameters import MAX_PEOPLE_PER_YEAR, DigitalInclusion
from workbook.topics.digital_inclusion.projection import (
    ProjectionYear,
    Values,
    net_per_start,
    project_exclusion,
    simulate_inclusion_parameters,
    starts_needed,
    target_path,
)

PUBLISHED_TARGET = 4_700_000
"""People, strictly fewer than this by 2020: Government Digital Inclusion Strategy, April 2014."""

_RANGE_QUANTILES = (0.1, 0.9)
"""The quantiles of the draws that are shown as the likely range."""

SimulationRange = tuple[float | None, float | None]
_NOT_SIMULATED: SimulationRange = (None, None)

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
    expected_end, simulated_end = _project_path_end(values), _project_path_end(simulated_values)
    steps = list(project_exclusion(values))
    indicators = _build_indicators(
        scenario,
        _indicator_figures(values, expected_end),
        _indicator_figures(simulated_values, simulated_end),
    )
    return Outcome(
        scenario=scenario,
        headline=digital_inclusion_headline(scenario, {i.name: i.value for i in indicators}),
        indicators=indicators,
        tables=(
            ResultTable(
                "path",
                "People without basic digital skills, by year",
                _path_table(values, steps, simulated_end.yearly_ranges),
                DIGITAL_INCLUSION_COLUMNS,
            ),
            ResultTable(
                "flows",
                "People who gain or lose basic digital skills, by year",
                _flows_table(steps),
                DIGITAL_INCLUSION_COLUMNS,
            ),
            ResultTable(
                "observed",
                "Observed figures, as published",
                _observed_table(tables["inclusion_observed"]),
                DIGITAL_INCLUSION_COLUMNS,
            ),
        ),
    )


def digital_inclusion_headline(
    scenario: DigitalInclusion, indicator_values: Mapping[str, Any]
) -> str:
    """The answer as a sentence that can be read out."""
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


@dataclass(frozen=True)
class _PathEnd:
    """Where the path ends: the people left, the people helped on the way, each year's band."""

    people: FloatOrArray
    helped: FloatOrArray
    yearly_ranges: list[SimulationRange]


def _project_path_end(values: Values) -> _PathEnd:
    people: FloatOrArray = 0.0
    helped: FloatOrArray = 0.0
    yearly_ranges = []
    for step in project_exclusion(values):
        people, helped = step.people, helped + step.helped
        yearly_ranges.append(_simulation_range(people))
    return _PathEnd(people, helped, yearly_ranges)


def _indicator_figures(values: Values, end: _PathEnd) -> dict[str, FloatOrArray]:
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
        value, simulation_range = float(values[name]), _simulation_range(simulated[name])
        return Indicator(
            name, label, unit, value, *simulation_range, zero_notes.get(name, ""), direction
        )

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


def _simulation_range(draws: FloatOrArray) -> SimulationRange:
    """P10 and P90 of draws; None where nothing was drawn, or where an end is without bound."""
    if np.ndim(draws) == 0:
        return _NOT_SIMULATED
    low, high = (float(q) for q in np.quantile(draws, _RANGE_QUANTILES, method="inverted_cdf"))
    return (low, high) if math.isfinite(high) else _NOT_SIMULATED


def _path_table(
    values: Values, steps: list[ProjectionYear], yearly_ranges: list[SimulationRange]
) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "year": [step.year for step in steps],
            "people_excluded": [float(step.people) for step in steps],
            "people_low": [low for low, _ in yearly_ranges],
            "people_high": [high for _, high in yearly_ranges],
            "target_people": [float(target_path(values, step.year)) for step in steps],
            "floor_people": values["floor_share"] * values["adults"],
        }
    )


def _flows_table(steps: list[ProjectionYear]) -> pd.DataFrame:
    """Where the people come from; those who lose the skills again are counted below zero."""
    flows = [
        (step.year, flow, float(people))
        for step in steps[:-1]
        for flow, people in (
            ("gained the skills unaided", step.unaided),
            ("helped by the programme", step.helped),
            ("helped, and fell back", 0.0 - step.relapsed),
        )
    ]
    return pd.DataFrame(flows, columns=["year", "flow", "people"])


def _observed_table(table: pd.DataFrame) -> pd.DataFrame:
    """The published figures, with the sampling error of a share where the sample is known.

    Where the people asked are those of a whole survey and the share is of a part of them, the error
    is larger than this.
    """
    errors = [
        standard_error(share, sample) if pd.notna(share) and pd.notna(sample) else math.nan
        for share, sample in zip(table["share"], table["sample_size"], strict=True)
    ]
    return table.assign(standard_error=errors)
