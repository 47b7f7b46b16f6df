"""Take-up's charts: forecast, services, change, cost, control chart and inclusion levels."""

from workbook.topics.take_up.charts.change_decomposition import draw_change_decomposition
from workbook.topics.take_up.charts.control_chart import draw_service_control
from workbook.topics.take_up.charts.cost import draw_cost_by_take_up
from workbook.topics.take_up.charts.forecast import draw_service_forecast, draw_take_up_forecast
from workbook.topics.take_up.charts.inclusion_levels import draw_inclusion_levels
from workbook.topics.take_up.charts.service_take_up import draw_service_take_up
from workbook.topics.take_up.charts.trend import draw_take_up_trend

__all__ = [
    "draw_change_decomposition",
    "draw_cost_by_take_up",
    "draw_inclusion_levels",
    "draw_service_control",
    "draw_service_forecast",
    "draw_service_take_up",
    "draw_take_up_forecast",
    "draw_take_up_trend",
]
