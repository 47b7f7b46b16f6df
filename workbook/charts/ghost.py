"""Ghost of a pinned scenario: its marks in grey beside those of the present one, on one scale."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

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
    inner_keys = {"data", "mark", "encoding", "transform", "params", "layer"}
    outer = {name: value for name, value in spec.items() if name not in inner_keys}
    unit = {name: value for name, value in spec.items() if name in inner_keys}
    return {**outer, "layer": [*_ghost_layers(unit), unit]}


def ghost_data(spec: Spec, data: Mapping[str, Any]) -> dict[str, Any]:
    """Select the data of a pinned scenario that a chart's ghosts draw.

    Args:
        spec: The specification with ghosts.
        data: The rows of the pinned scenario's chart, by the name of the data.

    Returns:
        The rows by the names of the ghosts' data. A view rejects data that it does not draw.
    """
    drawn = set(_data_names(spec))
    return {f"{name}{_SUFFIX}": rows for name, rows in data.items() if f"{name}{_SUFFIX}" in drawn}


def _data_names(unit: Spec) -> Iterator[str]:
    if "name" in unit.get("data", {}):
        yield unit["data"]["name"]
    for layer in unit.get("layer", ()):
        yield from _data_names(layer)


def _ghost_layers(unit: Spec) -> Iterator[dict[str, Any]]:
    """The ghost of a unit or layer, with what it gives to the layers inside it."""
    if "layer" in unit:
        layers = [ghost for layer in unit["layer"] for ghost in _ghost_layers(layer)]
        if layers:
            yield {**_rename_data(unit), "layer": layers}
        return
    mark = unit.get("mark", {})
    options = mark if isinstance(mark, Mapping) else {"type": mark}
    if options.get("type") in _GHOST_MARKS:
        kept = {name: value for name, value in options.items() if name in _KEPT_OPTIONS}
        yield {**_rename_data(unit), "mark": {**kept, **_GHOST_MARKS[options["type"]]}}


def _rename_data(unit: Spec) -> dict[str, Any]:
    """A unit without colours and selections, on the data of the pinned scenario."""
    ghost = {name: unit[name] for name in ("transform",) if name in unit}
    if "name" in unit.get("data", {}):
        ghost["data"] = {"name": unit["data"]["name"] + _SUFFIX}
    if "encoding" in unit:
        ghost["encoding"] = _without_colours(unit["encoding"])
    return ghost


def _without_colours(encoding: Mapping[str, Any]) -> dict[str, Any]:
    """An encoding without colours. What they tell apart, such as two lines, stays apart."""
    kept = {name: value for name, value in encoding.items() if name not in _COLOUR_CHANNELS}
    coloured = [encoding[name] for name in _SERIES_CHANNELS if "field" in encoding.get(name, {})]
    series = [{"field": definition["field"], "type": "nominal"} for definition in coloured]
    return kept | ({"detail": series} if series else {})
