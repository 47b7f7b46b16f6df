"""The register: every topic that the workbook brings, by its name, and every table."""

from workbook.tables import TableSchema
from workbook.topic import Topic
from workbook.topics import delivery, digital_inclusion, quarterly_report, savings, take_up

TOPICS: dict[str, Topic] = {
    registered_topic.name: registered_topic
    for registered_topic in (
        digital_inclusion.topic,
        take_up.topic,
        savings.topic,
        delivery.topic,
        quarterly_report.topic,
    )
}

TABLE_SCHEMAS: dict[str, TableSchema] = {
    table_schema.name: table_schema for topic in TOPICS.values() for table_schema in topic.tables
}
