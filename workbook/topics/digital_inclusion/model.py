"""How many people will lack basic digital skills by the target year, and what it would take."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbook import words
from workbook.methods.arrays import FloatOrArray
from workbook.methods.survey import standard_error
from workbook.outcome import Better, Column, Indicator, Outcome, Unit
from workbook.topics.digital_inclusion.projection import (
    Step,
    Values,
    draws_of,
    net_per_start,
    project,
    starts_needed,
    target,
)
from workbook.topics.digital_inclusion.scenario import MOST_A_YEAR, DigitalInclusion

PUBLISHED_TARGET = 4_700_000
"""People, strictly fewer than this by 2020: Government Digital Inclusion Strategy, April 2014."""

BAND = (0.1, 0.9)
"""The quantiles of the draws that are shown as the likely range."""

Band = tuple[float | None, float | None]
NOT_DRAWN: Band = (None, None)

INDICATORS: Mapping[str, tuple[str, Unit, Better]] = {
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

CHANCES = ("probability_of_target", "probability_below_published")
"""Indicators that only draws can give."""

WHAT_IT_TAKES = ("starts_to_reach_target", "cost_to_reach_target")


COLUMNS = {
    "year": Column("Year"),
    "people_excluded": Column("People without basic digital skills", "people"),
    "people_low": Column("Likely range, low (P10)", "people"),
    "people_high": Column("Likely range, high (P90)", "people"),
    "target_people": Column("Target", "people"),
    "floor_people": Column("May never be able (floor)", "people"),
    "flow": Column("Flow"),
    "people": Column("People", "people"),
    "measure": Column("Measure"),
    "population": Column("Population"),
    "period": Column("Period"),
    "standard_error": Column("Standard error of the share, at least", "share"),
    "share": Column("Share of the population", "share"),
    "sample_size": Column("People asked", "count"),
    "source": Column("Source"),
}


def model(tables: Mapping[str, pd.DataFrame], scenario: DigitalInclusion) -> Outcome:
    """Outcome of one scenario: the path, its flows, the observed figures and every indicator."""
    values, drawn = scenario.values(), draws_of(scenario)
    now, draws = _end(values), _end(drawn)
    steps = list(project(values))
    indicators = _indicators(scenario, _figures(values, now), _figures(drawn, draws))
    return Outcome(
        scenario=scenario,
        headline=headline(scenario, {i.name: i.value for i in indicators}),
        indicators=indicators,
        tables={
            "path": _path(values, steps, draws.bands),
            "flows": _flows(steps),
            "observed": _observed(tables["inclusion_observed"]),
        },
        columns=COLUMNS,
    )


def headline(scenario: DigitalInclusion, value: Mapping[str, Any]) -> str:
    """The answer as a sentence that can be read out."""
    year, gap = scenario.target_year, value["gap_to_target"]
    verdict = (
        f"{words.people(gap)} more than the target of {words.people(value['target_people'])}"
        if gap > 0
        else f"within the target of {words.people(value['target_people'])}"
    )
    return (
        f"On these assumptions {words.people(value['people_excluded'])} people will lack basic "
        f"digital skills in {year}, {verdict}; the chance of reaching the target is "
        f"{words.chance(value['probability_of_target'])}."
    )


@dataclass(frozen=True)
class _End:
    """Where the path ends: the people left, the people helped on the way, each year's band."""

    people: FloatOrArray
    helped: FloatOrArray
    bands: list[Band]


def _end(values: Values) -> _End:
    people: FloatOrArray = 0.0
    helped: FloatOrArray = 0.0
    bands = []
    for step in project(values):
        people, helped = step.people, helped + step.helped
        bands.append(_band(people))
    return _End(people, helped, bands)


