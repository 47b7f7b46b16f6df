"""Words for the status of a commitment, in which a missed target has its own."""

from typing import Final

import pandas as pd

from workbook.topics.delivery.commitments.status import (
    MISSED_PREFIX,
    OFF_TRACK,
    ON_TRACK,
    STATUS_UNKNOWN,
    CommitmentRow,
)

MISSED_LABEL: Final = "missed"
STATUS_LABELS: Final = {
    ON_TRACK: "on track",
    OFF_TRACK: "off track",
    STATUS_UNKNOWN: "unknown",
}


def label_status(row: CommitmentRow) -> str:
    """The status of a commitment in words.

    Args:
        row: A row with its status ``on_course`` and the reason ``why``.

    Returns:
        ``on track``, ``off track``, ``missed`` or ``unknown``.
    """
    is_missed = row["on_course"] == OFF_TRACK and str(row["why"]).startswith(MISSED_PREFIX)
    return MISSED_LABEL if is_missed else STATUS_LABELS[row["on_course"]]


def select_missed(commitments: pd.DataFrame) -> pd.DataFrame:
    """Select the commitments whose target was missed at its date.

    Args:
        commitments: Rows with their status ``on_course`` and the reason ``why``.

    Returns:
        The rows. Those that would miss a target ahead are not among them.
    """
    gives_miss = commitments["why"].astype("str").str.startswith(MISSED_PREFIX)
    return commitments[commitments["on_course"].eq(OFF_TRACK) & gives_miss]


def count_statuses(assessed: pd.DataFrame) -> dict[str, int]:
    """Count commitments by status.

    Args:
        assessed: Assessed commitments.

    Returns:
        The number for each of ON_TRACK, OFF_TRACK and STATUS_UNKNOWN.
    """
    return {
        status: int((assessed["on_course"] == status).sum())
        for status in (ON_TRACK, OFF_TRACK, STATUS_UNKNOWN)
    }
