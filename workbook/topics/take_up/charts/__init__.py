"""Take-up's charts: the path ahead, the services, the change and its parts, cost, one service."""

from workbook.topics.take_up.charts.ahead import forecast, service_forecast
from workbook.topics.take_up.charts.change import change
from workbook.topics.take_up.charts.control import control
from workbook.topics.take_up.charts.cost import cost
from workbook.topics.take_up.charts.services import services

__all__ = ["change", "control", "cost", "forecast", "service_forecast", "services"]
