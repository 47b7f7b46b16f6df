"""Result tables of commitments: all of them, progress against targets, and by programme."""

import numpy as np
import pandas as pd

from workbook.text.dates import format_month
from workbook.topics.delivery.commitments.amounts import format_amount
from workbook.topics.delivery.commitments.kinds import COMMITMENT, KINDS
from workbook.topics.delivery.commitments.status import (
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
    CommitmentRow,
)

_STATUS_BY_COLUMN = {"on_course": ON_TRACK, "off_course": OFF_TRACK, "not_known": STATUS_UNKNOWN}
_STATUS_ORDER = (OFF_TRACK, ON_TRACK, STATUS_UNKNOWN, "")
"""Statuses in the order of the table; figures and events have none."""

_PROGRAMME_COLUMNS = ("programme", "commitments", "with_target", *_STATUS_BY_COLUMN, "followed")
ALL_OF_GOVERNMENT = "All of government"
"""What stands in place of the department of what belongs to all of them."""

_COMMITMENT_COLUMNS = (
    "id",
    "kind",
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
    "date_printed",
    "counted_from",
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
    "date_printed",
    "counted_from",
    "of_target",
    "id",
)


def commitments_table(commitments: pd.DataFrame) -> pd.DataFrame:
    """Every commitment with its status, and every figure and event that is followed.

    Args:
        commitments: Assessed commitments.

    Returns:
        A row for each; blank texts are missing. Commitments with a target come first, those off
        track before the others, then commitments without a target, then figures and events.
    """
    positions = [_describe_position(row) for row in commitments.to_dict("records")]
    table = _name_all_of_government(commitments).assign(stands=pd.Series(positions, dtype="str"))
    order = pd.DataFrame(
        {
            "kind": table["kind"].map(KINDS.index),
            "without_target": table["target"].isna(),
            "status": table["on_course"].map(_STATUS_ORDER.index),
        }
    ).sort_values(["kind", "without_target", "status"], kind="stable")
    ordered = table.loc[order.index].reset_index(drop=True)
    return ordered[list(_COMMITMENT_COLUMNS)].replace("", np.nan)


def _describe_position(row: CommitmentRow) -> str:
    """Describe the current value, as in ``Services live: 3 in June 2014, rising.`` and so on."""
    position = "no figure published"
    if pd.notna(row["value"]):
        value = format_amount(row["value"], row["unit"])
        position = f"{value} in {format_month(row['period'])}"
    elif row["counted_from"] > row["period"]:
        position = f"not begun in {format_month(row['period'])}"
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
    table = _name_all_of_government(rows.assign(of_target=of_target))[list(_PROGRESS_COLUMNS)]
    dates = ["target_date", "date_printed", "counted_from"]
    return table.assign(**{name: table[name].mask(table[name] == "") for name in dates})


def _name_all_of_government(commitments: pd.DataFrame) -> pd.DataFrame:
    """Write the department of commitments that belong to all of government."""
    return commitments.assign(department=commitments["department"].replace("", ALL_OF_GOVERNMENT))


def programmes_table(commitments: pd.DataFrame) -> pd.DataFrame:
    """Number of commitments by programme.

    Args:
        commitments: Assessed commitments.

    Returns:
        A row for each programme: commitments, those with a target, those by status, and the number
        of figures and events that are followed.
    """
    status_flags = {
        name: commitments["on_course"] == status for name, status in _STATUS_BY_COLUMN.items()
    }
    has_target = commitments["target"].notna()
    is_commitment = commitments["kind"] == COMMITMENT
    rows = commitments[["programme"]].assign(
        commitments=is_commitment,
        with_target=has_target,
        followed=~is_commitment,
        **status_flags,
    )
    summed = rows.groupby("programme", sort=False).sum().astype(int)
    return summed.reset_index()[list(_PROGRAMME_COLUMNS)]
