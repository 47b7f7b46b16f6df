"""The latest state of each event."""

import pandas as pd

from workbook.topics.delivery.table_rows import group_by_identifier, plain_rows

EVENT_COLUMNS = (
    "id",
    "programme",
    "department",
    "organisation",
    "event",
    "state",
    "date",
    "date_printed",
    "period",
    "reported",
    "source",
)


def latest_events(events: pd.DataFrame) -> pd.DataFrame:
    """Give the latest known state of each event.

    Args:
        events: The table of events, with all of its columns.

    Returns:
        A row for each event in the order of the table; blank texts where nothing is known.
    """
    groups = group_by_identifier(plain_rows(events, ()))
    rows = [history[-1] for history in groups.values()]
    return pd.DataFrame(rows, columns=list(EVENT_COLUMNS))
