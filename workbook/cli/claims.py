"""Check the published reports of the registered topics."""

from workbook.claims.bundled_check import CheckedReport, check_bundled_report
from workbook.topics.registry import TABLE_SCHEMAS, TOPICS


def check_registered_reports() -> list[CheckedReport]:
    """Check every published report that a topic offers against the bundled tables.

    Returns:
        One result for each report, in the order of the topics.

    Raises:
        TableError: A table is missing, or its checksum is not the recorded one.
    """
    return [
        check_bundled_report(report, TABLE_SCHEMAS)
        for topic in TOPICS.values()
        for report in topic.published_reports
    ]
