"""What does the quarter come to: every topic's answer, what changed, and do the figures hold?"""

from collections.abc import Mapping
from functools import partial

from workbook.scenario import ParameterValue
from workbook.topic import ChartFunction, Dependency, Topic
from workbook.topics.delivery import topic as delivery
from workbook.topics.digital_inclusion import topic as digital_inclusion
from workbook.topics.quarterly_report import charts, model
from workbook.topics.quarterly_report.claims import PUBLISHED_REPORTS
from workbook.topics.quarterly_report.parameters import QuarterlyReport
from workbook.topics.quarterly_report.topic_comparisons import (
    LIKE_FOR_LIKE_OUTCOME_NAME,
    PREVIOUS_OUTCOME_NAME,
    REPORTED_CHARTS,
)
from workbook.topics.savings import topic as savings
from workbook.topics.take_up import topic as take_up

REPORTED_TOPICS = (digital_inclusion, take_up, savings, delivery)


def _previous_quarter_overrides(scenario: QuarterlyReport) -> Mapping[str, ParameterValue]:
    return {"quarter": scenario.compared_quarter}


def _comparison_overrides(scenario: QuarterlyReport) -> Mapping[str, ParameterValue]:
    return {"compare_with": scenario.compared_quarter}


def _reported_chart(topic: Topic) -> ChartFunction:
    """The chart of a topic that the report shows, drawn of the topic's part of its outcome."""
    draw = topic.charts[REPORTED_CHARTS[topic.name]]
    return lambda outcome: charts.without_click_targets(draw(outcome.part_outcomes[topic.name]))


topic = Topic(
    name="quarterly_report",
    title="Quarterly report",
    question=(
        "What does the quarter come to, what has changed since the last one, and do the figures "
        "that were printed hold?"
    ),
    Scenario=QuarterlyReport,
    tables=tuple(table for report in PUBLISHED_REPORTS for table in report.tables),
    published_reports=PUBLISHED_REPORTS,
    model=partial(
        model.evaluate_quarterly_report,
        titles={reported_topic.name: reported_topic.title for reported_topic in REPORTED_TOPICS},
    ),
    charts={
        **{REPORTED_CHARTS[each.name]: _reported_chart(each) for each in REPORTED_TOPICS},
        "sections": charts.draw_verdicts_by_section,
    },
    dependencies=(
        *(Dependency(each, parameter_map={"quarter": "quarter"}) for each in REPORTED_TOPICS),
        *(
            Dependency(
                each,
                overrides=_previous_quarter_overrides,
                name=PREVIOUS_OUTCOME_NAME.format(each.name),
            )
            for each in REPORTED_TOPICS
        ),
        Dependency(
            take_up,
            parameter_map={"quarter": "quarter"},
            overrides=_comparison_overrides,
            name=LIKE_FOR_LIKE_OUTCOME_NAME,
        ),
    ),
    is_document=True,
    position=1000,
)
