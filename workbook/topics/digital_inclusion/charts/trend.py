"""Small chart of the path to the target, for the home page."""

from functools import partial

from workbook.charts.figure import Figure
from workbook.charts.trend import draw_trend
from workbook.outcome import Outcome
from workbook.text.numbers import format_estimate


def draw_exclusion_trend(outcome: Outcome) -> Figure:
    """Draw the people without basic digital skills by year, with interval and target."""
    path = outcome.frame("path")
    rows = path.assign(
        period=path["year"].astype(int).astype(str),
        value=path["people_excluded"],
        low=path["people_low"],
        high=path["people_high"],
        reference=path["target_people"],
    )
    return draw_trend(
        rows,
        title="People without basic digital skills",
        subtitle="Shaded: 8 in 10 simulations. Dotted: target.",
        format_text=partial(format_estimate, unit="people"),
    )
