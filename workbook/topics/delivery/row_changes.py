"""What changed between two quarters: statuses, values and states, and what a count covers."""

from collections.abc import Iterator

from workbook.outcome import Outcome
from workbook.topics.delivery.commitments import STATUSES_BY_INDICATOR, describe_status_changes
from workbook.topics.delivery.events import describe_state_changes
from workbook.topics.delivery.measures import describe_value_changes

_TABLE_BY_INDICATOR = {
    **dict.fromkeys(STATUSES_BY_INDICATOR, "commitments"),
    "commitments_total": "commitments",
    "measures_total": "progress_measures",
    "events_total": "events",
}


def describe_row_changes(
    previous: Outcome, current: Outcome, compared_quarter: str
) -> Iterator[str]:
    """Describe the commitments, progress measures and events that have changed.

    Args:
        previous: The outcome of the quarter compared with.
        current: The outcome of the quarter reported on.
        compared_quarter: The quarter compared with.

    Yields:
        A sentence for each change: commitments first, then measures, then events.
    """
    yield from describe_status_changes(previous, current, compared_quarter)
    yield from describe_value_changes(previous, current)
    yield from describe_state_changes(previous, current)


def list_counted_rows(outcome: Outcome, indicator: str) -> frozenset[str]:
    """List the rows that an indicator counts.

    Args:
        outcome: An outcome of the topic.
        indicator: Name of the indicator.

    Returns:
        The identifiers of the rows; none for an indicator that does not count rows.
    """
    table = _TABLE_BY_INDICATOR.get(indicator)
    return frozenset(outcome.frame(table)["id"]) if table else frozenset()
