"""Assessment of commitments: value, trend and status of each one on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

from workbook.periods import period_end
from workbook.topics.delivery.commitments.derived_values import Derivation, DerivedValue
from workbook.topics.delivery.commitments.kinds import COMMITMENT
from workbook.topics.delivery.commitments.status import CommitmentRow, CommitmentStatus

COMMITMENT_COLUMNS = (
    "id",
    "kind",
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
    "date_printed",
    "counted_from",
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
    """Assess each commitment as it stood on a day.

    A value is derived where the commitment ``rests_on`` a derivation, and none is published or the
    published one is older. It is as known by the day, or by the target's date if that is earlier.
    So a missed target stays missed.

    Args:
        commitments: The table of commitments.
        day: The day of the assessment.
        derivations: Derivations by name.

    Returns:
        A row for each commitment in the order of the table. Unknown numbers are NaN and unknown
        texts blank. For a commitment ``on_course`` is yes, no or not known, and ``why`` the reason
        in a sentence. A figure or an event has no status.
    """
    rows = [_assess_row(row, day, derivations) for row in _plain_rows(commitments)]
    return pd.DataFrame(rows, columns=list(COMMITMENT_COLUMNS)).astype(
        dict.fromkeys(_NUMERIC_COLUMNS, float)
    )


def _plain_rows(commitments: pd.DataFrame) -> list[CommitmentRow]:
    """The rows as dictionaries: None for a missing number, an empty text for a missing text."""
    numeric_columns = {*_NUMERIC_COLUMNS, "added"}
    optional_columns = dict.fromkeys(("date_printed", "counted_from"), "")
    return [
        optional_columns
        | {name: _plain_cell(cell, number=name in numeric_columns) for name, cell in row.items()}
        for row in commitments.to_dict("records")
    ]


def _plain_cell(cell: Any, *, number: bool) -> float | str | None:  # noqa: ANN401  any cell of a frame
    if pd.isna(cell):
        return None if number else ""
    return float(cell) if number else str(cell)


def _assess_row(
    row: CommitmentRow, day: date, derivations: Mapping[str, Derivation]
) -> CommitmentRow:
    published_paces = () if row["added"] is None else (row["added"],)
    latest = _latest_value(row, day, derivations)
    value, period = (latest.value, latest.period) if latest else (None, row["period"])
    paces = (latest.paces if latest else ()) or published_paces
    previous = row["previous"]
    if row["value"] is None and latest and latest.paces:
        previous = latest.value - latest.paces[0]  # a derived count changes by what was added
    status, explanation = "", ""
    if row["kind"] == COMMITMENT:
        status, explanation = CommitmentStatus(
            unit=row["unit"],
            period=period,
            value=value,
            paces=paces,
            sense=row["sense"],
            target=row["target"],
            target_date=row["target_date"],
            date_printed=row["date_printed"],
            counted_from=row["counted_from"],
            reported=row["reported"],
        ).assess_on(day)
    return row | {
        "value": value,
        "period": period,
        "previous": previous,
        "trend": _describe_trend(previous, value),
        "on_course": status,
        "why": explanation,
    }


def _latest_value(
    row: CommitmentRow, day: date, derivations: Mapping[str, Derivation]
) -> DerivedValue | None:
    """A commitment's published value, or the derived value that it rests on if that is newer."""
    published = None if row["value"] is None else DerivedValue(row["value"], row["period"])
    known_by = min(day, period_end(row["target_date"])) if row["target_date"] else day
    names = [name for name in row["rests_on"].split() if name in derivations]
    derived = derivations[names[0]](known_by) if names else None
    if published and derived:
        return max(published, derived, key=lambda latest: period_end(latest.period))
    return published or derived


def _describe_trend(previous: float | None, value: float | None) -> str:
    if previous is None or value is None:
        return ""
    if value == previous:
        return STEADY
    return RISING if value > previous else FALLING
