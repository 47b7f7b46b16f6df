"""Every commitment that the report follows: its value, target, date, trend, and its course."""

from collections.abc import Collection, Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from workbook.quarters import period_end
from workbook.topics.delivery.course import NO, NOT_KNOWN, YES, Course
from workbook.topics.delivery.recounts import Known, Recount

Row = dict[Hashable, Any]
COLUMNS = (
    "id",
    "indicator",
    "programme",
    "department",
    "commitment",
    "measure",
    "unit",
    "value",
    "period",
    "sense",
    "target",
    "target_date",
    "previous",
    "trend",
    "on_course",
    "why",
    "reported",
    "rests_on",
    "source",
)
NUMBERS = ("value", "target", "previous")
RISING, FALLING, STEADY = "rising", "falling", "steady"


def judged(commitments: pd.DataFrame, day: date, recounts: Mapping[str, Recount]) -> pd.DataFrame:
    """A row for each commitment as it stands on a day, in the order of the table.

    What a commitment ``rests_on`` by a name of the ``recounts`` is computed: as of the day, or of
    the target's date where that is earlier, so that a target that was missed stays missed. Numbers
    that are not known are NaN, texts are blank; ``on_course`` is yes, no or not known.
    """
    rows = [_judged(row, day, recounts) for row in _plain(commitments)]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(dict.fromkeys(NUMBERS, float))


def counts(found: pd.DataFrame) -> dict[str, int]:
    """How many are on course (yes), off course (no) and not known: together all of them."""
    return {said: int((found["on_course"] == said).sum()) for said in (YES, NO, NOT_KNOWN)}


def without_target(found: pd.DataFrame) -> int:
    """How many of those that are not known have no published target to be judged by."""
    return int(found["target"].isna().sum())


def selected(
    commitments: pd.DataFrame,
    departments: Collection[str] = (),
    programmes: Collection[str] = (),
) -> pd.DataFrame:
    """The commitments of these departments and programmes; none named means all.

    Those of all of government belong to no department.
    """
    kept = pd.Series(data=True, index=commitments.index)
    for name, wanted in (("department", departments), ("programme", programmes)):
        if wanted:
            kept &= commitments[name].isin(wanted)
    return commitments[kept].reset_index(drop=True)


def figure(found: pd.DataFrame, indicator: str, column: str = "value") -> float | None:
    """An indicator's value, or target: its commitments' added up, None where one is not known."""
    return total(found.loc[found["indicator"] == indicator, column])


def total(values: "pd.Series[float]") -> float | None:
    """These values added up, None where one is not known or there are none."""
    return None if values.empty or values.isna().any() else float(values.sum())


def _plain(commitments: pd.DataFrame) -> list[Row]:
    """The rows with None for a number and nothing for a text that is blank."""
    numbers = {*NUMBERS, "added"}
    return [
        {name: _cell(cell, number=name in numbers) for name, cell in row.items()}
        for row in commitments.to_dict("records")
    ]


def _cell(cell: Any, *, number: bool) -> float | str | None:  # noqa: ANN401  any cell of a frame
    if pd.isna(cell):
        return None if number else ""
    return float(cell) if number else str(cell)


def _judged(row: Row, day: date, recounts: Mapping[str, Recount]) -> Row:
    known = _known(row, day, recounts)
    value, added = (known.value, known.added) if known else (None, row["added"])
    period = known.period if known else row["period"]
    course = Course(
        row["unit"], period, value, added, row["sense"], row["target"], row["target_date"]
    )
    previous = row["previous"]
    if previous is None and value is not None and added is not None and added <= value:
        previous = value - added  # of what is counted from after that quarter there is none
    on_course, why = course.judged(day)
    return row | {
        "value": value,
        "period": period,
        "previous": previous,
        "trend": _trend(previous, value),
        "on_course": on_course,
        "why": why,
    }


def _known(row: Row, day: date, recounts: Mapping[str, Recount]) -> Known | None:
    """A commitment's value: the printed one, or else the recount that it rests on."""
    if row["value"] is not None:
        return Known(row["value"], row["period"], row["added"])
    by = min(day, period_end(row["target_date"])) if row["target_date"] else day
    names = [name for name in row["rests_on"].split() if name in recounts]
    return recounts[names[0]](by) if names else None


def _trend(previous: float | None, value: float | None) -> str:
    if previous is None or value is None:
        return ""
    if value == previous:
        return STEADY
    return RISING if value > previous else FALLING
