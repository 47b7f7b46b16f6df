"""Labels of the path's chart, each at a height where no other label is."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy.optimize import isotonic_regression

from workbook.charts.theme import BLUE, GREY, PLUM, TEXT_COLOUR
from workbook.text.numbers import MILLION, format_people
from workbook.topics.digital_inclusion.charts.observed_counts import Row

RIGHT_MARGIN = 92
"""Pixels right of the last year, for the labels of the ends of the lines."""

PATH_LABEL_STYLES: dict[str, dict[str, Any]] = {
    "right": {"align": "left", "dx": 6, "baseline": "middle"},
    "left": {"align": "right", "dx": 0, "baseline": "middle"},
}
"""Style of a label beside its point, by the column that contains it."""

_LINES = {
    "people_excluded": ("Scenario", BLUE),
    "target_people": ("Target", PLUM),
    "people_by_age": ("By age group", BLUE),
}
"""Name and colour of each line that has a label at its end."""

_LABEL_SHARE = 0.07
"""Height of a line of text as a share of the chart's height."""

_END_LABEL_LINES = 2.1
"""Height of a label of two lines with the space around it, in lines of text."""

_ABOVE = (0.7, -0.9, 1.8, -2.0, 2.9)
_INSIDE = (-1.4, -2.5, -3.6, 1.2, 2.3)
"""Heights at which a label may stand above its point, in lines of text, the best first. The floor
is the top of a shaded area, so its label of two lines may stand anywhere inside."""

_LEAST_HEIGHT = 0.5
"""Least height of a label above the axis, as a share of its own height."""

_MIDDLE = 0.5
"""Part of the years after which a label stands on the left of its point."""


def find_highest(lines: Sequence[Row], counts: Iterable[Row]) -> float:
    """Find what stands at the top of the chart.

    Args:
        lines: The lines in millions of people, a row for each year.
        counts: The survey estimates in millions.

    Returns:
        Millions of people, above zero.
    """
    people = [value for row in (*lines, *counts) for name, value in row.items() if name != "year"]
    return max(filter(pd.notna, people)) or 1.0


def build_end_labels(last: Row, highest: float) -> list[Row]:
    """Build the labels at the ends of the lines, in order of their heights and none on another.

    Args:
        last: The lines in millions of people, in the last year.
        highest: Millions at the top of the chart.

    Returns:
        For each label people (millions; the height of the label), colour and text.
    """
    ends = sorted(
        ((last[name], *line) for name, line in _LINES.items() if pd.notna(last[name])),
        key=lambda end: end[0],
    )
    heights = _spread_heights(np.array([people for people, *_ in ends]), highest)
    return [
        {"people": float(height), "colour": colour, "text": f"{name}\n{_format_millions(people)}"}
        for height, (people, name, colour) in zip(heights, ends, strict=True)
    ]


def build_label_rows(lines: Sequence[Row], counts: Iterable[Row], highest: float) -> list[Row]:
    """Build a row for each label inside the chart: the survey estimates and the floor.

    Args:
        lines: The lines in millions of people, a row for each year.
        counts: The survey estimates in millions.
        highest: Millions at the top of the chart.

    Returns:
        For each label year, people (millions; the height of the label), colour, and a text for
        each of ``PATH_LABEL_STYLES``, empty but for one.
    """
    text_height = _LABEL_SHARE * highest
    rows: list[Row] = []
    for label, offsets in [*_survey_labels(lines, counts), *_floor_labels(lines[0])]:
        heights = [label["people"] + offset * text_height for offset in offsets]
        line_count = 1 + sum(label.get(side, "").count("\n") for side in PATH_LABEL_STYLES)
        height = _find_free_height(heights, line_count, rows, text_height)
        rows.append(label | {"people": height, "line_count": line_count})
    columns = ("year", "people", "colour", *PATH_LABEL_STYLES)
    return [{name: row.get(name, "") for name in columns} for row in rows]


def _spread_heights(values: np.ndarray, highest: float) -> np.ndarray:
    """Move ascending heights as little as needed, so that no label is on another or cut off."""
    gap = _END_LABEL_LINES * _LABEL_SHARE * highest
    steps = gap * np.arange(len(values))
    low, high = gap / 2, highest - steps[-1]
    moved = isotonic_regression(values - steps).x
    spread: np.ndarray = np.clip(moved, low, max(low, high)) + steps
    return spread


def _find_free_height(
    heights: list[float], line_count: int, rows: list[Row], text_height: float
) -> float:
    """The first height that is above the axis and clear of the other labels, else the first."""
    for height in heights:
        is_clear = all(
            abs(height - row["people"]) >= text_height * (line_count + row["line_count"]) / 2
            for row in rows
        )
        if is_clear and height >= _LEAST_HEIGHT * line_count * text_height:
            return height
    return heights[0]


def _survey_labels(
    lines: Sequence[Row], counts: Iterable[Row]
) -> Iterator[tuple[Row, tuple[float, ...]]]:
    """Labels of the survey estimates, on the side that has room."""
    first_year, last_year = lines[0]["year"], lines[-1]["year"]
    for count in counts:
        year, people = count["year"], count["people"]
        side = "left" if year > first_year + _MIDDLE * (last_year - first_year) else "right"
        text = _format_millions(people)
        yield {"year": year, "people": people, "colour": TEXT_COLOUR, side: text}, _ABOVE


def _floor_labels(first: Row) -> Iterator[tuple[Row, tuple[float, ...]]]:
    """Label of the people who may never gain the skills; none if there are none."""
    if floor := first["floor_people"]:
        text = f"May never learn:\n{_format_millions(floor)}"
        yield {"year": first["year"], "people": floor, "colour": GREY, "right": text}, _INSIDE


def _format_millions(people: float) -> str:
    return format_people(people * MILLION)
