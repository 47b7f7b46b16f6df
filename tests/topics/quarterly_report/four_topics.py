"""A quarterly report on four topics, whatever other topics are installed."""

from functools import cache

from workbook.outcome import Outcome
from workbook.topics.delivery import topic as delivery
from workbook.topics.digital_inclusion import topic as digital_inclusion
from workbook.topics.quarterly_report import build_topic
from workbook.topics.quarterly_report.topic_sections import list_sections
from workbook.topics.savings import topic as savings
from workbook.topics.take_up import topic as take_up

REPORTED_TOPICS = (digital_inclusion, take_up, savings, delivery)
REPORTED_CHARTS = {section.name: section.chart for section in list_sections(REPORTED_TOPICS)}
topic = build_topic(REPORTED_TOPICS)


@cache
def run_report(**values: str) -> Outcome:
    """The report on a scenario, worked out once for all tests of a process."""
    return topic.run(**values)


@cache
def run_alone(name: str, quarter: str) -> Outcome:
    """A topic on its own in a quarter, worked out once for all tests of a process."""
    return next(topic for topic in REPORTED_TOPICS if topic.name == name).run(quarter=quarter)
