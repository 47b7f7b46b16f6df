"""What does the quarter come to: every topic's answer, what changed, and do the figures hold?"""

from collections.abc import Mapping
from functools import partial

from workbook.claims import claims, report_facts
from workbook.scenario import Value
from workbook.topic import Chart, Need, Topic
from workbook.topics.delivery import topic as delivery
from workbook.topics.digital_inclusion import topic as digital_inclusion
from workbook.topics.quarterly_report import charts, model
from workbook.topics.quarterly_report.parts import BEFORE, SHOWN, SINCE
from workbook.topics.quarterly_report.scenario import QuarterlyReport
from workbook.topics.savings import topic as savings
from workbook.topics.take_up import topic as take_up

TOPICS = (digital_inclusion, take_up, savings, delivery)


def _quarter_before(scenario: QuarterlyReport) -> Mapping[str, Value]:
    return {"quarter": scenario.before}


def _compared(scenario: QuarterlyReport) -> Mapping[str, Value]:
    return {"compare_with": scenario.before}


def _of_part(topic: Topic) -> Chart:
    """The chart of a topic that the report shows, drawn of the topic's part of its outcome."""
    draw = topic.charts[SHOWN[topic.name]]
    return lambda outcome: charts.told(draw(outcome.parts[topic.name]))


topic = Topic(
    name="quarterly_report",
    title="Quarterly report",
    question=(
        "What does the quarter come to, what has changed since the last one, and do the figures "
        "that were printed hold?"
    ),
    Scenario=QuarterlyReport,
    tables=(claims, report_facts),
    model=partial(model.model, titles={each.name: each.title for each in TOPICS}),
    charts={
        **{SHOWN[each.name]: _of_part(each) for each in TOPICS},
        "sections": charts.sections,
    },
    needs=(
        *(Need(each, passed={"quarter": "quarter"}) for each in TOPICS),
        *(Need(each, also=_quarter_before, name=BEFORE.format(each.name)) for each in TOPICS),
        Need(take_up, passed={"quarter": "quarter"}, also=_compared, name=SINCE),
    ),
    document=True,
)
