"""Delivery's charts: progress against targets, the exemplars' phases, their times, sales."""

from workbook.topics.delivery.charts.exemplars import exemplars
from workbook.topics.delivery.charts.progress import progress
from workbook.topics.delivery.charts.sales import sales
from workbook.topics.delivery.charts.survival import survival

__all__ = ["exemplars", "progress", "sales", "survival"]
