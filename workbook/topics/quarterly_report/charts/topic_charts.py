"""The topics' own charts as the report shows them."""

from dataclasses import replace

import altair as alt

from workbook.charts.figure import ChartTemplate, Figure, build_once, make_figure
from workbook.outcome import Outcome
from workbook.topic import AnyChart, ChartFunction

_EMPTY_HEIGHT = 54
"""Height in CSS pixels of a chart without data."""


def draw_topic_chart(draw: ChartFunction, part: Outcome) -> AnyChart | None:
    """Draw a topic's chart as the report shows it: a click on a mark chooses nothing.

    Args:
        draw: The topic's own chart.
        part: The topic's outcome, without tables where nothing is known of the quarter.

    Returns:
        The chart, or an empty one that says so; None for a topic that has no figures for the
        scenario's departments.
    """
    if part.no_figures_reason:
        return None
    if not part.tables:
        title = part.headline.rstrip(".")
        return make_figure(
            _build_empty_template(),
            title=title,
            description=f"{title}, so there is nothing to draw.",
        )
    chart = draw(part)
    return replace(chart, click_target=None) if isinstance(chart, Figure) else chart


@build_once
def _build_empty_template() -> ChartTemplate:
    return ChartTemplate(alt.Chart(alt.InlineData([])).mark_point(), height=_EMPTY_HEIGHT)
