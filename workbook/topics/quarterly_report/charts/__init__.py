"""The quarterly report's charts: its own, and those of the topics as the report shows them."""

from workbook.topics.quarterly_report.charts.findings import draw_findings
from workbook.topics.quarterly_report.charts.topic_charts import draw_topic_chart
from workbook.topics.quarterly_report.charts.verdicts_by_section import draw_verdicts_by_section

__all__ = ["draw_findings", "draw_topic_chart", "draw_verdicts_by_section"]
