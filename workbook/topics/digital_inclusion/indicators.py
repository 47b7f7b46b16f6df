"""The indicators of digital inclusion: what each one is."""

from workbook.indicators import IndicatorDefinition
from workbook.topics.digital_inclusion.path_summary import INTERIM_YEARS

INTERIM_PROBABILITIES = {year: f"probability_{year}" for year in INTERIM_YEARS}
"""The probability of meeting the target of each interim year, by the year."""

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
        "Gap to the target (negative if met)",
        "people",
        "lower",
        scenario_label="Gap to the target (negative if met){as_projected}",
    ),
    IndicatorDefinition(
        "probability_of_target",
        "Probability of meeting the target if everybody can gain the skills",
        "share",
        "higher",
        is_probability=True,
    ),
    IndicatorDefinition(
        "probability_with_floor",
        "Probability of meeting the target if the estimate of who may never be able holds",
        "share",
        "higher",
        scenario_label=(
            "Probability of meeting the target if {whose} estimate of who may never be able holds"
        ),
        is_probability=True,
    ),
    IndicatorDefinition(
        "highest_probability_with_floor",
        "Highest probability that any number of starts can give if that estimate holds",
        "share",
        "higher",
        is_probability=True,
    ),
    IndicatorDefinition(
        "probability_below_published",
        "Probability of fewer than 4.7 million people in the target year (published target) if"
        " everybody can gain the skills",
        "share",
        "higher",
        scenario_label=(
            "Probability of fewer than 4.7 million people in {year}{published_for} if everybody can"
            " gain the skills"
        ),
        is_probability=True,
    ),
    *(
        IndicatorDefinition(
            name,
            f"Probability of meeting the interim target for {year}",
            "share",
            "higher",
            is_probability=True,
        )
        for year, name in INTERIM_PROBABILITIES.items()
    ),
    IndicatorDefinition(
        "starts_to_reach_target",
        "Programme starts a year needed to meet the target, at the central assumptions",
        "people",
    ),
    IndicatorDefinition(
        "cost_to_reach_target", "Cost a year of those starts, at the central assumptions", "GBP"
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
        scenario_label="People who may never gain the skills ({whose} estimate)",
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
