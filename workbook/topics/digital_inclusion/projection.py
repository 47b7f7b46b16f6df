"""Projection of the people without basic digital skills by year, and the path to the target.

Each year some people gain the skills unaided, a programme helps others, and some of those it helped
lose the skills again: ``E(t+1) = max(0, E(t) − unaided − net + relapse(t))``. The target falls by
the same share every two years: ``T(t) = E0 × (1 − r)^((t − t0) / 2)``.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from workbook.methods.arrays import FloatOrArray
from workbook.scenario import draw_samples
from workbook.topics.digital_inclusion.parameters import DigitalInclusion

Values = Mapping[str, Any]
"""Each parameter by name: one number, or simulations of shape (draws,)."""

_LEAST_PEOPLE = 1e-9
"""People: a lower bound that avoids a division by zero."""


@dataclass(frozen=True)
class ProjectionYear:
    """People who lack the skills at the start of a year, and who gain or lose them within it."""

    year: int
    people: FloatOrArray
    unaided: FloatOrArray
    helped: FloatOrArray
    relapsed: FloatOrArray


def simulate_inclusion_parameters(scenario: DigitalInclusion) -> Values:
    """Draw the uncertain parameters.

    Args:
        scenario: The scenario, with the number of draws and the seed.

    Returns:
        Values by parameter name, simulations of shape (draws,) where there is a range. People
        without the skills are never more than the adults.
    """
    simulated = draw_samples(scenario, scenario.draws, scenario.seed)
    return {
        **simulated,
        "baseline_people": np.minimum(simulated["baseline_people"], simulated["adults"]),
    }


def net_per_start(values: Values) -> FloatOrArray:
    """Share of programme starts that give somebody lasting skills who would not have gained them.

    Args:
        values: Each parameter by name.

    Returns:
        People helped by one start, net of dropout, relapse and deadweight.
    """
    net_share: FloatOrArray = (
        (1 - values["dropout"]) * values["persistence"] * (1 - values["deadweight"])
    )
    return net_share


def target_path(values: Values, year: int) -> FloatOrArray:
    """Target path: a fall by ``reduction_target`` every two years from the baseline.

    Args:
        values: Each parameter by name.
        year: A calendar year.

    Returns:
        The target for the year, in people.
    """
    remaining_share = (1 - values["reduction_target"]) ** ((year - values["baseline_year"]) / 2)
    people: FloatOrArray = values["baseline_people"] * remaining_share
    return people


def project_exclusion(values: Values) -> Iterator[ProjectionYear]:
    """Project each year from the baseline to the target year.

    Flows never exceed the people who remain.

    Args:
        values: Each parameter by name: one number, or simulations of shape (draws,).

    Yields:
        The years in order, the last without flows. They come one at a time, because all years of a
        million simulations would need too much memory.
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
    """Programme starts a year after which a number of people lack the skills in the target year.

    Of one person helped a year, ``Σ (1 − relapse_rate)^k`` over the years still have the skills.

    Args:
        people: People who may lack the skills in the target year.
        values: Each parameter by name.

    Returns:
        Starts a year: 0 if the number is reached without a programme, infinite if it cannot be.
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
    """Programme starts a year that reach a target, on the scenario's values or with a probability.

    Args:
        people: People who may lack the skills in the target year; None for the scenario's target,
            which follows each simulation's own baseline.
        scenario: The scenario.
        probability: Share of simulations that must reach the target, above 0 and at most 1; None
            to calculate with the scenario's values.

    Returns:
        Starts a year: 0 if the target is reached without a programme, infinite if it cannot be.

    Raises:
        ValueError: The probability is out of its range.
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
