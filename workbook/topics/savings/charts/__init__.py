"""Savings' charts: the cash, how sure it is, where it turns, other ways, what was published."""

from workbook.topics.savings.charts.break_even import break_even
from workbook.topics.savings.charts.cash_flow import cash_flow
from workbook.topics.savings.charts.npv_distribution import npv_distribution
from workbook.topics.savings.charts.published import published
from workbook.topics.savings.charts.ways import ways

__all__ = ["break_even", "cash_flow", "npv_distribution", "published", "ways"]
