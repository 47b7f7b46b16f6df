"""Is digital take-up rising, service by service, and when will it reach its target?"""

from workbook.first_screen import FirstScreen
from workbook.report_section import CoveredList, LikeForLike, ReportSection, always_differ_by
from workbook.tables.channel_costs import channel_costs
from workbook.tables.deflator import deflator
from workbook.topic import Topic
from workbook.topics.take_up import charts, model
from workbook.topics.take_up.assisted_digital.data import (
    assisted_digital_shares_table,
    inclusion_scale_table,
)
from workbook.topics.take_up.bodies import list_bodies
from workbook.topics.take_up.data import service_go_live_table, service_kpis_table, take_up_table
from workbook.topics.take_up.deferred_forecasts import defer_forecasts
from workbook.topics.take_up.forecast_totals import FORECAST_TOTALS, present_forecast_totals
from workbook.topics.take_up.indicators import TAKE_UP_INDICATORS
from workbook.topics.take_up.like_for_like import (
    compare_matched_services,
    describe_matched_change,
    describe_matched_limits,
    describe_other_services,
    list_covered_services,
)
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.record_tables import (
    forecast_record_table,
    forecast_reliability_table,
)
from workbook.topics.take_up.service_forecasts import (
    SERVICE_FORECASTS,
    present_service_forecasts,
)

__all__ = ["topic"]

topic = Topic(
    name="take_up",
    title="Digital take-up",
    question=("Is digital take-up rising, service by service, and when will it reach its target?"),
    Scenario=TakeUp,
    tables=(
        take_up_table,
        service_kpis_table,
        service_go_live_table,
        deflator,
        forecast_record_table,
        forecast_reliability_table,
        inclusion_scale_table,
        assisted_digital_shares_table,
        channel_costs,
    ),
    indicators=TAKE_UP_INDICATORS,
    model=model.evaluate_take_up,
    charts={
        "forecast": charts.draw_take_up_forecast,
        "services": charts.draw_service_take_up,
        "change": charts.draw_change_decomposition,
        "cost": charts.draw_cost_by_take_up,
        "service_forecast": charts.draw_service_forecast,
        "control": charts.draw_service_control,
        "inclusion_levels": charts.draw_inclusion_levels,
    },
    deferred={
        SERVICE_FORECASTS: defer_forecasts(present_service_forecasts),
        FORECAST_TOTALS: defer_forecasts(present_forecast_totals),
    },
    first_screen=FirstScreen(
        chart="change",
        indicators=("change_within", "take_up_matched", "take_up", "probability_of_target"),
        levers=("department", "exclude", "target"),
    ),
    trend=charts.draw_take_up_trend,
    position=20,
    report=ReportSection(
        "forecast",
        ("take_up", "take_up_matched", "take_up_everything"),
        introduction=(
            "Take-up covers every service that reports, so it moves when services start or stop"
            " reporting. The same-services figure covers only those that reported in both years."
            " The services covered change in some quarters. The digital take-up page separates"
            " the effects."
        ),
        like_for_like=LikeForLike(
            "compare_with",
            compare_matched_services,
            describe_matched_change,
            describe_matched_limits,
        ),
        covered=CoveredList(
            list_covered_services, always_differ_by("different services"), describe_other_services
        ),
        list_bodies=list_bodies,
        is_required=True,
    ),
)
