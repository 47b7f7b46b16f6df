"""Small chart of the exemplar services that went live by quarter, for the home page."""

import pandas as pd

from workbook.charts.figure import Figure
from workbook.charts.trend import draw_trend
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter, quarter_of, quarters_between, shift_quarter
from workbook.text.dates import format_month
from workbook.text.numbers import format_quantity
from workbook.topics.delivery.exemplars import LIVE

_LEAST_QUARTERS = 4
"""The fewest quarters that the chart covers, so that it shows a rise and not a point."""


def draw_delivery_trend(outcome: Outcome) -> Figure:
    """Draw how many exemplar services were live at the end of each quarter, by milestones."""
    phases, last_quarter = outcome.frame("exemplars"), outcome.scenario.quarter
    live_quarters = phases.loc[phases["phase"] == LIVE, "start"].map(quarter_of)
    first_quarter = min([*live_quarters, shift_quarter(last_quarter, -_LEAST_QUARTERS)])
    count = quarters_between(first_quarter, last_quarter)
    quarters = [shift_quarter(first_quarter, position) for position in range(count + 1)]
    return draw_trend(
        pd.DataFrame(
            {
                "period": [format_month(last_day_of_quarter(quarter)) for quarter in quarters],
                "value": [float((live_quarters <= quarter).sum()) for quarter in quarters],
            }
        ),
        title="Exemplar services live, by dated milestones",
        format_text=format_quantity,
    )
