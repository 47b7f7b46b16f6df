"""A finished chart: a reusable template, the data of one outcome, and the captions."""

import textwrap
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, wraps
from typing import Any, ParamSpec, Self

import altair as alt
import pandas as pd
from altair.utils.schemapi import debug_mode

from workbook.charts.theme import CHART_THEME

_Arguments = ParamSpec("_Arguments")

AltairChart = alt.Chart | alt.LayerChart
ChartData = pd.DataFrame | Sequence[Mapping[str, Any]]
"""Data of a chart: a frame; or rows of values by column, which are faster for a few rows."""

ChartHeight = int | Mapping[str, int]
"""Height in CSS pixels, or that of each row by ``rows.row_height``."""

DEFAULT_HEIGHT = 300
"""Height of a chart on a page in CSS pixels, with its axes and legend."""

_REASON_LINE_LENGTH, _REASON_LINE_HEIGHT = 90, 18
"""Characters in a line of the reason why a chart is empty, and pixels between two lines."""


class _DataChart(alt.Chart):
    """A chart that makes channels of texts and values itself, and copies no more than changes.

    Altair makes the same channels, and looks at all of its classes for each. It copies every part
    of a layer several times.
    """

    def copy(self, deep: bool | Iterable[Any] = True, ignore: list[str] | None = None) -> Self:  # noqa: FBT001, FBT002  as Altair's
        """A copy with the same parts, apart from those named: Altair changes no other."""
        return super().copy(False if deep is True else deep, ignore)

    def encode(self, *args: Any, **channels: Any) -> Self:  # noqa: ANN401  as Altair's
        made_channels = {name: _make_channel(name, value) for name, value in channels.items()}
        return super().encode(*args, **made_channels)


def _make_channel(name: str, value: Any) -> Any:  # noqa: ANN401  whatever a channel takes
    """The channel of a column or of a constant; any other as it is."""
    if isinstance(value, list):
        return [_make_channel(name, item) for item in value]
    class_name = name[0].upper() + name[1:]
    if isinstance(value, str):
        return getattr(alt, class_name)(value)
    if isinstance(value, dict):
        return getattr(alt, f"{class_name}Value" if "value" in value else class_name)(**value)
    return value


def named_data(name: str) -> alt.Chart:
    """Start a chart on data that each figure supplies.

    Args:
        name: Key of the data in the mapping given to ``make_figure``.

    Returns:
        A chart without marks; call its ``mark_*`` and ``encode`` methods.
    """
    return _DataChart(alt.NamedData(name))


def layer_charts(*charts: AltairChart) -> alt.LayerChart:
    """Draw charts on top of each other.

    Args:
        *charts: The layers, the last one on top.

    Returns:
        The layered chart.
    """
    return alt.LayerChart(layer=list(charts))


class ChartTemplate:
    """The parts of a chart that are the same for every outcome: marks, scales, axes and theme.

    A page keeps one Vega view for each template, and replaces only data, title and description.

    Args:
        chart: An Altair chart on ``named_data``.
        height: Height in CSS pixels, or ``rows.row_height`` for a height per row.
    """

    is_checked = True
    """Whether Altair checks the chart before it is drawn."""

    def __init__(self, chart: AltairChart, height: ChartHeight = DEFAULT_HEIGHT) -> None:
        self.chart, self.height = chart, height

    @cached_property
    def vega_lite_spec(self) -> dict[str, Any]:
        """The Vega-Lite specification, without title, description and named data."""
        spec: dict[str, Any] = self.chart.to_dict(validate=self.is_checked)
        height = self.height if isinstance(self.height, int) else {"step": self.height["step"]}
        return {
            **spec,
            "config": _theme_config(),
            "width": "container",
            "height": height,
            "usermeta": {"narrowStep": self.narrow_step},
        }

    @property
    def narrow_step(self) -> int:
        """Height of a row on a phone in CSS pixels; 0 if the height does not follow from rows."""
        if isinstance(self.height, int):
            return 0
        return self.height.get("narrow_step", self.height["step"])


@cache
def _theme_config() -> dict[str, Any]:
    """The theme as every specification has it. Altair checks it, which takes long."""
    config: dict[str, Any] = CHART_THEME.to_dict()
    return config


def build_once(
    build: Callable[_Arguments, ChartTemplate],
) -> Callable[_Arguments, ChartTemplate]:
    """Have a function build each template once, without Altair's checks of every part.

    The checks take most of the time of a first drawing. Tests check the charts of every topic.
    The specification is made at once, so that processes forked later have it too.

    Args:
        build: A function whose template depends on its arguments alone, which are hashable.

    Returns:
        The function, which returns the same template each time.
    """
    templates: dict[Hashable, ChartTemplate] = {}

    @wraps(build)
    def build_unchecked(*args: _Arguments.args, **options: _Arguments.kwargs) -> ChartTemplate:
        key = (args, *options.items())
        if key not in templates:
            with debug_mode(arg=False):
                template = build(*args, **options)
            template.is_checked = False
            _ = template.vega_lite_spec  # kept by the template
            templates[key] = template
        return templates[key]

    return build_unchecked


