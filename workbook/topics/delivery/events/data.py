"""The table of events: each is done, under way or planned."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pandera.pandas as pa

from workbook.sources import JULY_2014_REPORT_TITLE
from workbook.tables import OPEN_GOVERNMENT_LICENCE, TableSchema
from workbook.tables.columns import choice_column, month_column, text_column
from workbook.tables.findings import CellFinding
from workbook.tables.warnings import RowLabel
from workbook.topics.delivery.schema_columns import (
    closing_columns,
    optional_month_column,
    optional_text_column,
    subject_columns,
)

DONE, UNDER_WAY, PLANNED = "done", "under way", "planned"
STATES = (PLANNED, UNDER_WAY, DONE)
"""Every state of an event, in the order in which it passes through them."""


def check_done_events_have_happened(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Report an event that is done in a month before the one in which it happened."""
    if not {"state", "date", "period"} <= set(frame):
        return
    dates, periods = frame["date"].astype("str"), frame["period"].astype("str")
    is_early = frame["state"].eq(DONE) & frame["date"].notna() & (dates > periods)
    yield CellFinding(
        "date",
        np.flatnonzero(is_early),
        lambda position: (
            f"{dates[position]} is after the period, {periods[position]}: an event that is done"
            " has happened by then"
        ),
    )


events_schema = TableSchema(
    name="events",
    title="Events: what is done, under way or planned",
    period="period",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=(JULY_2014_REPORT_TITLE,),
    error_checks=(check_done_events_have_happened,),
    schema=pa.DataFrameSchema(
        {
            **subject_columns("event"),
            "event": text_column(
                "Event",
                "What is to be done, in plain words.",
                example="Launch a new tax credit renewals service",
            ),
            "state": choice_column("State", "Whether it is done at the end of the period.", STATES),
            "date": optional_month_column(
                "Date", "Month in which it was done or is due; blank if not published."
            ),
            "date_printed": optional_text_column(
                "Date as published", "The date in the report’s words, if it names no month."
            ),
            "period": month_column("Period", "Month at whose end the state holds."),
            **closing_columns(),
        },
        unique=["id", "period"],
    ),
)
