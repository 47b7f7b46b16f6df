"""Commitments whose status has changed between two quarters, in words."""

from collections.abc import Iterator

from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_month


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
    previous_statuses = previous.frame("commitments").set_index("id")["status"].to_dict()
    month = format_month(last_day_of_quarter(compared_quarter))
    for row in current.frame("commitments").to_dict("records"):
        before, status = previous_statuses.get(row["id"]), row["status"]
        if before and before != status:
            yield f"{row['commitment']}: status was {before} in {month} and is now {status}."
