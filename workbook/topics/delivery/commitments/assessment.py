"""Assessment of commitments: value, trend and status of each one on a day."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from workbook.periods import MONTHS_PER_QUARTER, months_between, period_end
from workbook.topics.delivery.commitments.status import CommitmentStatus
from workbook.topics.delivery.derived_values import Derivation, latest_value
from workbook.topics.delivery.table_rows import TableRow, group_by_identifier, plain_rows

COMMITMENT_COLUMNS = (
    "id",
    "indicator",
    "programme",
    "department",
    "organisation",
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
    "status",
    "why",
    "reported",
    "rests_on",
    "source",
)
_NUMERIC_COLUMNS = ("value", "target")


def assess_commitments(
    commitments: pd.DataFrame, day: date, derivations: Mapping[str, Derivation]
) -> pd.DataFrame:
    """Assess each commitment as it stood on a day.

    A value is derived where the commitment ``rests_on`` a derivation, and none is published or the
    published one is older. It is as known by the day, or by the target's date if that is earlier.
    So a missed target stays missed.

    Args:
        commitments: The table of commitments, with all of its columns.
        day: The day of the assessment.
        derivations: Derivations by name.

    Returns:
        A row for each commitment in the order of the table. Unknown numbers are NaN and unknown
        texts blank. ``status`` is one of STATUSES, and ``why`` the reason in a sentence.
    """
    rows = plain_rows(commitments, (*_NUMERIC_COLUMNS, "added"))
    assessed = [
        _assess_commitment(group, day, derivations) for group in group_by_identifier(rows).values()
    ]
    return pd.DataFrame(assessed, columns=list(COMMITMENT_COLUMNS)).astype(
        dict.fromkeys(_NUMERIC_COLUMNS, float)
    )


def _assess_commitment(
    history: Sequence[TableRow], day: date, derivations: Mapping[str, Derivation]
) -> TableRow:
    """Assess a commitment by its rows, the oldest first."""
    position = _position_of_current(history)
    row = history[position]
    known_by = min(day, period_end(row["target_date"]))
    latest = latest_value(row["value"], row["period"], row["rests_on"], known_by, derivations)
    value, period = (latest.value, latest.period) if latest else (None, row["period"])
    status, explanation = CommitmentStatus(
        unit=row["unit"],
        period=period,
        value=value,
        paces=(latest.paces if latest else ()) or _published_paces(history[: position + 1]),
        sense=row["sense"],
        target=row["target"],
        target_date=row["target_date"],
        date_printed=row["date_printed"],
        counted_from=row["counted_from"],
        reported=row["reported"],
    ).assess_on(day)
    return row | {"value": value, "period": period, "status": status, "why": explanation}


def _position_of_current(history: Sequence[TableRow]) -> int:
    """Position of the newest row, or of the first at the target's date or later if there is one."""
    last = len(history) - 1
    due = period_end(history[last]["target_date"])
    at_due_date = (
        position for position, row in enumerate(history) if period_end(row["period"]) >= due
    )
    return next(at_due_date, last)


def _published_paces(history: Sequence[TableRow]) -> tuple[float, ...]:
    """How much each quarter added, the newest first: as published, or by the values before it."""
    paces: list[float] = []
    for position in range(len(history) - 1, -1, -1):
        row, earlier = history[position], history[position - 1] if position else None
        pace = row["added"]
        if pace is None and earlier and _follows_in_a_quarter(earlier, row):
            pace = row["value"] - earlier["value"]
        if pace is None:
            break
        paces.append(pace)
    return tuple(paces)


def _follows_in_a_quarter(earlier: TableRow, later: TableRow) -> bool:
    """Whether two known values are a quarter apart."""
    if earlier["value"] is None or later["value"] is None:
        return False
    return months_between(str(earlier["period"]), str(later["period"])) == MONTHS_PER_QUARTER