def _figures(values: Values, end: _End) -> dict[str, FloatOrArray]:
    """Every indicator's figure by its name, of the scenario's values or of draws of them."""
    goal, net = target(values, values["target_year"]), net_per_start(values)
    years = values["target_year"] - values["baseline_year"]
    starts = starts_needed(goal, values)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        cost_per_net_person = np.divide(values["unit_cost"], net)
        cost_to_reach_target = starts * values["unit_cost"]
    return {
        "people_excluded": end.people,
        "target_people": goal,
        "gap_to_target": end.people - goal,
        "probability_of_target": float(np.mean(end.people <= goal)),
        "probability_below_published": float(np.mean(end.people < PUBLISHED_TARGET)),
        "starts_to_reach_target": starts,
        "cost_to_reach_target": cost_to_reach_target,
        "share_excluded": end.people / values["adults"],
        "floor_people": values["floor_share"] * values["adults"],
        "people_helped": end.helped,
        "programme_cost": values["programme_starts"] * years * values["unit_cost"],
        "net_per_start": net,
        "cost_per_net_person": cost_per_net_person,
    }


def _indicators(
    scenario: DigitalInclusion, now: Mapping[str, FloatOrArray], drawn: Mapping[str, FloatOrArray]
) -> tuple[Indicator, ...]:
    """The figures with what they are called, their likely range, and why one is missing or 0."""
    chances = {name: drawn[name] for name in CHANCES}
    values, missing, notes = {**now, **chances}, _missing(now), _notes(now)

    def indicator(name: str, label: str, unit: Unit, better: Better) -> Indicator:
        label = label.format(year=scenario.target_year)
        if name in missing:
            return Indicator(name, label, unit, None, reason=missing[name], better=better)
        value, band = float(values[name]), _band(drawn[name])
        return Indicator(name, label, unit, value, *band, notes.get(name, ""), better)

    return tuple(indicator(name, *described) for name, described in INDICATORS.items())


def _missing(now: Mapping[str, FloatOrArray]) -> dict[str, str]:
    """Why an indicator has no value, by its name."""
    missing: dict[str, str] = {}
    if now["starts_to_reach_target"] > MOST_A_YEAR:
        most = words.people(MOST_A_YEAR)
        cannot = f"cannot be met: not even {most} starts a year would reach it"
        missing |= dict.fromkeys(WHAT_IT_TAKES, cannot)
    if not np.isfinite(now["cost_per_net_person"]):
        missing["cost_per_net_person"] = (
            "no start helps anybody, net of those who drop out, lapse or would learn anyway"
        )
    return missing


def _notes(now: Mapping[str, FloatOrArray]) -> dict[str, str]:
    """Why an indicator is 0, by its name."""
    already = "already met: the target is reached without a programme"
    return {} if now["starts_to_reach_target"] else dict.fromkeys(WHAT_IT_TAKES, already)


def _band(draws: FloatOrArray) -> Band:
    """P10 and P90 of draws; None where nothing was drawn, or where an end is without bound."""
    if np.ndim(draws) == 0:
        return NOT_DRAWN
    low, high = (float(q) for q in np.quantile(draws, BAND, method="inverted_cdf"))
    return (low, high) if math.isfinite(high) else NOT_DRAWN


def _path(values: Values, steps: list[Step], bands: list[Band]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "year": [step.year for step in steps],
            "people_excluded": [float(step.people) for step in steps],
            "people_low": [low for low, _ in bands],
            "people_high": [high for _, high in bands],
            "target_people": [float(target(values, step.year)) for step in steps],
            "floor_people": values["floor_share"] * values["adults"],
        }
    )


def _flows(steps: list[Step]) -> pd.DataFrame:
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


def _observed(table: pd.DataFrame) -> pd.DataFrame:
    """The published figures, with the sampling error of a share where the sample is known.

    Where the people asked are those of a whole survey and the share is of a part of them, the error
    is larger than this.
    """
    errors = [
        standard_error(share, sample) if pd.notna(share) and pd.notna(sample) else math.nan
        for share, sample in zip(table["share"], table["sample_size"], strict=True)
    ]
    return table.assign(standard_error=errors)
