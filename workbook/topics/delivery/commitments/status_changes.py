"""Commitments whose status has changed between two quarters, in words."""

from collections.abc import Iterator

from workbook.outcome import Outcome

_STATUS_LABELS = {"yes": "on course", "no": "off course", "not known": "not known to be on course"}


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
    previous_statuses = previous.frame("commitments").set_index("id")["on_course"].to_dict()
    for row in current.frame("commitments").to_dict("records"):
        previous_status, status = previous_statuses.get(row["id"]), row["on_course"]
        if previous_status and previous_status != status:
            yield (
                f"{row['commitment']}: {_STATUS_LABELS[previous_status]} in {compared_quarter},"
                f" {_STATUS_LABELS[status]} now."
            )
