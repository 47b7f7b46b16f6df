"""Number of commitments by status, of progress measures and of events in each programme."""

import pandas as pd

from workbook.topics.delivery.commitments import STATUSES

_STATUS_COLUMNS = {status: status.replace(" ", "_") for status in STATUSES}
PROGRAMME_COLUMNS = ("programme", "commitments", *_STATUS_COLUMNS.values(), "measures", "events")


def programmes_table(
    commitments: pd.DataFrame, measures: pd.DataFrame, events: pd.DataFrame
) -> pd.DataFrame:
    """Count the rows of each programme.

    Args:
        commitments: Assessed commitments.
        measures: Progress measures.
        events: Events.

    Returns:
        A row for each programme, those with commitments first: the number of commitments, of those
        with each status, of measures and of events.
    """
    by_status = {
        column: commitments["status"] == status for status, column in _STATUS_COLUMNS.items()
    }
    rows = pd.concat(
        [
            commitments[["programme"]].assign(commitments=1, **by_status),
            measures[["programme"]].assign(measures=1),
            events[["programme"]].assign(events=1),
        ],
        ignore_index=True,
    ).reindex(columns=list(PROGRAMME_COLUMNS))
    counted = rows.fillna(dict.fromkeys(PROGRAMME_COLUMNS[1:], 0)).astype(
        dict.fromkeys(PROGRAMME_COLUMNS[1:], int)
    )
    return counted.groupby("programme", sort=False).sum().reset_index()
