"""Model of digital inclusion: the projected path and its simulations, compared with the target."""

from collections.abc import Mapping

import pandas as pd

from workbook.outcome import Outcome
from workbook.topics.digital_inclusion.indicators import (
    digital_inclusion_indicators,
    indicator_figures,
)
from workbook.topics.digital_inclusion.narrative import digital_inclusion_headline
from workbook.topics.digital_inclusion.parameters import DigitalInclusion
from workbook.topics.digital_inclusion.path_summary import summarise_path
from workbook.topics.digital_inclusion.projection import simulate_inclusion_parameters
from workbook.topics.digital_inclusion.tables import digital_inclusion_tables


def evaluate_digital_inclusion(
    tables: Mapping[str, pd.DataFrame], scenario: DigitalInclusion
) -> Outcome:
    """Evaluate a scenario of digital inclusion.

    Args:
        tables: The table of observed figures.
        scenario: The scenario.

    Returns:
        The outcome: the path, its flows, the observed figures and every indicator.
    """
    values, simulated_values = scenario.values(), simulate_inclusion_parameters(scenario)
    simulated_path = summarise_path(simulated_values)
    indicators = digital_inclusion_indicators(
        scenario,
        indicator_figures(values, summarise_path(values)),
        indicator_figures(simulated_values, simulated_path),
    )
    return Outcome(
        scenario=scenario,
        headline=digital_inclusion_headline(scenario, indicators),
        indicators=indicators,
        tables=tuple(
            digital_inclusion_tables(
                values, simulated_path.yearly_ranges, tables["inclusion_observed"]
            )
        ),
    )
