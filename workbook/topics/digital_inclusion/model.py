"""Model of digital inclusion: the projected path and its simulations, compared with the target."""

from collections.abc import Mapping

import pandas as pd

from workbook.outcome import Outcome
from workbook.scenario import ScenarioError
from workbook.topics.digital_inclusion import notes
from workbook.topics.digital_inclusion.cohorts import project_by_age, read_age_profile
from workbook.topics.digital_inclusion.indicator_values import (
    digital_inclusion_indicators,
    indicator_figures,
)
from workbook.topics.digital_inclusion.narrative import digital_inclusion_headline
from workbook.topics.digital_inclusion.observed_counts import compare_counts
from workbook.topics.digital_inclusion.parameters import DigitalInclusion
from workbook.topics.digital_inclusion.path_summary import summarise_path
from workbook.topics.digital_inclusion.projection import (
    project_exclusion,
    simulate_inclusion_parameters,
)
from workbook.topics.digital_inclusion.tables import observed_tables, projection_tables


def evaluate_digital_inclusion(
    tables: Mapping[str, pd.DataFrame], scenario: DigitalInclusion
) -> Outcome:
    """Evaluate a scenario of digital inclusion.

    Args:
        tables: The tables of observed figures and of the ageing of the population.
        scenario: The scenario.

    Returns:
        The outcome: the path, its flows, the observed figures and every indicator.

    Raises:
        ScenarioError: The quarter lies before the baseline.
    """
    if errors := tuple(scenario.quarter_errors()):
        raise ScenarioError(errors)
    values, simulated_values = scenario.values(), simulate_inclusion_parameters(scenario)
    steps, simulated_path = list(project_exclusion(values)), summarise_path(simulated_values)
    expected = indicator_figures(values, summarise_path(values))
    simulated = indicator_figures(simulated_values, simulated_path)
    indicators = digital_inclusion_indicators(scenario, expected, simulated)
    observed, yearly_ranges = tables["inclusion_observed"], simulated_path.yearly_ranges
    counts = compare_counts(
        observed, scenario, [float(step.people) for step in steps], yearly_ranges
    )
    profile = read_age_profile(observed, tables["population_ageing"])
    by_age = project_by_age(values, profile) if profile else None
    people, floor, target = (
        float(expected[name]) for name in ("people_excluded", "floor_people", "target_people")
    )
    return Outcome(
        scenario=scenario,
        headline=digital_inclusion_headline(
            scenario, {indicator.name: indicator for indicator in indicators}, counts
        ),
        indicators=indicators,
        tables=(
            *projection_tables(values, steps, yearly_ranges, by_age),
            *observed_tables(observed, counts),
        ),
        parameter_warnings=tuple(scenario.warnings()),
        notes=(
            *notes.count_notes(scenario, counts),
            *notes.floor_notes(scenario, people, floor, target),
            *notes.simulation_notes(people, simulated["people_excluded"]),
            *(notes.cohort_notes(scenario, people, by_age) if by_age else ()),
        ),
    )
