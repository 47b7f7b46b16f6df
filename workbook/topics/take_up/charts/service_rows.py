"""What the charts with a row for each service share."""

import altair as alt

from workbook.charts.figure import ClickTarget, named_data
from workbook.charts.marks import DOTTED
from workbook.charts.theme import PLUM

MOST_SHOWN = 20
"""Number of services in a chart: the largest. The table below lists all of them."""

SERVICE_CLICK_TARGET = ClickTarget(parameter="service", column="service")
"""A click on a service selects it as the service in detail."""


def target_line() -> alt.Chart:
    """A line at the target, which the data ``goal`` have in ``take_up``.

    Returns:
        A layer of a chart with take-up from left to right.
    """
    rule: alt.Chart = named_data("goal").mark_rule(color=PLUM, strokeDash=DOTTED, strokeWidth=2)
    line: alt.Chart = rule.encode(x=alt.X("take_up:Q"))
    return line
