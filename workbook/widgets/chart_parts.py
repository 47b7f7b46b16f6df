"""Parts of a chart that the page receives separately: spec, data, captions, click target."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from workbook.charts.figure import Figure
from workbook.result_table import Column, ResultTable
from workbook.topic import AnyChart

VegaLiteSpec = dict[str, Any]

_AXIS_HEIGHT, _LEGEND_HEIGHT = 24, 30
"""About the height of an axis and of a legend in CSS pixels."""

_SEPARATE_KEYS = ("title", "description", "datasets")
_HASHED_NAME_PREFIX = "data-"
"""Prefix of the names that Altair gives to the data of a chart."""


def split_datasets(specification: VegaLiteSpec) -> tuple[VegaLiteSpec, dict[str, Any]]:
    """Split a Vega-Lite specification into the part without data, and the data.

    Altair names data by their hash. Here they are numbered in the order in which they appear. The
    chart of another outcome then has the same specification, and only its data change.

    Args:
        specification: The specification of a chart, with its datasets.

    Returns:
        The specification without datasets and captions, and the rows of each dataset by name.
    """
    dataset_names: dict[str, str] = {}

    def rename_datasets(node: Any) -> Any:  # noqa: ANN401  any part of a specification
        if isinstance(node, list):
            return [rename_datasets(item) for item in node]
        if not isinstance(node, dict):
            return node
        renamed = {key: rename_datasets(value) for key, value in node.items() if key != "data"}
        if "data" in node:
            renamed["data"] = _rename_reference(node["data"], dataset_names)
        return renamed

    spec = rename_datasets(
        {key: value for key, value in specification.items() if key not in _SEPARATE_KEYS}
    )
    datasets = specification.get("datasets", {})
    return spec, {dataset_names.get(name, name): rows for name, rows in datasets.items()}


def _rename_reference(reference: Any, dataset_names: dict[str, str]) -> Any:  # noqa: ANN401
    """A reference to data, with a hashed name replaced by the next number."""
    if not isinstance(reference, dict):
        return reference
    name = str(reference.get("name", ""))
    if not name.startswith(_HASHED_NAME_PREFIX):
        return reference
    return {"name": dataset_names.setdefault(name, f"data{len(dataset_names)}")}


def click_target_fields(chart: AnyChart) -> dict[str, str]:
    """Column and parameter of the value that a click on a mark selects.

    Args:
        chart: The chart.

    Returns:
        The fields of the click target; empty if a click selects nothing.
    """
    target = chart.click_target if isinstance(chart, Figure) else None
    return {"parameter": target.parameter, "column": target.column} if target else {}


def first_dataset_table(name: str, title: str, datasets: Mapping[str, Any]) -> ResultTable:
    """The first of a chart's datasets as a table, its columns labelled by their names.

    Args:
        name: The table's name.
        title: The table's title.
        datasets: The chart's rows, by dataset.

    Returns:
        The table.
    """
    frame = pd.DataFrame(next(iter(datasets.values()), []))
    columns = {
        str(column): Column(str(column).replace("_", " ").capitalize()) for column in frame.columns
    }
    return ResultTable(name, title, frame, columns)


def reserved_heights(spec: VegaLiteSpec, datasets: Mapping[str, Any]) -> list[int]:
    """Height of a chart before it is drawn, so that the page does not move when it is.

    Args:
        spec: The specification without data.
        datasets: The chart's rows, by dataset.

    Returns:
        Height in CSS pixels on a wide screen and on a phone: exact for a chart with a fixed height,
        about right for one with a height per row, and 0 where it cannot be known.
    """
    height = spec.get("height", 0)
    if not isinstance(height, dict):
        return [int(height) if isinstance(height, int | float) else 0] * 2
    encodings = _layer_encodings(spec, {})
    count = _count_steps(encodings, datasets)
    steps = (height["step"], spec.get("usermeta", {}).get("narrowStep") or height["step"])
    return [int(count * step) + _guides_height(encodings) if count else 0 for step in steps]


def _layer_encodings(spec: VegaLiteSpec, inherited: dict[str, Any]) -> list[dict[str, Any]]:
    """The encoding of each layer, with what it inherits from the layers around it."""
    encoding = inherited | spec.get("encoding", {})
    if "layer" not in spec:
        return [encoding]
    return [part for layer in spec["layer"] for part in _layer_encodings(layer, encoding)]


def _count_steps(encodings: list[dict[str, Any]], datasets: Mapping[str, Any]) -> int:
    """Distinct values of the first field on the vertical axis, in the first data that have it."""
    fields = (encoding.get("y", {}).get("field") for encoding in encodings)
    field = next((field for field in fields if isinstance(field, str)), None)
    for rows in datasets.values():
        cells = [row[field] for row in rows if isinstance(row, dict) and field in row]
        if cells:
            return len(set(map(repr, cells)))  # a list in a cell has no hash, but its text has one
    return 0


def _guides_height(encodings: list[dict[str, Any]]) -> int:
    """About the height of a horizontal axis, and of a legend of one line."""
    has_axis = any(encoding.get("x", {}).get("axis") for encoding in encodings)
    colours = [
        encoding[channel]
        for encoding in encodings
        for channel in ("color", "fill")
        if "field" in encoding.get(channel, {})
    ]
    has_legend = any(colour.get("legend", True) is not None for colour in colours)
    return _AXIS_HEIGHT * has_axis + _LEGEND_HEIGHT * has_legend
