"""The path of the people without basic digital skills, year by year, beside the path to the target.

Each year people gain the skills unaided, a programme helps others, and some of those it helped fall
back: ``E(t+1) = max(0, E(t) − unaided − net + relapse(t))``. The target falls by the same share
every two years: ``T(t) = E0 × (1 − r)^((t − t0) / 2)``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from workbook.methods.arrays import FloatOrArray
from workbook.scenario import samples
from workbook.topics.digital_inclusion.scenario import DigitalInclusion

Values = Mapping[str, Any]
"""Every parameter by name: a number, or draws of shape (draws,)."""

FEWEST = 1e-9
"""People, too few to count: keeps a division by nobody from failing."""


@dataclass(frozen=True)
class Step:
    """One year: who lacks the skills at its start and who comes and goes within it, in people."""

    year: int
    people: FloatOrArray
    unaided: FloatOrArray
    helped: FloatOrArray
    relapsed: FloatOrArray


def draws_of(scenario: DigitalInclusion) -> Values:
    """Draws of the uncertain parameters, the levers as they are; nobody but adults is counted."""
    drawn = samples(scenario, scenario.draws, scenario.seed)
    return {**drawn, "baseline_people": np.minimum(drawn["baseline_people"], drawn["adults"])}


def net_per_start(values: Values) -> FloatOrArray:
    """People who gain lasting skills through one start and would not have without it."""
    net: FloatOrArray = (1 - values["dropout"]) * values["persistence"] * (1 - values["deadweight"])
    return net


def target(values: Values, year: int) -> FloatOrArray:
    """Target path in people: a fall by ``reduction_target`` every two years from the baseline."""
    fall = (1 - values["reduction_target"]) ** ((year - values["baseline_year"]) / 2)
    people: FloatOrArray = values["baseline_people"] * fall
    return people


def project(values: Values) -> Iterator[Step]:
    """Every year from the baseline to the target year, the last without flows.

    Where fewer people remain than the flows would move, the flows are those of whom remain. One
    year at a time: all years of a million draws would not fit into a small machine.
    """
    net = values["programme_starts"] * net_per_start(values)
    nobody = 0.0 * net
    people, still_helped = values["baseline_people"] + nobody, nobody
    leaving = values["unaided_gain"] + net
    for year in range(values["baseline_year"], values["target_year"]):
        relapsed = values["relapse_rate"] * still_helped
        remain = np.minimum(1.0, (people + relapsed) / np.maximum(leaving, FEWEST))
        yield Step(year, people, values["unaided_gain"] * remain, net * remain, relapsed)
        people = np.maximum(0.0, people - leaving + relapsed)
        still_helped = still_helped + net - relapsed
    yield Step(values["target_year"], people, nobody, nobody, nobody)


def starts_needed(people: FloatOrArray, values: Values) -> FloatOrArray:
    """Starts a year after which ``people`` are left in the target year; 0 if met without any.

    Of those helped, ``Σ (1 − relapse_rate)^k`` over the years are still helped at the end. Infinite
    where no number of starts would do.
    """
    years = values["target_year"] - values["baseline_year"]
    keep = 1 - np.asarray(values["relapse_rate"], dtype=float)
    lasting = sum(keep**k for k in range(years)) * net_per_start(values)
    missing = values["baseline_people"] - values["unaided_gain"] * years - people
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        starts = np.where(missing > 0, missing / lasting, 0.0)
    return np.where(np.less(people, 0), np.inf, starts)


def starts_to_reach(
    people: float | None, scenario: DigitalInclusion, probability: float | None = None
) -> float:
    """Programme starts a year so that ``people`` lack the skills in the target year.

    ``people`` None is the scenario's own target path, each draw's own baseline in both. With a
    ``probability`` above 0 and at most 1, enough that this share of the draws gets there; without,
    on the scenario's values. 0 where it is met without a programme; infinite where no number of
    starts reaches it.
    """
    if probability is not None and not 0 < probability <= 1:
        msg = f"probability is {probability}: it must be above 0 and at most 1"
        raise ValueError(msg)
    values = scenario.values() if probability is None else draws_of(scenario)
    goal = target(values, scenario.target_year) if people is None else people
    starts = starts_needed(goal, values)
    if probability is None:
        return float(starts)
    return float(np.quantile(starts, probability, method="inverted_cdf"))
