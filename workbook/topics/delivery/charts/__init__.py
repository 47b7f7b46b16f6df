"""Delivery's charts: progress towards targets, phases of services, time to live, G-Cloud sales."""

from workbook.topics.delivery.charts.exemplars import draw_exemplars
from workbook.topics.delivery.charts.progress import draw_progress
from workbook.topics.delivery.charts.sales import draw_sales
from workbook.topics.delivery.charts.survival import draw_survival

__all__ = ["draw_exemplars", "draw_progress", "draw_sales", "draw_survival"]
