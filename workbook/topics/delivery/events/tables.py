"""Result table of events: each with its state and date."""

import numpy as np
import pandas as pd

from workbook.text.dates import format_month
from workbook.text.grammar import capitalise_first
from workbook.topics.delivery.display_names import name_all_of_government
from workbook.topics.delivery.events.data import DONE, STATES
from workbook.topics.delivery.table_rows import TableRow

_EVENT_COLUMNS = (
    "id",
    "programme",
    "department",
    "organisation",
    "event",
    "state",
    "stands",
    "date",
    "date_printed",
    "period",
    "reported",
    "source",
)


def events_table(events: pd.DataFrame) -> pd.DataFrame:
    """Every event with its state and date.

    Args:
        events: The latest state of each event.

    Returns:
        A row for each; blank texts are missing. What is planned comes first, then what is under
        way, then what is done.
    """
    positions = [_describe_position(row) for row in events.to_dict("records")]
    table = name_all_of_government(events).assign(stands=pd.Series(positions, dtype="str"))
    order = table["state"].map(STATES.index).astype(int)
    ordered = table.assign(order=order).sort_values("order", kind="stable")
    return ordered[list(_EVENT_COLUMNS)].reset_index(drop=True).replace("", np.nan)


def _describe_position(row: TableRow) -> str:
    """Describe state and date: ``Done in April 2014.``, ``Planned. No date is published.``."""
    state = capitalise_first(row["state"])
    if row["state"] == DONE:
        return f"{state}{_describe_completion(row)}. {row['reported']}".strip()
    due = "No date is published."
    if row["date_printed"]:
        due = f"Date as published: “{row['date_printed']}”."
    elif row["date"]:
        due = f"Due by {format_month(row['date'])}."
    return f"{state} in {format_month(row['period'])}. {due} {row['reported']}".strip()


def _describe_completion(row: TableRow) -> str:
    """When an event was done: in a month, in a period of the report, or by the month known."""
    if row["date_printed"]:
        return f", {row['date_printed']}"
    if row["date"]:
        return f" in {format_month(row['date'])}"
    return f" by {format_month(row['period'])}. No date is published"
