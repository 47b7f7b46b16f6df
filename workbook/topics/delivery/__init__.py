"""Delivery: commitments, progress measures, events, exemplar services, and G-Cloud sales."""

from workbook.first_screen import FirstScreen
from workbook.report_section import CoveredList, ReportSection, always_differ_by
from workbook.topic import Topic
from workbook.topics.delivery import charts, model
from workbook.topics.delivery.bodies import list_bodies
from workbook.topics.delivery.charts.selected_rows import only_with_rows
from workbook.topics.delivery.data import DELIVERY_TABLES
from workbook.topics.delivery.indicators import DELIVERY_INDICATORS
from workbook.topics.delivery.parameters import Delivery
from workbook.topics.delivery.row_changes import describe_row_changes, list_counted_rows

__all__ = ["topic"]

topic = Topic(
    name="delivery",
    title="Delivery",
    question="What did government commit to, and is it on track?",
    Scenario=Delivery,
    tables=DELIVERY_TABLES,
    indicators=DELIVERY_INDICATORS,
    model=model.evaluate_delivery,
    charts={
        "programmes": only_with_rows(charts.draw_programmes, "commitments"),
        "progress": only_with_rows(charts.draw_progress, "progress"),
        "transition": only_with_rows(charts.draw_transition, "transition"),
        "series": only_with_rows(charts.draw_series, "series"),
        "exemplars": only_with_rows(charts.draw_exemplars, "exemplars"),
        "survival": only_with_rows(charts.draw_survival, "survival"),
        "sales": only_with_rows(charts.draw_sales, "sales"),
    },
    first_screen=FirstScreen(
        chart="programmes",
        indicators=("commitments_total", "measures_total", "events_total"),
        levers=("department", "programme", "quarter"),
    ),
    trend=charts.draw_delivery_trend,
    position=40,
    report=ReportSection(
        "progress",
        ("exemplars_live", "commitments_on_course", "commitments_off_course"),
        # These counts rise as more is published, which is neither better nor worse.
        unjudged_indicators=(
            "commitments_on_course",
            "commitments_off_course",
            "commitments_not_known",
            "commitments_met",
            "commitments_missed",
            "commitments_total",
            "measures_total",
            "events_total",
        ),
        covered=CoveredList(list_counted_rows, always_differ_by("other commitments")),
        describe_changes=describe_row_changes,
        list_bodies=list_bodies,
        is_required=True,
    ),
)
