"""Policymaking's charts: waits by analysts, each consultation, answers, and responses."""

from workbook.topics.policymaking.charts.responses import draw_responses
from workbook.topics.policymaking.charts.survival import draw_answer_survival
from workbook.topics.policymaking.charts.timeline import draw_timeline
from workbook.topics.policymaking.charts.trend import draw_policymaking_trend
from workbook.topics.policymaking.charts.waiting import draw_waiting

__all__ = [
    "draw_answer_survival",
    "draw_policymaking_trend",
    "draw_responses",
    "draw_timeline",
    "draw_waiting",
]
