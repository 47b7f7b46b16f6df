"""How every chart looks: the accessible palette, one theme, and a title that is the finding."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import altair as alt
import pandas as pd

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

Height = int | Mapping[str, int]
ROWS: Height = {"step": 18}
"""Height of a chart with a row for each name on its y axis: 18 px a row, however many there are."""

HALO: dict[str, Any] = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
"""Drawn beneath a label, so that it can be read across a line."""

Chart = alt.Chart | alt.LayerChart

_TEXT: dict[str, Any] = {
    "labelColor": INK,
    "titleColor": INK,
    "labelFontSize": 13,
    "titleFontSize": 13,
}
THEME = alt.Config(
    font="Arial, Helvetica, sans-serif",
    background="white",
    view=alt.ViewConfig(stroke=None),
    axis=alt.AxisConfig(
        **_TEXT, titleFontWeight="normal", gridColor=RULE, domainColor=RULE, tickColor=RULE
    ),
    title=alt.TitleConfig(
        anchor="start",
        fontSize=17,
        subtitleFontSize=13,
        color=INK,
        subtitleColor=INK,
        offset=16,
    ),
    legend=alt.LegendConfig(
        **_TEXT, orient="top", title=None, columns=alt.ExprRef("width < 420 ? 1 : 3")
    ),
    text=alt.MarkConfig(fontSize=13),
    mark=alt.MarkConfig(aria=False),  # a chart is one picture: no mark is read by itself
)


def rows_in_order(field: str, axis: alt.Axis | None = None) -> alt.Y:
    """A row for each name, in the order that the data's ``place`` gives.

    Without it a view whose data are replaced keeps the names that it had where they were.
    """
    by_place = alt.EncodingSortField(field="place", op="min", order="ascending")
    return alt.Y(f"{field}:N", sort=by_place, title=None, axis=axis)


def on(name: str) -> alt.Chart:
    """A chart of the data that ``finish`` is given under this name."""
    return alt.Chart(alt.NamedData(name))


def layers(*charts: Chart) -> alt.LayerChart:
    """Charts upon each other, the last on top."""
    return alt.LayerChart(layer=list(charts))


class Drawing:
    """What of a chart is the same for every outcome: marks, scales, axes and the theme.

    ``height`` is in CSS pixels, or ``ROWS`` where it follows the number of names on the y axis.
    """

    def __init__(self, chart: Chart, height: Height = HEIGHT) -> None:
        self.chart, self.height = chart, height

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification, without words and without the data that it is drawn on."""
        whole: dict[str, Any] = self.chart.to_dict()
        return {**whole, "config": THEME.to_dict(), "width": "container", "height": self.height}


@dataclass(frozen=True)
class Picks:
    """What a reader picks in a chart: a mark sets ``parameter`` to what its row has in ``column``.

    By keyboard the row is one of the chart's figures: the table behind it has this column too.
    """

    parameter: str
    column: str


@dataclass(frozen=True, eq=False)
class Figure:
    """A finished chart: a drawing, the data for it by name, and its words.

    The title says what the chart shows, the subtitle what it measures, the description tells it to
    those who cannot see it. Notebooks show it as the Altair chart that it is.
    """

    drawing: Drawing
    data: Mapping[str, pd.DataFrame]
    title: str
    subtitle: str
    description: str
    picks: Picks | None = None

    @property
    def datasets(self) -> dict[str, list[dict[str, Any]]]:
        """The data as rows of plain values."""
        return {name: records(frame) for name, frame in self.data.items()}

    def to_dict(self) -> dict[str, Any]:
        """The whole as a Vega-Lite specification, as Altair's charts give it."""
        spec = self.drawing.spec
        return {
            **spec,
            "title": {"text": self.title, "subtitle": self.subtitle},
            "description": self.description,
            "datasets": {**spec.get("datasets", {}), **self.datasets},
        }

    def altair(self) -> Chart:
        """The chart as Altair's own, to change it further."""
        kind = alt.LayerChart if "layer" in self.drawing.spec else alt.Chart
        chart: Chart = kind.from_dict(self.to_dict())
        return chart

    def _repr_mimebundle_(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  IPython's
        return self.altair()._repr_mimebundle_(*args, **kwargs)


def finish(  # noqa: PLR0913  a chart, its data, and each thing that is said of them
    drawn: Drawing | Chart,
    data: Mapping[str, pd.DataFrame] | None = None,
    *,
    title: str,
    subtitle: str = "",
    description: str,
    picks: Picks | None = None,
) -> Figure:
    """A chart with its words and the theme; ``picks`` says what a click on a mark chooses.

    A Drawing made once, ``on`` named data, serves every outcome: a page then replaces only the data
    and the words. A chart that holds its data itself is drawn anew each time.
    """
    drawing = drawn if isinstance(drawn, Drawing) else Drawing(drawn)
    return Figure(drawing, data or {}, title, subtitle, description, picks)


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values, None where missing."""
    return [
        {str(name): _plain(value) for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _plain(value: Any) -> Any:  # noqa: ANN401  whatever a frame holds
    """A value as JSON has it: None where missing, a date as text."""
    if pd.isna(value):
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value
