"""Savings' charts: cash flow, net present value, break-even, estimates, published savings."""

from workbook.topics.savings.charts.break_even import draw_break_even
from workbook.topics.savings.charts.cash_flow import draw_cash_flow
from workbook.topics.savings.charts.estimates import draw_estimates
from workbook.topics.savings.charts.npv_distribution import draw_npv_distribution
from workbook.topics.savings.charts.published_savings import draw_published_savings

__all__ = [
    "draw_break_even",
    "draw_cash_flow",
    "draw_estimates",
    "draw_npv_distribution",
    "draw_published_savings",
]
