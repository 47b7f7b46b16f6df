"""Small chart of take-up by quarter, for the home page."""

from workbook.charts.figure import Figure
from workbook.charts.trend import draw_trend
from workbook.outcome import Outcome
from workbook.text.numbers import format_share
from workbook.topics.take_up.quarter_labels import format_end_month


def draw_take_up_trend(outcome: Outcome) -> Figure:
    """Draw take-up of the services that report in every period, without the forecast."""
    forecast = outcome.frame("forecast")
    rows = forecast.assign(
        period=forecast["quarter"].map(format_end_month), value=forecast["take_up"]
    )
    return draw_trend(
        rows,
        title="Take-up of the services that report in every period",
        subtitle="Each point is a 12-month period.",
        format_text=format_share,
    )
