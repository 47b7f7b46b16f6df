"""Delivery's charts: commitments, progress, phases of services, time to live, G-Cloud sales."""

from workbook.topics.delivery.charts.exemplars import draw_exemplars
from workbook.topics.delivery.charts.programmes import draw_programmes
from workbook.topics.delivery.charts.progress import draw_progress
from workbook.topics.delivery.charts.sales import draw_sales
from workbook.topics.delivery.charts.survival import draw_survival
from workbook.topics.delivery.charts.trend import draw_delivery_trend

__all__ = [
    "draw_delivery_trend",
    "draw_exemplars",
    "draw_programmes",
    "draw_progress",
    "draw_sales",
    "draw_survival",
]
