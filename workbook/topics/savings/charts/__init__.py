"""Savings' charts, one module each."""

from workbook.topics.savings.charts.break_even import draw_break_even
from workbook.topics.savings.charts.cash_flow import draw_cash_flow
from workbook.topics.savings.charts.estimates import draw_estimates
from workbook.topics.savings.charts.global_sensitivity import draw_global_sensitivity
from workbook.topics.savings.charts.npv_distribution import draw_npv_distribution
from workbook.topics.savings.charts.published_savings import draw_published_savings
from workbook.topics.savings.charts.trend import draw_savings_trend
from workbook.topics.savings.charts.value_of_information import draw_value_of_information

__all__ = [
    "draw_break_even",
    "draw_cash_flow",
    "draw_estimates",
    "draw_global_sensitivity",
    "draw_npv_distribution",
    "draw_published_savings",
    "draw_savings_trend",
    "draw_value_of_information",
]
