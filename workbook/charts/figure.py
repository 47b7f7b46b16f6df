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
TEXT_COLOUR, RULE_COLOUR = "#0B0C0C", "#D2D5D8"
DEFAULT_HEIGHT = 320

ChartHeight = int | Mapping[str, int]
STEP_HEIGHT: ChartHeight = {"step": 18}
"""Height of a chart with a row for each name on its y axis: 18 px a row, however many there are."""

LABEL_HALO: dict[str, Any] = {"stroke": "white", "strokeWidth": 4, "strokeJoin": "round"}
"""Drawn beneath a label, so that it can be read across a line."""

AltairChart = alt.Chart | alt.LayerChart

_TEXT_STYLE: dict[str, Any] = {
    "labelColor": TEXT_COLOUR,
    "titleColor": TEXT_COLOUR,
    "labelFontSize": 13,
    "titleFontSize": 13,
}
CHART_THEME = alt.Config(
    font="Arial, Helvetica, sans-serif",
    background="white",
    view=alt.ViewConfig(stroke=None),
    axis=alt.AxisConfig(
        **_TEXT_STYLE,
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
        **_TEXT_STYLE, orient="top", title=None, columns=alt.ExprRef("width < 420 ? 1 : 3")
    ),
    text=alt.MarkConfig(fontSize=13),
    mark=alt.MarkConfig(aria=False),  # a chart is one picture: no mark is read by itself
)


def ordered_row_axis(field: str, axis: alt.Axis | None = None) -> alt.Y:
    """A row for each name, in the order that the data's ``place`` gives.

    Without it a view whose data are replaced keeps the names that it had where they were.
    """
    sort_by_place = alt.EncodingSortField(field="place", op="min", order="ascending")
    return alt.Y(f"{field}:N", sort=sort_by_place, title=None, axis=axis)


def named_data(name: str) -> alt.Chart:
    """A chart of the data that ``finish`` is given under this name."""
    return alt.Chart(alt.NamedData(name))


def layer_charts(*charts: AltairChart) -> alt.LayerChart:
    """Charts upon each other, the last on top."""
    return alt.LayerChart(layer=list(charts))


class ChartTemplate:
    """What of a chart is the same for every outcome: marks, scales, axes and the theme.

    ``height`` is in CSS pixels, or ``ROWS`` where it follows the number of names on the y axis.
    """

    def __init__(self, chart: AltairChart, height: ChartHeight = DEFAULT_HEIGHT) -> None:
        self.chart, self.height = chart, height

    @cached_property
    def vega_lite_spec(self) -> dict[str, Any]:
        """The Vega-Lite specification, without words and without the data that it is drawn on."""
        spec: dict[str, Any] = self.chart.to_dict()
        return {
            **spec,
            "config": CHART_THEME.to_dict(),
            "width": "container",
            "height": self.height,
        }


@dataclass(frozen=True)
class ClickTarget:
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

    template: ChartTemplate
    data: Mapping[str, pd.DataFrame]
    title: str
    subtitle: str
    description: str
    click_target: ClickTarget | None = None

    @property
    def dataset_rows(self) -> dict[str, list[dict[str, Any]]]:
        """The data as rows of plain values."""
        return {name: frame_records(frame) for name, frame in self.data.items()}

    def to_dict(self) -> dict[str, Any]:
        """The whole as a Vega-Lite specification, as Altair's charts give it."""
        spec = self.template.vega_lite_spec
        return {
            **spec,
            "title": {"text": self.title, "subtitle": self.subtitle},
            "description": self.description,
            "datasets": {**spec.get("datasets", {}), **self.dataset_rows},
        }

    def to_altair(self) -> AltairChart:
        """The chart as Altair's own, to change it further."""
        chart_class = alt.LayerChart if "layer" in self.template.vega_lite_spec else alt.Chart
        chart: AltairChart = chart_class.from_dict(self.to_dict())
        return chart

    def _repr_mimebundle_(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  IPython's
        return self.to_altair()._repr_mimebundle_(*args, **kwargs)


def make_figure(  # noqa: PLR0913  a chart, its data, and each thing that is said of them
    chart: ChartTemplate | AltairChart,
    data: Mapping[str, pd.DataFrame] | None = None,
    *,
    title: str,
    subtitle: str = "",
    description: str,
    click_target: ClickTarget | None = None,
) -> Figure:
    """A chart with its words and the theme; ``picks`` says what a click on a mark chooses.

    A Drawing made once, ``on`` named data, serves every outcome: a page then replaces only the data
    and the words. A chart that holds its data itself is drawn anew each time.
    """
    template = chart if isinstance(chart, ChartTemplate) else ChartTemplate(chart)
    return Figure(template, data or {}, title, subtitle, description, click_target)


def frame_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows as plain values, None where missing."""
    return [
        {str(name): _to_json_value(value) for name, value in row.items()}
        for row in frame.to_dict("records")
    ]


def _to_json_value(value: Any) -> Any:  # noqa: ANN401  whatever a frame holds
    """A value as JSON has it: None where missing, a date as text."""
    if pd.isna(value):
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value
