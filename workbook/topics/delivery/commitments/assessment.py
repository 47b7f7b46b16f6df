"""Every commitment that the report follows: its value, target, date, trend, and its course."""

from collections.abc import Collection, Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd

from workbook.periods import period_end
from workbook.topics.delivery.commitments.derived_values import Derivation, DerivedValue
from workbook.topics.delivery.commitments.status import (
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
    CommitmentStatus,
)

Row = dict[Hashable, Any]
COMMITMENT_COLUMNS = (
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
_NUMERIC_COLUMNS = ("value", "target", "previous")
RISING, FALLING, STEADY = "rising", "falling", "steady"


def assess_commitments(
    commitments: pd.DataFrame, day: date, derivations: Mapping[str, Derivation]
) -> pd.DataFrame:
    """A row for each commitment as it stands on a day, in the order of the table.

    What a commitment ``rests_on`` by a name of the ``recounts`` is computed: as of the day, or of
    the target's date where that is earlier, so that a target that was missed stays missed. Numbers
    that are not known are NaN, texts are blank; ``on_course`` is yes, no or not known.
    """
    rows = [_assess_row(row, day, derivations) for row in _plain_rows(commitments)]
    return pd.DataFrame(rows, columns=list(COMMITMENT_COLUMNS)).astype(
        dict.fromkeys(_NUMERIC_COLUMNS, float)
    )


def count_statuses(assessed: pd.DataFrame) -> dict[str, int]:
    """How many are on course (yes), off course (no) and not known: together all of them."""
    return {
        status: int((assessed["on_course"] == status).sum())
        for status in (ON_TRACK, OFF_TRACK, STATUS_UNKNOWN)
    }


def count_without_target(assessed: pd.DataFrame) -> int:
    """How many of those that are not known have no published target to be judged by."""
    return int(assessed["target"].isna().sum())


def filter_commitments(
    commitments: pd.DataFrame,
    departments: Collection[str] = (),
    programmes: Collection[str] = (),
) -> pd.DataFrame:
    """The commitments of these departments and programmes; none named means all.

    Those of all of government belong to no department.
    """
    kept = pd.Series(data=True, index=commitments.index)
    for column, chosen in (("department", departments), ("programme", programmes)):
        if chosen:
            kept &= commitments[column].isin(chosen)
    return commitments[kept].reset_index(drop=True)


def indicator_total(assessed: pd.DataFrame, indicator: str, column: str = "value") -> float | None:
    """An indicator's value, or target: its commitments' added up, None where one is not known."""
    return sum_if_known(assessed.loc[assessed["indicator"] == indicator, column])


def sum_if_known(values: "pd.Series[float]") -> float | None:
    """These values added up, None where one is not known or there are none."""
    return None if values.empty or values.isna().any() else float(values.sum())


def _plain_rows(commitments: pd.DataFrame) -> list[Row]:
    """The rows with None for a number and nothing for a text that is blank."""
    numeric_columns = {*_NUMERIC_COLUMNS, "added"}
    return [
        {name: _plain_cell(cell, number=name in numeric_columns) for name, cell in row.items()}
        for row in commitments.to_dict("records")
    ]


def _plain_cell(cell: Any, *, number: bool) -> float | str | None:  # noqa: ANN401  any cell of a frame
    if pd.isna(cell):
        return None if number else ""
    return float(cell) if number else str(cell)


def _assess_row(row: Row, day: date, derivations: Mapping[str, Derivation]) -> Row:
    latest = _latest_value(row, day, derivations)
    value, added = (latest.value, latest.added) if latest else (None, row["added"])
    period = latest.period if latest else row["period"]
    status_inputs = CommitmentStatus(
        row["unit"], period, value, added, row["sense"], row["target"], row["target_date"]
    )
    previous = row["previous"]
    if previous is None and value is not None and added is not None and added <= value:
        previous = value - added  # of what is counted from after that quarter there is none
    status, explanation = status_inputs.assess(day)
    return row | {
        "value": value,
        "period": period,
        "previous": previous,
        "trend": _describe_trend(previous, value),
        "on_course": status,
        "why": explanation,
    }


def _latest_value(
    row: Row, day: date, derivations: Mapping[str, Derivation]
) -> DerivedValue | None:
    """A commitment's value: the printed one, or else the recount that it rests on."""
    if row["value"] is not None:
        return DerivedValue(row["value"], row["period"], row["added"])
    known_by = min(day, period_end(row["target_date"])) if row["target_date"] else day
    names = [name for name in row["rests_on"].split() if name in derivations]
    return derivations[names[0]](known_by) if names else None


def _describe_trend(previous: float | None, value: float | None) -> str:
    if previous is None or value is None:
        return ""
    if value == previous:
        return STEADY
    return RISING if value > previous else FALLING
