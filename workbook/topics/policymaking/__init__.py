"""Digital policymaking: whether consultations are open long enough, and answered in time."""

from workbook.first_screen import FirstScreen
from workbook.report_section import ReportSection
from workbook.topic import SensitivityCurve, Topic
from workbook.topics.policymaking import charts, model
from workbook.topics.policymaking.bodies import list_bodies
from workbook.topics.policymaking.data import consultations_schema
from workbook.topics.policymaking.indicators import POLICYMAKING_INDICATORS
from workbook.topics.policymaking.parameters import Policymaking
from workbook.topics.policymaking.report_changes import describe_consultation_changes

__all__ = ["topic"]

topic = Topic(
    name="policymaking",
    title="Digital policymaking",
    question=("Are consultations open long enough, answered in time, and do they change anything?"),
    Scenario=Policymaking,
    tables=(consultations_schema,),
    indicators=POLICYMAKING_INDICATORS,
    model=model.evaluate_policymaking,
    charts={
        "waiting": charts.draw_waiting,
        "timeline": charts.draw_timeline,
        "survival": charts.draw_answer_survival,
        "responses": charts.draw_responses,
    },
    sensitivity_curves=(
        SensitivityCurve(
            "expected_share_in_time",
            parameter="consultations_a_year",
            low=0,
            high=40,
            target=0.9,
        ),
    ),
    tornado="expected_share_in_time",
    first_screen=FirstScreen(
        chart="waiting",
        indicators=(
            "analysts_for_target",
            "share_answered_in_time",
            "median_days_to_response",
            "consultations_awaiting_response",
        ),
        levers=("department", "analysts", "consultations_a_year", "staff_days"),
    ),
    trend=charts.draw_policymaking_trend,
    position=45,
    report=ReportSection(
        "waiting",
        ("share_answered_in_time", "median_days_to_response", "analysts_for_target"),
        introduction=(
            "Times to an answer come from the table of consultations. The number of analysts needed"
            " is a calculation from assumptions."
        ),
        describe_changes=describe_consultation_changes,
        list_bodies=list_bodies,
    ),
)
