"""Commitments whose status has changed between two quarters, in words."""

from collections.abc import Iterator

import pandas as pd

from workbook.outcome import Outcome
from workbook.topics.delivery.commitments.kinds import COMMITMENT
from workbook.topics.delivery.commitments.status import STATUS_LABELS


def describe_status_changes(
    previous: Outcome, current: Outcome, compared_quarter: str
) -> Iterator[str]:
    """Describe each commitment whose status has changed.

    Args:
        previous: The outcome of the quarter compared with.
        current: The outcome of the quarter reported on.
        compared_quarter: The quarter compared with.

    Yields:
        A sentence for each such commitment.
    """
    previous_statuses = _commitment_rows(previous).set_index("id")["on_course"].to_dict()
    for row in _commitment_rows(current).to_dict("records"):
        previous_status, status = previous_statuses.get(row["id"]), row["on_course"]
        if previous_status and previous_status != status:
            yield (
                f"{row['commitment']}: status was {STATUS_LABELS[previous_status]} in"
                f" {compared_quarter} and is now {STATUS_LABELS[status]}."
            )


def _commitment_rows(outcome: Outcome) -> pd.DataFrame:
    """The rows that have a status: figures and events have none."""
    rows = outcome.frame("commitments")
    return rows[rows["kind"] == COMMITMENT]
