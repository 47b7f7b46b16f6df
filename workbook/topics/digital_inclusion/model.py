"""How many people will lack basic digital skills by the target year, and what it would take.

Each year people gain the skills unaided, a programme helps others, and some of those it helped fall
back: ``E(t+1) = max(0, E(t) − unaided − net + relapse(t))`` beside a target that falls by the same
share every two years, ``T(t) = E0 × (1 − r)^((t − t0) / 2)``.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbook import words
from workbook.methods.draws import FloatArray
from workbook.outcome import Better, Column, Indicator, Outcome, Unit
from workbook.quarters import period_end
from workbook.scenario import samples
from workbook.topics.digital_inclusion.scenario import MOST_A_YEAR, DigitalInclusion

PUBLISHED_TARGET = 4_700_000
"""People, strictly fewer than this by 2020: Government Digital Inclusion Strategy, April 2014."""

BAND = (0.1, 0.9)
"""The quantiles of the draws that are shown as the likely range."""

Number = float | FloatArray
Values = Mapping[str, Any]
"""Every parameter by name: a number, or draws of shape (draws,)."""

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
    "period_year": Column("End of the period, as a year with its fraction"),
    "share": Column("Share of the population", "share"),
    "sample_size": Column("People asked", "count"),
    "source": Column("Source"),
}


@dataclass(frozen=True)
class Step:
    """One year: who lacks the skills at its start and who comes and goes within it, in people."""

    year: int
    people: Number
    unaided: Number
    helped: Number
    relapsed: Number


def net_per_start(values: Values) -> Number:
    """People who gain lasting skills through one start and would not have without it."""
    net: Number = (1 - values["dropout"]) * values["persistence"] * (1 - values["deadweight"])
    return net


def target(values: Values, year: int) -> Number:
    """Target path in people: a fall by ``reduction_target`` every two years from the baseline."""
    fall = (1 - values["reduction_target"]) ** ((year - values["baseline_year"]) / 2)
    people: Number = values["baseline_people"] * fall
    return people


def project(values: Values) -> list[Step]:
    """Every year from the baseline to the target year, the last without flows.

    Where fewer people remain than the flows would move, the flows are those of whom remain.
    """
    net = values["programme_starts"] * net_per_start(values)
    people, still_helped = values["baseline_people"] + 0.0 * net, 0.0 * net
    steps = []
    for year in range(values["baseline_year"], values["target_year"]):
        relapsed = values["relapse_rate"] * still_helped
        leaving = values["unaided_gain"] + net
        remain = np.minimum(1.0, (people + relapsed) / np.maximum(leaving, 1e-9))
        steps.append(Step(year, people, values["unaided_gain"] * remain, net * remain, relapsed))
        people = np.maximum(0.0, people - leaving + relapsed)
        still_helped = still_helped + net - relapsed
    nobody = 0.0 * net
    return [*steps, Step(values["target_year"], people, nobody, nobody, nobody)]


def starts_needed(people: Number, values: Values) -> Number:
    """Starts a year after which ``people`` are left in the target year; 0 if met without any.

    Of those helped, ``Σ (1 − relapse_rate)^k`` over the years are still helped at the end. Infinite
    where no number of starts would do.
    """
    years = values["target_year"] - values["baseline_year"]
    keep = 1 - np.asarray(values["relapse_rate"], dtype=float)
    lasting = sum(keep**k for k in range(years)) * net_per_start(values)
    missing = np.maximum(0.0, values["baseline_people"] - values["unaided_gain"] * years - people)
    with np.errstate(divide="ignore", invalid="ignore"):
        starts = np.where(missing > 0, missing / lasting, 0.0)
    return starts if starts.ndim else float(starts)


def starts_to_reach(
    people: float | None, scenario: DigitalInclusion, probability: float | None = None
) -> float:
    """Programme starts a year so that ``people`` lack the skills in the target year.

    ``people`` None is the scenario's own target path, each draw's own baseline in both. With a
    ``probability`` above 0 and at most 1, enough that this share of the draws gets there; without,
    on the scenario's values. 0 where it is met without a programme; infinite where no number of
    starts reaches it.
    """
    if probability is None:
        values: Values = scenario.values()
    elif 0 < probability <= 1:
        values = samples(scenario, scenario.draws, scenario.seed)
    else:
        msg = f"probability is {probability}: it must be above 0 and at most 1"
        raise ValueError(msg)
    goal = target(values, scenario.target_year) if people is None else people
    starts = starts_needed(goal, values)
    if probability is None:
        return float(starts)
    return float(np.quantile(starts, probability, method="inverted_cdf"))


def model(tables: Mapping[str, pd.DataFrame], scenario: DigitalInclusion) -> Outcome:
    """Outcome of one scenario: the path, its flows, the observed figures and every indicator."""
    values = scenario.values()
    drawn = samples(scenario, scenario.draws, scenario.seed)
    steps, drawn_steps = project(values), project(drawn)
    indicators = _indicators(scenario, values, drawn, steps, drawn_steps)
    return Outcome(
        scenario=scenario,
        headline=headline(scenario, {i.name: i.value for i in indicators}),
        indicators=indicators,
        tables={
            "path": _path(values, steps, drawn_steps),
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
        f"On these assumptions {words.people(value['people_excluded'])} people will lack basic digital "
        f"skills in {year}, {verdict}; the chance of reaching the target is "
        f"{words.chance(value['probability_of_target'])}."
    )


def _indicators(
    scenario: DigitalInclusion,
    values: Values,
    drawn: Values,
    steps: list[Step],
    drawn_steps: list[Step],
) -> tuple[Indicator, ...]:
    year = scenario.target_year
    people, drawn_people = steps[-1].people, drawn_steps[-1].people
    goal, drawn_goal = target(values, year), target(drawn, year)
    net, drawn_net = net_per_start(values), net_per_start(drawn)

    def indicator(  # noqa: PLR0913  an indicator has this many parts
        name: str, label: str, unit: Unit, value: Any, draws: Any, better: Better = ""  # noqa: ANN401
    ) -> Indicator:
        return Indicator(name, label, unit, float(value), *_band(draws), better=better)

    def chance(name: str, label: str, reached: Any) -> Indicator:  # noqa: ANN401
        return Indicator(name, label, "share", float(np.mean(reached)), better="higher")

    return (
        indicator("people_excluded", f"People without basic digital skills in {year}", "people", people, drawn_people, "lower"),
        indicator("target_people", f"Target for {year}", "people", goal, drawn_goal),
        indicator("gap_to_target", "Above the target (below, if negative)", "people", people - goal, drawn_people - drawn_goal, "lower"),
        chance("probability_of_target", "Chance of reaching the target", drawn_people <= drawn_goal),
        chance("probability_below_published", f"Chance of fewer than the published 4.7 million in {year}", drawn_people < PUBLISHED_TARGET),
        *_what_it_takes(scenario, values, drawn),
        indicator("share_excluded", f"Share of adults in {year}", "share", people / values["adults"], drawn_people / drawn["adults"], "lower"),
        indicator("floor_people", "May never be able, by the strategy's estimate", "people", *(v["floor_share"] * v["adults"] for v in (values, drawn))),
        indicator("people_helped", "People helped, all years", "people", *(sum(s.helped for s in each) for each in (steps, drawn_steps)), "higher"),
        indicator("programme_cost", "Cost of the programme, all years", "GBP", *(scenario.programme_starts * scenario.years * v["unit_cost"] for v in (values, drawn)), "lower"),
        indicator("net_per_start", "People helped for good by one start", "share", net, drawn_net, "higher"),
        _cost_per_person(values, drawn),
    )


def _what_it_takes(scenario: DigitalInclusion, values: Values, drawn: Values) -> tuple[Indicator, Indicator]:
    """Starts a year that reach the target path exactly, and their cost a year."""
    starts = float(starts_needed(target(values, scenario.target_year), values))
    labels = ("Starts a year that would reach the target", "Cost a year of reaching the target")
    if starts > MOST_A_YEAR:
        reason = f"cannot be met: not even {words.people(MOST_A_YEAR)} starts a year would reach it"
        return (
            Indicator("starts_to_reach_target", labels[0], "people", None, reason=reason),
            Indicator("cost_to_reach_target", labels[1], "GBP", None, reason=reason),
        )
    draws = starts_needed(target(drawn, scenario.target_year), drawn)
    reason = "" if starts else "already met: the target is reached without a programme"
    return (
        Indicator("starts_to_reach_target", labels[0], "people", starts, *_band(draws), reason),
        Indicator("cost_to_reach_target", labels[1], "GBP", starts * values["unit_cost"], *_band(draws * drawn["unit_cost"]), reason),
    )


def _cost_per_person(values: Values, drawn: Values) -> Indicator:
    name, label = "cost_per_net_person", "Cost for each person helped for good"
    net = net_per_start(values)
    if not net:
        return Indicator(name, label, "GBP", None, reason="nobody is helped for good by a start")
    with np.errstate(divide="ignore"):
        return Indicator(name, label, "GBP", float(values["unit_cost"] / net), *_band(drawn["unit_cost"] / net_per_start(drawn)))


def _band(draws: Any) -> tuple[float | None, float | None]:  # noqa: ANN401  draws or a plain number
    """P10 and P90 of draws; None where nothing was drawn, or where an end is without bound."""
    if np.ndim(draws) == 0:
        return None, None
    low, high = (float(q) for q in np.quantile(draws, BAND, method="inverted_cdf"))
    return (low, high) if math.isfinite(high) else (None, None)


def _path(values: Values, steps: list[Step], drawn_steps: list[Step]) -> pd.DataFrame:
    bands = [_band(step.people) for step in drawn_steps]
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
    return pd.DataFrame(
        [
            (step.year, flow, float(people))
            for step in steps[:-1]
            for flow, people in (
                ("gained the skills unaided", step.unaided),
                ("helped by the programme", step.helped),
                ("helped, and fell back", -step.relapsed),
            )
        ],
        columns=["year", "flow", "people"],
    )


def _observed(table: pd.DataFrame) -> pd.DataFrame:
    ends = table["period"].map(period_end)
    years = [end.year + end.timetuple().tm_yday / 366 for end in ends]
    return table.assign(period_year=years)
