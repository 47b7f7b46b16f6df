"""Summary of a projected path: its end, the people helped, and the range of the simulations."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from workbook.indicators import Interval
from workbook.methods.arrays import FloatOrArray
from workbook.topics.digital_inclusion.projection import Values, project_exclusion, target_path

INTERIM_YEARS = (2016, 2018)
"""Years between the strategy and its target year in which the number should be a quarter lower."""

_RANGE_QUANTILES = (0.1, 0.9)
"""Quantiles of the simulations that are shown as a range: P10 and P90."""

_NOT_SIMULATED: Interval = (None, None)


@dataclass(frozen=True)
class PathSummary:
    """Summary of a path.

    Attributes:
        people: People without basic digital skills in the target year.
        helped: People helped by the programme in all years.
        yearly_ranges: P10 and P90 of the people of each year.
        yearly_extremes: The least and the most people of each year in any simulation.
        interim_probabilities: Share of the simulations that meet the target of an interim year, by
            year; without years that do not lie between the starting year and the target year.
    """

    people: FloatOrArray
    helped: FloatOrArray
    yearly_ranges: list[Interval]
    yearly_extremes: list[Interval]
    interim_probabilities: Mapping[int, float]


def summarise_path(values: Values) -> PathSummary:
    """Project a path and summarise it, without keeping every year's simulations.

    Args:
        values: Each parameter by name: one number, or simulations of shape (draws,).

    Returns:
        The summary of the path.
    """
    people: FloatOrArray = 0.0
    helped: FloatOrArray = 0.0
    yearly_ranges, yearly_extremes, interim_probabilities = [], [], {}
    for step in project_exclusion(values):
        people, helped = step.people, helped + step.helped
        yearly_ranges.append(simulation_range(people))
        yearly_extremes.append(_simulation_extremes(people))
        if (
            step.year in INTERIM_YEARS
            and values["baseline_year"] < step.year < values["target_year"]
        ):
            is_met = np.less_equal(people, target_path(values, step.year))
            interim_probabilities[step.year] = float(np.mean(is_met))
    return PathSummary(people, helped, yearly_ranges, yearly_extremes, interim_probabilities)


def simulation_range(draws: FloatOrArray) -> Interval:
    """P10 and P90 of simulations.

    Args:
        draws: Simulations of shape (draws,), or one number.

    Returns:
        The two; None for both if there is only one number, or if one is infinite.
    """
    if np.ndim(draws) == 0:
        return _NOT_SIMULATED
    low, high = (float(q) for q in np.quantile(draws, _RANGE_QUANTILES, method="inverted_cdf"))
    return (low, high) if math.isfinite(high) else _NOT_SIMULATED


def _simulation_extremes(draws: FloatOrArray) -> Interval:
    """The least and the most; None for both if there is only one number."""
    return _NOT_SIMULATED if np.ndim(draws) == 0 else (float(np.min(draws)), float(np.max(draws)))
