"""Will the number of people without basic digital skills fall by a quarter every two years?"""

from workbook.first_screen import FirstScreen
from workbook.report_section import ReportSection
from workbook.topic import SensitivityCurve, Topic
from workbook.topics.digital_inclusion import bulk_model, charts, model
from workbook.topics.digital_inclusion.data import (
    inclusion_observed_table,
    population_ageing_table,
)
from workbook.topics.digital_inclusion.indicators import DIGITAL_INCLUSION_INDICATORS
from workbook.topics.digital_inclusion.parameters import DigitalInclusion
from workbook.topics.digital_inclusion.projection import starts_to_reach

__all__ = ["starts_to_reach", "topic"]

topic = Topic(
    name="digital_inclusion",
    title="Digital inclusion",
    question=(
        "Will the number of people without basic digital skills fall by a quarter every two years, "
        "and what would it take?"
    ),
    Scenario=DigitalInclusion,
    tables=(inclusion_observed_table, population_ageing_table),
    indicators=DIGITAL_INCLUSION_INDICATORS,
    model=model.evaluate_digital_inclusion,
    evaluate_many=bulk_model.evaluate_many_inclusion,
    charts={"path": charts.draw_exclusion_path, "flows": charts.draw_skill_flows},
    sensitivity_curves=(
        SensitivityCurve(
            "probability_of_target", parameter="programme_starts", low=0, high=1_500_000, target=0.5
        ),
        SensitivityCurve(
            "probability_with_floor",
            parameter="programme_starts",
            low=0,
            high=1_500_000,
            target=0.5,
        ),
    ),
    tornado="people_excluded",
    first_screen=FirstScreen(
        chart="path",
        indicators=(
            "people_excluded",
            "target_people",
            "probability_of_target",
            "probability_with_floor",
        ),
        levers=("programme_starts", "unaided_gain", "dropout", "reduction_target"),
    ),
    trend=charts.draw_exclusion_trend,
    position=10,
    report=ReportSection("path", ("people_excluded", "target_people", "gap_to_target")),
)
