"""Delivery's charts: commitments, progress, measures, phases of services, time to live, sales."""

from workbook.topics.delivery.charts.exemplars import draw_exemplars
from workbook.topics.delivery.charts.programmes import draw_programmes
from workbook.topics.delivery.charts.progress import draw_progress
from workbook.topics.delivery.charts.sales import draw_sales
from workbook.topics.delivery.charts.series import draw_series
from workbook.topics.delivery.charts.survival import draw_survival
from workbook.topics.delivery.charts.transition import draw_transition
from workbook.topics.delivery.charts.trend import draw_delivery_trend

__all__ = [
    "draw_delivery_trend",
    "draw_exemplars",
    "draw_programmes",
    "draw_progress",
    "draw_sales",
    "draw_series",
    "draw_survival",
    "draw_transition",
]
