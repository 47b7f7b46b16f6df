"""The table of commitments: each has a target and a date by which it is due."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd
import pandera.pandas as pa

from workbook.sources import JULY_2014_REPORT_TITLE
from workbook.tables import OPEN_GOVERNMENT_LICENCE, PublishedFileReader, TableSchema
from workbook.tables.column_rules import NOT_NEGATIVE_RULE
from workbook.tables.columns import choice_column, month_column, number_column, text_column
from workbook.tables.findings import CellFinding
from workbook.tables.issues import TableIssue
from workbook.tables.mapped_table import MappedTable, map_columns
from workbook.tables.raw_table import RawTable
from workbook.tables.warnings import RowLabel
from workbook.topics.delivery.commitments.status import AT_LEAST, FEWER_THAN, MORE_THAN
from workbook.topics.delivery.row_checks import check_one_row_for_each_indicator
from workbook.topics.delivery.schema_columns import (
    MEASURE_UNITS,
    amount_column,
    closing_columns,
    optional_month_column,
    optional_text_column,
    reference_columns,
    subject_columns,
)

_NO_TARGET = (
    "a commitment has a target and a date. Move a figure without a target to progress_measures, and"
    " something that is done or not to events"
)
_EARLIER_LAYOUT = (
    "this is the earlier layout, in which one table had every kind of row. There are now three"
    " tables. Keep commitments that have a target and a date here, move figures to"
    " progress_measures and events to events, and leave this column out"
)
_KIND = "kind"
"""Column of the earlier layout that said what a row was."""


def _recognises_earlier_layout(header: tuple[str, ...]) -> bool:
    return {_KIND, "commitment"} <= set(header)


def _reject_earlier_layout(raw_table: RawTable) -> MappedTable:
    mapped_table = map_columns(raw_table, commitments_schema.schema.columns)
    issue = TableIssue(raw_table.header_row, _KIND, _KIND, _EARLIER_LAYOUT)
    return replace(mapped_table, errors=(issue, *mapped_table.errors))


def check_text_begins_with_a_verb(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Warn of a commitment that begins with the target instead of what is to be done."""
    if "commitment" not in frame:
        return
    first_characters = frame["commitment"].astype("str").str[:1]
    yield CellFinding(
        "commitment",
        np.flatnonzero(first_characters.str.isdigit() | first_characters.str.islower()),
        lambda position: (
            f"begins with “{frame['commitment'][position].split()[0]}”: begin with what is to be"
            " done, such as Move 300 websites to GOV.UK by December 2014"
        ),
    )


commitments_schema = TableSchema(
    name="commitments",
    title="Commitments: targets with a date",
    period="period",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=(JULY_2014_REPORT_TITLE,),
    readers=(PublishedFileReader(_recognises_earlier_layout, _reject_earlier_layout),),
    error_checks=(check_one_row_for_each_indicator,),
    warning_checks=(check_text_begins_with_a_verb,),
    schema=pa.DataFrameSchema(
        {
            **subject_columns("commitment"),
            "commitment": text_column(
                "Commitment",
                "What is to be done and by when, in plain words.",
                example="Move 300 agency websites to GOV.UK by December 2014",
            ),
            "measure": text_column("Measure", "What the value and the target count."),
            "unit": choice_column("Unit", "Unit of value and target.", (*MEASURE_UNITS, "level")),
            "sense": choice_column(
                "Sense",
                "Whether the target is a minimum or a maximum.",
                (AT_LEAST, MORE_THAN, FEWER_THAN),
            ),
            "target": number_column(
                "Target", "The target in its unit.", NOT_NEGATIVE_RULE, blank_reason=_NO_TARGET
            ),
            "target_date": month_column(
                "Target date",
                "Month by the end of which the target is due. A season is due by its last month:"
                " autumn by November.",
                blank_reason=_NO_TARGET,
                example="2014-12",
            ),
            "date_printed": optional_text_column(
                "Date as published", "The date in the report’s words, if it names no month."
            ),
            "counted_from": optional_month_column(
                "Counted from",
                "Month in which counting begins; blank if everything to date counts.",
            ),
            "value": amount_column("Value", "As published; blank if not published or if derived."),
            "period": month_column("Period", "Month for which the value holds."),
            "added": amount_column(
                "Added", "How much the quarter up to that month added.", required=False
            ),
            **reference_columns(),
            **closing_columns(),
        },
        unique=["id", "period"],
    ),
)
