"""Labels of the path's chart, each at a height where no other label is."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from workbook.charts.theme import BLUE, GREY, PLUM, TEXT_COLOUR
from workbook.text.numbers import MILLION, format_people

PATH_LABEL_STYLES: dict[str, dict[str, Any]] = {
    "right": {"align": "left", "dx": 6, "baseline": "middle"},
    "left": {"align": "right", "dx": 0, "baseline": "middle"},
    "two_lines": {"align": "left", "dx": 6, "baseline": "line-bottom", "lineBreak": "\n"},
}
"""Style of a label beside its point, by the column that contains it."""

_LABEL_SHARE = 0.07
"""Height of a label as a share of the chart's height."""

_ABOVE, _BELOW = (0.7, -0.9, 1.8, -2.0, 2.9), (-0.9, 0.7, -2.0, 1.8, 2.9)
_INSIDE = (-0.9, -2.0, -3.1, -4.2, 0.7, 1.8)
"""Heights above a point at which its label may stand, in heights of a label, the best first. The
floor is the top of a shaded area, so its label may stand anywhere inside."""

_LEAST_HEIGHT = 0.5
"""Least height of a label above the axis, in heights of a label."""

_TWO_LINES = 1.7
"""Least distance of a label of two lines from another, in heights of a label."""

_MIDDLE = 0.5
"""Part of the years after which a label stands on the left of its point."""


def build_label_rows(lines: pd.DataFrame, observed: pd.DataFrame) -> pd.DataFrame:
    """Build a row for each label of a line or a survey estimate.

    Args:
        lines: The lines in millions of people, a row for each year.
        observed: The survey estimates in millions.

    Returns:
        The columns year, people (millions; the height of the label), colour, and one for each of
        ``PATH_LABEL_STYLES`` with the text under one of them.
    """
    highest = max([float(lines.drop(columns="year").max().max()), *observed["people"]])
    label_height = _LABEL_SHARE * highest or _LABEL_SHARE
    rows: list[dict[str, Any]] = []
    for label, offsets in [
        *_end_labels(lines),
        *_survey_labels(lines, observed),
        *_floor_labels(lines),
    ]:
        heights = [label["people"] + offset * label_height for offset in offsets]
        rows.append(label | {"people": _find_free_height(heights, rows, label_height)})
    rows.extend(_age_labels(lines, rows, label_height))
    return pd.DataFrame([dict.fromkeys(PATH_LABEL_STYLES, "") | row for row in rows])


def _find_free_height(
    heights: list[float], rows: list[dict[str, Any]], label_height: float
) -> float:
    """The first height that is above the axis and clear of the other labels, else the first."""
    for height in heights:
        is_clear = all(abs(height - row["people"]) >= label_height for row in rows)
        if is_clear and height >= _LEAST_HEIGHT * label_height:
            return height
    return heights[0]


def _end_labels(lines: pd.DataFrame) -> Iterator[tuple[dict[str, Any], tuple[float, ...]]]:
    """Labels of the path and the target at the target year, the upper one first."""
    last = lines.iloc[-1]
    labels = [
        ("Scenario", last["people_excluded"], BLUE),
        ("Target", last["target_people"], PLUM),
    ]
    labels.sort(key=lambda label: -label[1])
    for (name, people, colour), offsets in zip(labels, (_ABOVE, _BELOW), strict=True):
        text = f"{name}: {_format_millions(people)}"
        yield {"year": last["year"], "people": people, "colour": colour, "left": text}, offsets


def _survey_labels(
    lines: pd.DataFrame, observed: pd.DataFrame
) -> Iterator[tuple[dict[str, Any], tuple[float, ...]]]:
    """Labels of the survey estimates, on the side that has room."""
    first_year, last_year = lines["year"].iloc[0], lines["year"].iloc[-1]
    for year, people in observed[["year", "people"]].itertuples(index=False):
        side = "left" if year > first_year + _MIDDLE * (last_year - first_year) else "right"
        text = f"Survey: {_format_millions(people)}"
        yield {"year": year, "people": people, "colour": TEXT_COLOUR, side: text}, _ABOVE


def _floor_labels(lines: pd.DataFrame) -> Iterator[tuple[dict[str, Any], tuple[float, ...]]]:
    """Label of the people who may never gain the skills; none if there are none."""
    first = lines.iloc[0]
    if floor := first["floor_people"]:
        text = f"May never learn: {_format_millions(floor)}"
        yield {"year": first["year"], "people": floor, "colour": GREY, "right": text}, _INSIDE


def _age_labels(
    lines: pd.DataFrame, rows: list[dict[str, Any]], label_height: float
) -> Iterator[dict[str, Any]]:
    """Label of the comparison by age group, above the middle of its line if that is the higher.

    There is none where it would meet another label: the subtitle names the line too.
    """
    middle, last = lines.iloc[len(lines) // 2], lines.iloc[-1]
    height = float(middle["people_by_age"]) + label_height / 3
    is_clear = all(abs(height - row["people"]) >= _TWO_LINES * label_height for row in rows)
    if middle["people_by_age"] > middle["people_excluded"] and is_clear:
        yield {
            "year": middle["year"],
            "people": height,
            "colour": BLUE,
            "two_lines": f"By age group:\n{_format_millions(last['people_by_age'])}",
        }


def _format_millions(people: float) -> str:
    return format_people(people * MILLION)
