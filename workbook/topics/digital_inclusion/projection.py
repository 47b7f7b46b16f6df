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
from workbook.scenario import draw_samples
from workbook.topics.digital_inclusion.parameters import DigitalInclusion

Values = Mapping[str, Any]
"""Every parameter by name: a number, or draws of shape (draws,)."""

_LEAST_PEOPLE = 1e-9
"""People, too few to count: keeps a division by nobody from failing."""


@dataclass(frozen=True)
class ProjectionYear:
    """One year: who lacks the skills at its start and who comes and goes within it, in people."""

    year: int
    people: FloatOrArray
    unaided: FloatOrArray
    helped: FloatOrArray
    relapsed: FloatOrArray


def simulate_inclusion_parameters(scenario: DigitalInclusion) -> Values:
    """Draws of the uncertain parameters, the levers as they are; nobody but adults is counted."""
    simulated = draw_samples(scenario, scenario.draws, scenario.seed)
    return {
        **simulated,
        "baseline_people": np.minimum(simulated["baseline_people"], simulated["adults"]),
    }


def net_per_start(values: Values) -> FloatOrArray:
    """People who gain lasting skills through one start and would not have without it."""
    net_share: FloatOrArray = (
        (1 - values["dropout"]) * values["persistence"] * (1 - values["deadweight"])
    )
    return net_share


def target_path(values: Values, year: int) -> FloatOrArray:
    """Target path in people: a fall by ``reduction_target`` every two years from the baseline."""
    remaining_share = (1 - values["reduction_target"]) ** ((year - values["baseline_year"]) / 2)
    people: FloatOrArray = values["baseline_people"] * remaining_share
    return people


def project_exclusion(values: Values) -> Iterator[ProjectionYear]:
    """Every year from the baseline to the target year, the last without flows.

    Where fewer people remain than the flows would move, the flows are those of whom remain. One
    year at a time: all years of a million draws would not fit into a small machine.
    """
    net_helped = values["programme_starts"] * net_per_start(values)
    zero_people = 0.0 * net_helped
    people, still_helped = values["baseline_people"] + zero_people, zero_people
    leaving = values["unaided_gain"] + net_helped
    for year in range(values["baseline_year"], values["target_year"]):
        relapsed = values["relapse_rate"] * still_helped
        flow_share = np.minimum(1.0, (people + relapsed) / np.maximum(leaving, _LEAST_PEOPLE))
        yield ProjectionYear(
            year, people, values["unaided_gain"] * flow_share, net_helped * flow_share, relapsed
        )
        people = np.maximum(0.0, people - leaving + relapsed)
        still_helped = still_helped + net_helped - relapsed
    yield ProjectionYear(values["target_year"], people, zero_people, zero_people, zero_people)


def starts_needed(people: FloatOrArray, values: Values) -> FloatOrArray:
    """Starts a year after which ``people`` are left in the target year; 0 if met without any.

    Of those helped, ``Σ (1 − relapse_rate)^k`` over the years are still helped at the end. Infinite
    where no number of starts would do.
    """
    years = values["target_year"] - values["baseline_year"]
    retained_share = 1 - np.asarray(values["relapse_rate"], dtype=float)
    lasting_per_start = sum(retained_share**k for k in range(years)) * net_per_start(values)
    shortfall = values["baseline_people"] - values["unaided_gain"] * years - people
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        starts = np.where(shortfall > 0, shortfall / lasting_per_start, 0.0)
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
    values = scenario.values() if probability is None else simulate_inclusion_parameters(scenario)
    target_people = target_path(values, scenario.target_year) if people is None else people
    starts = starts_needed(target_people, values)
    if probability is None:
        return float(starts)
    return float(np.quantile(starts, probability, method="inverted_cdf"))
