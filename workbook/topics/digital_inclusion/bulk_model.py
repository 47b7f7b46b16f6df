"""Model of many scenarios at once: the indicators that need no simulations."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np

from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.scenario import ScenarioError
from workbook.topic import Tables
from workbook.topics.digital_inclusion.indicator_values import (
    REQUIREMENT_INDICATORS,
    indicator_figures,
)
from workbook.topics.digital_inclusion.indicators import (
    INTERIM_PROBABILITIES,
    TARGET_PROBABILITIES,
)
from workbook.topics.digital_inclusion.parameters import MAX_PEOPLE_PER_YEAR, DigitalInclusion
from workbook.topics.digital_inclusion.path_summary import PathSummary
from workbook.topics.digital_inclusion.projection import Values, project_exclusion

_YEARS: Final = ("baseline_year", "target_year")
_SIMULATED: Final = frozenset({*TARGET_PROBABILITIES, *INTERIM_PROBABILITIES.values()})
"""Indicators that only simulations can give."""

_NUMBERS: Final = tuple(
    name
    for name, parameter in DigitalInclusion.parameters().items()
    if parameter.kind != "string" and name not in {*_YEARS, "draws", "seed"}
)


def evaluate_many_inclusion(
    tables: Tables, scenarios: Sequence[DigitalInclusion]
) -> dict[str, FloatArray]:
    """Evaluate many scenarios of digital inclusion without simulations.

    Args:
        tables: Not read: these indicators need no observed figures.
        scenarios: The scenarios, all of the same quarter.

    Returns:
        Value of each indicator in each scenario, shape (scenarios,), NaN where missing; without
        the probabilities.

    Raises:
        ScenarioError: The quarter lies before the baseline.
    """
    del tables
    if errors := tuple(scenarios[0].quarter_errors()):
        raise ScenarioError(errors)
    columns: dict[str, FloatArray] = {}
    for years, positions in _group_by_years(scenarios).items():
        values = _collect_values([scenarios[position] for position in positions], years)
        for name, numbers in _evaluate_values(values).items():
            columns.setdefault(name, np.full(len(scenarios), np.nan))[positions] = numbers
    return columns


def _group_by_years(
    scenarios: Sequence[DigitalInclusion],
) -> dict[tuple[int, int], list[int]]:
    """Positions of the scenarios by starting year and target year: their paths are as long."""
    groups: dict[tuple[int, int], list[int]] = defaultdict(list)
    for position, scenario in enumerate(scenarios):
        groups[scenario.baseline_year, scenario.target_year].append(position)
    return groups


def _collect_values(scenarios: Sequence[DigitalInclusion], years: tuple[int, int]) -> Values:
    """Values of each parameter, shape (scenarios,), by its name; one number for each year."""
    columns = {
        name: np.array([getattr(scenario, name) for scenario in scenarios], np.float64)
        for name in _NUMBERS
    }
    return {**columns, **dict(zip(_YEARS, years, strict=True))}


def _evaluate_values(values: Values) -> dict[str, FloatArray]:
    """Indicators of scenarios with the same years."""
    people: FloatOrArray = 0.0
    helped: FloatOrArray = 0.0
    for step in project_exclusion(values):
        people, helped = step.people, helped + step.helped
    figures = indicator_figures(values, PathSummary(people, helped, [], [], {}))
    is_unmet = np.greater(figures["starts_to_reach_target"], MAX_PEOPLE_PER_YEAR)
    columns = {}
    for name, numbers in figures.items():
        if name in _SIMULATED:
            continue
        is_missing = ~np.isfinite(numbers)
        if name in REQUIREMENT_INDICATORS:
            is_missing |= is_unmet
        columns[name] = np.where(is_missing, np.nan, numbers)
    return columns
