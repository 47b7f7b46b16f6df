"""Ghost of a pinned scenario: its marks in grey beside those of the present one, on one scale."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from workbook.charts.figure import ChartTemplate, Figure

_GREY: Final = "#6F777B"
"""Lighter than any colour of the palette, and dark enough on white."""

_SUFFIX: Final = "_pinned"
"""What follows the name of a chart's data in that of the pinned scenario's."""

_COLOUR_CHANNELS: Final = frozenset({"color", "fill", "stroke", "opacity", "strokeDash", "tooltip"})

_SERIES_CHANNELS: Final = ("color", "fill", "stroke", "strokeDash")

_GHOST_MARKS: Final[dict[str, dict[str, Any]]] = {
    "area": {"color": _GREY, "opacity": 0.1},
    "bar": {"fill": None, "stroke": _GREY, "strokeWidth": 1.5, "strokeDash": [3, 2]},
    "circle": {"color": _GREY, "opacity": 0.5},
    "line": {"color": _GREY, "strokeWidth": 1.5, "strokeDash": [3, 2], "opacity": 0.9},
    "point": {"color": _GREY, "opacity": 0.5},
    "rect": {"fill": None, "stroke": _GREY, "strokeWidth": 1.5, "strokeDash": [3, 2]},
    "rule": {"color": _GREY, "strokeDash": [3, 2], "opacity": 0.6},
    "tick": {"color": _GREY, "opacity": 0.6},
}
"""Marks that have a ghost, and how it is drawn. Texts have none: they would lie on each other."""

_KEPT_OPTIONS: Final = frozenset(
    {"type", "interpolate", "size", "height", "width", "shape", "clip"}
)
"""Options of a mark that its ghost has too."""

Spec = Mapping[str, Any]


def add_ghost(spec: Spec) -> dict[str, Any]:
    """Add a ghost of each mark to a chart, behind the marks themselves.

    Args:
        spec: A Vega-Lite specification on named data, with one mark or layers.

    Returns:
        The specification with a layer for each ghost, whose data are those of ``ghost_data``.
    """
    return _put_behind(spec, list(_ghost_layers(spec, _SUFFIX)))


def ghost_data(spec: Spec, data: Mapping[str, Any], suffix: str = _SUFFIX) -> dict[str, Any]:
    """Select the data of a pinned scenario that a chart's ghosts draw.

    Args:
        spec: The specification with ghosts.
        data: The rows of the pinned scenario's chart, by the name of the data.
        suffix: What follows the names of the data.

    Returns:
        The rows by the names of the ghosts' data. A view rejects data that it does not draw.
    """
    drawn = set(_data_names(spec))
    return {f"{name}{suffix}": rows for name, rows in data.items() if f"{name}{suffix}" in drawn}


def overlay_figures(figure: Figure, behind: Figure, others: Sequence[Figure] = ()) -> Figure:
    """Draw a figure with another one in grey behind it.

    Args:
        figure: The figure in front.
        behind: The figure behind it. Nothing is behind where it has another template.
        others: Figures that are not drawn. The scale has room for them, so that the overlays of
            several scenarios can be compared.

    Returns:
        The overlay, with the captions of the figure in front.
    """
    alike = [other for other in others if other.template is figure.template]
    if behind.template is not figure.template or figure.is_empty:
        return figure
    suffixes = [f"_other{place}" for place in range(len(alike))]
    template = _OverlayTemplate(figure.template, suffixes)
    spec = template.vega_lite_spec
    data = {**figure.data, **ghost_data(spec, behind.data)}
    for suffix, other in zip(suffixes, alike, strict=True):
        data |= ghost_data(spec, other.data, suffix)
    return replace(figure, template=template, data=data)


class _OverlayTemplate(ChartTemplate):
    """A template with ghosts: one in grey, and those of ``suffixes`` that only widen the scale."""

    def __init__(self, template: ChartTemplate, suffixes: Sequence[str]) -> None:
        super().__init__(template.chart, template.height)
        spec = template.vega_lite_spec
        hidden = [
            layer for suffix in suffixes for layer in _ghost_layers(spec, suffix, is_hidden=True)
        ]
        self.vega_lite_spec = _put_behind(spec, [*hidden, *_ghost_layers(spec, _SUFFIX)])


def _put_behind(spec: Spec, ghosts: Sequence[Spec]) -> dict[str, Any]:
    inner_keys = {"data", "mark", "encoding", "transform", "params", "layer"}
    outer = {name: value for name, value in spec.items() if name not in inner_keys}
    unit = {name: value for name, value in spec.items() if name in inner_keys}
    return {**outer, "layer": [*ghosts, unit]}


def _data_names(unit: Spec) -> Iterator[str]:
    if "name" in unit.get("data", {}):
        yield unit["data"]["name"]
    for layer in unit.get("layer", ()):
        yield from _data_names(layer)


def _ghost_layers(unit: Spec, suffix: str, *, is_hidden: bool = False) -> Iterator[dict[str, Any]]:
    """The ghost of a unit or layer, with what it gives to the layers inside it."""
    if "layer" in unit:
        layers = [
            ghost
            for layer in unit["layer"]
            for ghost in _ghost_layers(layer, suffix, is_hidden=is_hidden)
        ]
        if layers:
            yield {**_rename_data(unit, suffix), "layer": layers}
        return
    mark = unit.get("mark", {})
    options = mark if isinstance(mark, Mapping) else {"type": mark}
    if options.get("type") in _GHOST_MARKS:
        kept = {name: value for name, value in options.items() if name in _KEPT_OPTIONS}
        look = {"opacity": 0} if is_hidden else _GHOST_MARKS[options["type"]]
        yield {**_rename_data(unit, suffix), "mark": {**kept, **look}}


def _rename_data(unit: Spec, suffix: str) -> dict[str, Any]:
    """A unit without colours and selections, on the data of the pinned scenario."""
    ghost = {name: unit[name] for name in ("transform",) if name in unit}
    if "name" in unit.get("data", {}):
        ghost["data"] = {"name": unit["data"]["name"] + suffix}
    if "encoding" in unit:
        ghost["encoding"] = _without_colours(unit["encoding"])
    return ghost


def _without_colours(encoding: Mapping[str, Any]) -> dict[str, Any]:
    """An encoding without colours. What they tell apart, such as two lines, stays apart."""
    kept = {name: value for name, value in encoding.items() if name not in _COLOUR_CHANNELS}
    coloured = [encoding[name] for name in _SERIES_CHANNELS if "field" in encoding.get(name, {})]
    series = [{"field": definition["field"], "type": "nominal"} for definition in coloured]
    return kept | ({"detail": series} if series else {})
