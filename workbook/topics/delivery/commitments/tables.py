"""Result tables of commitments: all of them, progress against targets, and by programme."""

import numpy as np
import pandas as pd

from workbook.text.dates import format_month
from workbook.text.numbers import format_value
from workbook.topics.delivery.commitments.status import (
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
    CommitmentRow,
)

_STATUS_BY_COLUMN = {"on_course": ON_TRACK, "off_course": OFF_TRACK, "not_known": STATUS_UNKNOWN}
_PROGRAMME_COLUMNS = ("programme", "commitments", "with_target", *_STATUS_BY_COLUMN)
_ALL_OF_GOVERNMENT = "All of government"
_COMMITMENT_COLUMNS = (
    "id",
    "programme",
    "department",
    "commitment",
    "stands",
    "on_course",
    "why",
    "measure",
    "unit",
    "value",
    "period",
    "sense",
    "target",
    "target_date",
    "trend",
    "previous",
    "reported",
    "rests_on",
    "source",
)
_PROGRESS_COLUMNS = (
    "commitment",
    "on_course",
    "why",
    "unit",
    "value",
    "period",
    "sense",
    "target",
    "target_date",
    "of_target",
    "id",
)


def commitments_table(commitments: pd.DataFrame) -> pd.DataFrame:
    """Every commitment with its status and its figures.

    Args:
        commitments: Assessed commitments.

    Returns:
        A row for each commitment; blank texts are missing.
    """
    positions = [_describe_position(row) for row in commitments.to_dict("records")]
    table = _name_all_of_government(commitments).assign(stands=pd.Series(positions, dtype="str"))
    return table[list(_COMMITMENT_COLUMNS)].replace("", np.nan)


def _describe_position(row: CommitmentRow) -> str:
    """Describe the current value, as in ``Services live: 3 in June 2014, rising.`` and so on."""
    position = "no figure published"
    if pd.notna(row["value"]):
        value = format_value(float(row["value"]), row["unit"])
        position = f"{value} in {format_month(row['period'])}"
    trend = f", {row['trend']}" if row["trend"] else ""
    return f"{row['measure']}: {position}{trend}. {row['reported']}".strip()


def progress_table(commitments: pd.DataFrame) -> pd.DataFrame:
    """Progress of the commitments that have a target.

    Args:
        commitments: Assessed commitments.

    Returns:
        A row for each; ``of_target`` is the value as a fraction of the target, NaN if not known.
    """
    rows = commitments[commitments["target"].notna()].reset_index(drop=True)
    of_target = rows["value"] / rows["target"].where(rows["target"] > 0, np.nan)
    target_dates = rows["target_date"].mask(rows["target_date"] == "")
    return _name_all_of_government(rows.assign(of_target=of_target, target_date=target_dates))[
        list(_PROGRESS_COLUMNS)
    ]


def _name_all_of_government(commitments: pd.DataFrame) -> pd.DataFrame:
    """Write the department of commitments that belong to all of government."""
    return commitments.assign(department=commitments["department"].replace("", _ALL_OF_GOVERNMENT))


def programmes_table(commitments: pd.DataFrame) -> pd.DataFrame:
    """Number of commitments by programme.

    Args:
        commitments: Assessed commitments.

    Returns:
        A row for each programme: all commitments, those with a target, and those by status.
    """
    status_flags = {
        name: commitments["on_course"] == status for name, status in _STATUS_BY_COLUMN.items()
    }
    has_target = commitments["target"].notna()
    rows = commitments[["programme"]].assign(commitments=1, with_target=has_target, **status_flags)
    summed = rows.groupby("programme", sort=False).sum().astype(int)
    return summed.reset_index()[list(_PROGRAMME_COLUMNS)]
