"""The indicators of digital inclusion: definitions, figures, simulation ranges and notes."""

from collections.abc import Mapping

import numpy as np

from workbook.indicators import Indicator, IndicatorDefinition, build_indicators
from workbook.methods.arrays import FloatOrArray
from workbook.text.numbers import format_people
from workbook.topics.digital_inclusion.parameters import MAX_PEOPLE_PER_YEAR, DigitalInclusion
from workbook.topics.digital_inclusion.path_summary import PathSummary, simulation_range
from workbook.topics.digital_inclusion.projection import (
    Values,
    net_per_start,
    starts_needed,
    target_path,
)

PUBLISHED_TARGET = 4_700_000
"""People, strictly fewer than this by 2020: Government Digital Inclusion Strategy, April 2014."""

DIGITAL_INCLUSION_INDICATORS = (
    IndicatorDefinition(
        "people_excluded",
        "People without basic digital skills in the target year",
        "people",
        "lower",
        scenario_label="People without basic digital skills in {year}",
    ),
    IndicatorDefinition(
        "target_people",
        "Target number of people in the target year",
        "people",
        scenario_label="Target for {year}",
    ),
    IndicatorDefinition("gap_to_target", "Gap to the target (negative if met)", "people", "lower"),
    IndicatorDefinition(
        "probability_of_target",
        "Probability of meeting the target",
        "share",
        "higher",
        is_probability=True,
    ),
    IndicatorDefinition(
        "probability_below_published",
        "Probability of fewer than 4.7 million people in the target year (published target)",
        "share",
        "higher",
        scenario_label="Probability of fewer than 4.7 million people in {year} (published target)",
        is_probability=True,
    ),
    IndicatorDefinition(
        "starts_to_reach_target", "Programme starts a year needed to meet the target", "people"
    ),
    IndicatorDefinition("cost_to_reach_target", "Cost a year of the starts needed", "GBP"),
    IndicatorDefinition(
        "share_excluded",
        "Share of adults without basic digital skills in the target year",
        "share",
        "lower",
        scenario_label="Share of adults without basic digital skills in {year}",
    ),
    IndicatorDefinition(
        "floor_people", "People who may never gain the skills (strategy's estimate)", "people"
    ),
    IndicatorDefinition(
        "people_helped",
        "People who gain the skills because of the programme, all years",
        "people",
        "higher",
    ),
    IndicatorDefinition("programme_cost", "Cost of the programme, all years", "GBP", "lower"),
    IndicatorDefinition(
        "net_per_start",
        "Share of starts that lead to lasting skills, after dropout and deadweight",
        "share",
        "higher",
    ),
    IndicatorDefinition(
        "cost_per_net_person",
        "Cost for each person helped, after dropout and deadweight",
        "GBP",
        "lower",
    ),
)

_PROBABILITY_INDICATORS = ("probability_of_target", "probability_below_published")
"""Indicators that only simulations can give."""

_REQUIREMENT_INDICATORS = ("starts_to_reach_target", "cost_to_reach_target")
"""Indicators of what meeting the target would take."""


def digital_inclusion_indicators(
    scenario: DigitalInclusion,
    expected: Mapping[str, FloatOrArray],
    simulated: Mapping[str, FloatOrArray],
) -> tuple[Indicator, ...]:
    """Build the indicators of a scenario.

    Args:
        scenario: The scenario.
        expected: Figures of the scenario's own values, as ``indicator_figures`` gives them.
        simulated: Figures of the simulations, each a number or of shape (draws,).
    """
    unmet = expected["starts_to_reach_target"] > MAX_PEOPLE_PER_YEAR
    return build_indicators(
        DIGITAL_INCLUSION_INDICATORS,
        {
            **{name: float(value) for name, value in expected.items()},
            **{name: float(simulated[name]) for name in _PROBABILITY_INDICATORS},
            **(dict.fromkeys(_REQUIREMENT_INDICATORS) if unmet else {}),
        },
        intervals={name: simulation_range(draws) for name, draws in simulated.items()},
        missing_reasons=_missing_reasons(),
        notes=_zero_notes(expected),
        label_fields={"year": scenario.target_year},
    )


def indicator_figures(values: Values, path: PathSummary) -> dict[str, FloatOrArray]:
    """Figure of every indicator, by its name.

    Args:
        values: Every parameter by name: a number, or simulations of shape (draws,).
        path: Summary of the path of these values.
    """
    target_people, net_share = target_path(values, values["target_year"]), net_per_start(values)
    years = values["target_year"] - values["baseline_year"]
    starts = starts_needed(target_people, values)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        cost_per_net_person = np.divide(values["unit_cost"], net_share)
        cost_to_reach_target = starts * values["unit_cost"]
    return {
        "people_excluded": path.people,
        "target_people": target_people,
        "gap_to_target": path.people - target_people,
        "probability_of_target": float(np.mean(path.people <= target_people)),
        "probability_below_published": float(np.mean(path.people < PUBLISHED_TARGET)),
        "starts_to_reach_target": starts,
        "cost_to_reach_target": cost_to_reach_target,
        "share_excluded": path.people / values["adults"],
        "floor_people": values["floor_share"] * values["adults"],
        "people_helped": path.helped,
        "programme_cost": values["programme_starts"] * years * values["unit_cost"],
        "net_per_start": net_share,
        "cost_per_net_person": cost_per_net_person,
    }


def _missing_reasons() -> dict[str, str]:
    """Why an indicator would have no value, by its name."""
    most_starts = format_people(MAX_PEOPLE_PER_YEAR)
    unreachable_reason = f"not possible: even {most_starts} starts a year would not meet the target"
    return {
        **dict.fromkeys(_REQUIREMENT_INDICATORS, unreachable_reason),
        "cost_per_net_person": (
            "nobody is helped, after dropout, lost skills and people who would have learned anyway"
        ),
    }


def _zero_notes(expected: Mapping[str, FloatOrArray]) -> dict[str, str]:
    """Why an indicator is 0, by its name."""
    if expected["starts_to_reach_target"]:
        return {}
    already_met = "not needed: the target is met without a programme"
    return dict.fromkeys(_REQUIREMENT_INDICATORS, already_met)
