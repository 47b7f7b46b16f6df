"""Model of digital inclusion: the projected path and its simulations, compared with the target."""

from collections.abc import Mapping
from itertools import chain

import pandas as pd

from workbook.outcome import Outcome, Simulations
from workbook.scenario import ScenarioError
from workbook.topics.digital_inclusion.cohorts import project_by_age, read_age_profile
from workbook.topics.digital_inclusion.count_notes import add_outcome_notes
from workbook.topics.digital_inclusion.indicator_values import (
    digital_inclusion_indicators,
    indicator_figures,
)
from workbook.topics.digital_inclusion.narrative import digital_inclusion_headline
from workbook.topics.digital_inclusion.notes import digital_inclusion_notes
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
    observed, expected_path = tables["inclusion_observed"], [float(step.people) for step in steps]
    counts = compare_counts(observed, scenario, expected_path, simulated_path)
    indicators = digital_inclusion_indicators(scenario, expected, simulated, counts)
    indicators_by_name = {indicator.name: indicator for indicator in indicators}
    profile = read_age_profile(observed, tables["population_ageing"])
    by_age = project_by_age(values, profile) if profile else None
    return Outcome(
        scenario=scenario,
        headline=digital_inclusion_headline(scenario, indicators_by_name, counts),
        indicators=tuple(add_outcome_notes(indicators, scenario, counts)),
        tables=chain(
            projection_tables(values, steps, simulated_path.yearly_ranges, by_age),
            observed_tables(observed, counts),
        ),
        parameter_warnings=tuple(scenario.warnings()),
        notes=digital_inclusion_notes(
            scenario, indicators_by_name, counts, simulated_path.people, by_age
        ),
        simulations=Simulations(simulated_values, simulated),
    )
