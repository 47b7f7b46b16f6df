"""The register: every topic that the workbook brings, by its name, and every table."""

from workbook.tables import Table
from workbook.topic import Topic
from workbook.topics import delivery, digital_inclusion, quarterly_report, savings, take_up

TOPICS: dict[str, Topic] = {
    topic.name: topic
    for topic in (
        digital_inclusion.topic,
        take_up.topic,
        savings.topic,
        delivery.topic,
        quarterly_report.topic,
    )
}

TABLES: dict[str, Table] = {
    table.name: table for topic in TOPICS.values() for table in topic.tables
}
