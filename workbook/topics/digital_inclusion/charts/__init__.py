"""Digital inclusion's charts: the path to the target, and the flows of people behind it."""

from workbook.topics.digital_inclusion.charts.exclusion_path import draw_exclusion_path
from workbook.topics.digital_inclusion.charts.skill_flows import draw_skill_flows
from workbook.topics.digital_inclusion.charts.trend import draw_exclusion_trend

__all__ = ["draw_exclusion_path", "draw_exclusion_trend", "draw_skill_flows"]
