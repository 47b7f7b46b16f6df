"""Theme of every chart: accessible palette, fonts and Vega-Lite configuration."""

from typing import Any

import altair as alt

# Government Analysis Function, accessible categorical palette, in its order.
BLUE, TURQUOISE, PLUM, ORANGE, GREY, MAUVE = (
    "#12436D",
    "#28A197",
    "#801650",
    "#F46A25",
    "#3D3D3D",
    "#A285D1",
)
TEXT_COLOUR, RULE_COLOUR = "#0B0C0C", "#D2D5D8"

_NARROW_WIDTH = 560
"""Width of a chart's place in CSS pixels below which three names do not fit beside each other."""

IS_NARROW = f"(isFinite(containerSize()[0]) ? containerSize()[0] : width) < {_NARROW_WIDTH}"
"""Vega expression: whether the chart's place is as narrow as on a phone.

The width of the plot cannot decide it: a legend changes the plot, and Vega does not lay a chart out
a third time. A picture of fixed width has no place and goes by its plot.
"""

_GUIDE_TEXT_STYLE: dict[str, Any] = {
    "labelColor": TEXT_COLOUR,
    "titleColor": TEXT_COLOUR,
    "labelFontSize": 13,
    "titleFontSize": 13,
}
"""Style of the texts of axes and legends."""

CHART_THEME = alt.Config(
    font="Arial, Helvetica, sans-serif",
    background="white",
    view=alt.ViewConfig(stroke=None),
    axis=alt.AxisConfig(
        **_GUIDE_TEXT_STYLE,
        titleFontWeight="normal",
        gridColor=RULE_COLOUR,
        domainColor=RULE_COLOUR,
        tickColor=RULE_COLOUR,
    ),
    title=alt.TitleConfig(
        anchor="start",
        fontSize=17,
        subtitleFontSize=13,
        color=TEXT_COLOUR,
        subtitleColor=TEXT_COLOUR,
        offset=16,
    ),
    legend=alt.LegendConfig(
        **_GUIDE_TEXT_STYLE,
        orient="top",
        title=None,
        columns=alt.ExprRef(f"{IS_NARROW} ? 1 : 3"),
        labelLimit=0,  # Vega would cut names off after 160 pixels
    ),
    text=alt.MarkConfig(fontSize=13),
    mark=alt.MarkConfig(aria=False),  # a chart is one image: marks are not read one by one
)
