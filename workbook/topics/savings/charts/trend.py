"""Small chart of the discounted cash flow by year, for the home page."""

from functools import partial

from workbook.charts.figure import Figure
from workbook.charts.trend import draw_trend
from workbook.outcome import Outcome
from workbook.text.numbers import format_estimate


def draw_savings_trend(outcome: Outcome) -> Figure:
    """Draw the benefits less the costs up to each year, with a line where they are equal."""
    cash_flow = outcome.frame("cash_flow")
    rows = cash_flow.assign(
        period=cash_flow["financial_year"], value=cash_flow["cumulative_present_value"], reference=0
    )
    return draw_trend(
        rows,
        title="Benefits less costs up to each year, discounted",
        subtitle="Dotted: benefits equal costs.",
        format_text=partial(format_estimate, unit="GBP"),
    )
