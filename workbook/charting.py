"""How every chart looks: the accessible palette, one theme, and a title that is the finding."""

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
INK, RULE = "#0B0C0C", "#D2D5D8"
HEIGHT = 320


def finish(chart: Any, *, title: str, subtitle: str, description: str) -> alt.LayerChart | alt.Chart:  # noqa: ANN401
    """The chart with its headline title, what it measures, a description in words, and the theme."""
    text = {"labelColor": INK, "titleColor": INK, "labelFontSize": 13, "titleFontSize": 13}
    finished: alt.LayerChart | alt.Chart = (
        chart.properties(
            title=alt.Title(title, subtitle=subtitle),
            description=description,
            width="container",
            height=HEIGHT,
        )
        .configure(font="Arial, Helvetica, sans-serif", background="white")
        .configure_view(stroke=None)
        .configure_axis(**text, titleFontWeight="normal", gridColor=RULE, domainColor=RULE, tickColor=RULE)
        .configure_title(anchor="start", fontSize=17, subtitleFontSize=13, color=INK, subtitleColor=INK, offset=16)
        .configure_legend(**text, orient="top", title=None)
        .configure_text(fontSize=13)
    )
    return finished