@dataclass(frozen=True)
class ClickTarget:
    """Effect of a click on a mark: ``parameter`` takes the row's value in ``column``.

    The chart's first dataset and the table below the chart both have this column, so that a row can
    be selected by keyboard too.
    """

    parameter: str
    column: str


@dataclass(frozen=True, eq=False)
class Figure:
    """A finished chart. Notebooks show it as an Altair chart.

    Attributes:
        template: The parts that are the same for every outcome.
        data: A frame, or rows, for each name that the template draws.
        title: What the chart shows: the finding, without a full stop.
        subtitle: What is measured, in which unit and period.
        description: Text description of the chart, for people who cannot see it.
        click_target: The parameter that a click sets, if any.
    """

    template: ChartTemplate
    data: Mapping[str, ChartData]
    title: str
    subtitle: str
    description: str
    click_target: ClickTarget | None = None

    def __repr__(self) -> str:
        rows = ", ".join(f"{name} ({len(data)} rows)" for name, data in self.data.items())
        return f"<Figure: {self.title}. Data: {rows}>"

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw: the first of its data has no rows."""
        return any(len(rows) == 0 for rows in list(self.data.values())[:1])

    @property
    def dataset_rows(self) -> dict[str, list[dict[str, Any]]]:
        """The data as rows of plain values."""
        return {name: _plain_rows(data) for name, data in self.data.items()}

    def to_dict(self) -> dict[str, Any]:
        """Build the whole Vega-Lite specification, as Altair's charts do."""
        spec = self.template.vega_lite_spec
        if self.is_empty:
            spec = _empty_spec(spec["config"], self.description)
        return {
            **spec,
            "title": {"text": self.title, "subtitle": self.subtitle},
            "description": self.description,
            "datasets": {**spec.get("datasets", {}), **self.dataset_rows},
        }

    def to_altair(self) -> AltairChart:
        """Convert the figure to an Altair chart that can be changed further."""
        spec = self.to_dict()
        chart_class = alt.LayerChart if "layer" in spec else alt.Chart
        chart: AltairChart = chart_class.from_dict(spec)
        return chart

    def _repr_mimebundle_(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401  IPython's
        return self.to_altair()._repr_mimebundle_(*args, **kwargs)


def _empty_spec(config: dict[str, Any], reason: str) -> dict[str, Any]:
    """A picture of the reason why there is nothing to draw."""
    lines = textwrap.wrap(reason, _REASON_LINE_LENGTH)
    return {
        "config": config,
        "data": {"values": [{}]},
        "mark": {"type": "text", "align": "left", "baseline": "top", "text": lines},
        "encoding": {"x": {"value": 0}, "y": {"value": 0}},
        "width": "container",
        "height": _REASON_LINE_HEIGHT * len(lines),
    }


def make_figure(  # noqa: PLR0913  a chart, its data, and each caption
    chart: ChartTemplate | AltairChart,
    data: Mapping[str, ChartData] | None = None,
    *,
    title: str,
    subtitle: str = "",
    description: str,
    click_target: ClickTarget | None = None,
) -> Figure:
    """Combine a chart with its data, captions and theme.

    A cached ChartTemplate on named data is fastest: a page then replaces only data and captions.
    An Altair chart that contains its data works too, but a page draws it again for each outcome.

    Args:
        chart: A ChartTemplate, or an Altair chart.
        data: A frame, or rows, for each name that the template draws.
        title: What the chart shows: the finding, without a full stop.
        subtitle: What is measured, in which unit and period.
        description: Text description of the chart, for people who cannot see it.
        click_target: The parameter that a click on a mark sets, if any.

    Returns:
        The figure, which a topic's chart function returns.

    Example:
        >>> import altair as alt
        >>> import pandas as pd
        >>> rows = pd.DataFrame({"year": [2014, 2015], "people": [3, 2]})
        >>> bars = alt.Chart(rows).mark_bar().encode(x="year:O", y="people:Q")
        >>> make_figure(bars, title="People fell by a third", description="From 3 to 2.").title
        'People fell by a third'
    """
    template = chart if isinstance(chart, ChartTemplate) else ChartTemplate(chart)
    return Figure(template, data or {}, title, subtitle, description, click_target)


def frame_records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Convert a frame to rows of plain values.

    Args:
        frame: Any frame.

    Returns:
        A dictionary for each row; None where a value is missing, and dates as ISO text.
    """
    columns = [[_to_json_value(value) for value in frame[name].tolist()] for name in frame]
    names = [str(name) for name in frame]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _plain_rows(data: ChartData) -> list[dict[str, Any]]:
    if isinstance(data, pd.DataFrame):
        return frame_records(data)
    return [{name: _to_json_value(value) for name, value in row.items()} for row in data]


def _to_json_value(value: Any) -> Any:  # noqa: ANN401  any value of a frame
    if pd.isna(value):
        return None
    return value.isoformat() if hasattr(value, "isoformat") else value
