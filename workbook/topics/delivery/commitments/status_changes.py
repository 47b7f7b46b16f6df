"""Commitments whose status has changed between two quarters, in words."""

from collections.abc import Iterator

import pandas as pd

from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_month
from workbook.topics.delivery.commitments.kinds import COMMITMENT
from workbook.topics.delivery.commitments.status_labels import label_status


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
    previous_labels = {
        row["id"]: label_status(row) for row in _commitment_rows(previous).to_dict("records")
    }
    for row in _commitment_rows(current).to_dict("records"):
        previous_label, label = previous_labels.get(row["id"]), label_status(row)
        if previous_label and previous_label != label:
            yield (
                f"{row['commitment']}: status was {previous_label} in"
                f" {format_month(last_day_of_quarter(compared_quarter))} and is now {label}."
            )


def list_counted_commitments(outcome: Outcome, indicator: str) -> frozenset[str]:
    """List the commitments that an indicator counts.

    Args:
        outcome: An outcome of the topic.
        indicator: Name of the indicator.

    Returns:
        The identifiers of the commitments; none for an indicator that does not count them.
    """
    is_count = indicator.startswith("commitments_")
    return frozenset(_commitment_rows(outcome)["id"]) if is_count else frozenset()


def _commitment_rows(outcome: Outcome) -> pd.DataFrame:
    """The rows that have a status: figures and events have none."""
    rows = outcome.frame("commitments")
    return rows[rows["kind"] == COMMITMENT]
