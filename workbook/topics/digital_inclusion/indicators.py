"""The indicators of digital inclusion: what each one is."""

from workbook.indicators import IndicatorDefinition
from workbook.topics.digital_inclusion.path_summary import INTERIM_YEARS

INTERIM_PROBABILITIES = {year: f"probability_{year}" for year in INTERIM_YEARS}
"""The probability of meeting the target of each interim year, by the year."""

TARGET_PROBABILITIES = (
    "probability_of_target",
    "probability_with_floor",
    "highest_probability_with_floor",
    "probability_below_published",
)
"""Probabilities of the target year. Only simulations can give them."""

DIGITAL_INCLUSION_INDICATORS = (
    IndicatorDefinition(
        "people_excluded",
        "People without basic digital skills in the target year",
        "people",
        "lower",
        scenario_label="People without basic digital skills in {year}{as_projected}",
    ),
    IndicatorDefinition(
        "target_people",
        "Target number of people in the target year",
        "people",
        scenario_label="Target for {year}",
    ),
    IndicatorDefinition(
        "gap_to_target",
        "Gap to target (negative if met)",
        "people",
        "lower",
        scenario_label="Gap to target (negative if met){as_projected}",
    ),
    IndicatorDefinition(
        "probability_of_target",
        "Probability of target if all can learn",
        "share",
        "higher",
        is_probability=True,
    ),
    IndicatorDefinition(
        "probability_with_floor",
        "Probability of target if some never learn",
        "share",
        "higher",
        is_probability=True,
    ),
    IndicatorDefinition(
        "highest_probability_with_floor",
        "Highest probability with any number of starts, if some never learn",
        "share",
        "higher",
        is_probability=True,
    ),
    IndicatorDefinition(
        "probability_below_published",
        "Probability of fewer than 4.7 million people (published target) if all can learn",
        "share",
        "higher",
        scenario_label=(
            "Probability of fewer than 4.7 million people in {year}{published_for} if all can learn"
        ),
        is_probability=True,
    ),
    *(
        IndicatorDefinition(
            name,
            f"Probability of interim target, {year}",
            "share",
            "higher",
            is_probability=True,
        )
        for year, name in INTERIM_PROBABILITIES.items()
    ),
    IndicatorDefinition(
        "starts_to_reach_target",
        "Starts a year for the target, if everybody can learn",
        "people",
        scenario_label="Starts a year for the target, if everybody can learn{as_projected}",
    ),
    IndicatorDefinition(
        "cost_to_reach_target",
        "Cost a year of those starts",
        "GBP",
        scenario_label="Cost a year of those starts{as_projected}",
    ),
    IndicatorDefinition(
        "share_excluded",
        "Share of adults without basic digital skills in the target year",
        "share",
        "lower",
        scenario_label="Share of adults without basic digital skills in {year}{as_projected}",
    ),
    IndicatorDefinition(
        "floor_people",
        "People who may never gain the skills",
        "people",
        scenario_label="People who may never gain the skills ({whose}){as_projected}",
    ),
    IndicatorDefinition(
        "people_helped",
        "People helped by the programme, all years",
        "people",
        "higher",
        scenario_label="People helped by the programme, all years{as_projected}",
    ),
    IndicatorDefinition(
        "programme_cost",
        "Cost of the programme, all years",
        "GBP",
        "lower",
        scenario_label="Cost of the programme, all years{as_projected}",
    ),
    IndicatorDefinition(
        "net_per_start",
        "Share of starts that lead to lasting skills (net)",
        "share",
        "higher",
        scenario_label="Share of starts that lead to lasting skills (net){as_projected}",
    ),
    IndicatorDefinition(
        "cost_per_net_person",
        "Cost of each person helped (net)",
        "GBP",
        "lower",
        scenario_label="Cost of each person helped (net){as_projected}",
    ),
)
