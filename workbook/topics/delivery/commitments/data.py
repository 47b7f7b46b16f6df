"""The table of commitments that the report follows: value, target and date of each one."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pandera.pandas as pa

from workbook.tables import TableSchema
from workbook.tables.column_rules import NOT_NEGATIVE_RULE
from workbook.tables.columns import (
    choice_column,
    month_column,
    number_column,
    source_column,
    text_column,
)
from workbook.tables.findings import CellFinding
from workbook.tables.warnings import RowLabel
from workbook.topics.delivery.commitments.status import AT_LEAST, FEWER_THAN, MORE_THAN


def check_target_is_complete(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Report a target without a sense, and a sense without a target."""
    if not {"sense", "target"} <= set(frame):
        return
    sense, target = frame["sense"], frame["target"]
    yield CellFinding(
        "sense",
        np.flatnonzero(sense.isna() & target.notna()),
        lambda position: (
            f"is blank: the target {target[position]:g} needs a sense, such as at least"
        ),
    )
    yield CellFinding(
        "sense",
        np.flatnonzero(sense.notna() & target.isna()),
        lambda position: f"{sense[position]} has no target: give the target, or leave this blank",
    )


def _amount_column(title: str, description: str) -> pa.Column:
    """A number in the row's unit, or blank."""
    return number_column(title, description, NOT_NEGATIVE_RULE, nullable=True)


commitments_schema = TableSchema(
    name="commitments",
    title="Commitments that the quarterly report follows, with value, target and date",
    period="period",
    sources=("Government Digital Strategy quarterly progress report, July 2014",),
    error_checks=(check_target_is_complete,),
    schema=pa.DataFrameSchema(
        {
            "id": text_column("Identifier", "The letter D and a number."),
            "indicator": text_column(
                "Indicator", "Indicator that the row contributes to, if any.", nullable=True
            ),
            "programme": text_column("Programme", "Programme of the commitment."),
            "department": text_column(
                "Department", "Department responsible; blank for all of government.", nullable=True
            ),
            "commitment": text_column("Commitment", "What was committed to, in our words."),
            "measure": text_column("Measure", "What the value measures."),
            "unit": choice_column(
                "Unit",
                "Unit of value and target.",
                ("count", "people", "share", "GBP", "months", "level"),
            ),
            "sense": choice_column(
                "Sense",
                "Whether the target is a minimum or a maximum; blank if there is none.",
                (AT_LEAST, MORE_THAN, FEWER_THAN),
                nullable=True,
            ),
            "target": _amount_column("Target", "Published target; blank if none."),
            "target_date": month_column(
                "Target date",
                "Month by the end of which the target is due; blank if not published.",
                nullable=True,
            ),
            "value": _amount_column("Value", "As published; blank if not published or if derived."),
            "period": month_column("Period", "Month in which the period described ended."),
            "previous": _amount_column("Previous value", "Value before, if published."),
            "added": _amount_column(
                "Added", "How much of the value the quarter up to that month added."
            ),
            "rests_on": text_column(
                "Based on",
                "Identifiers of report facts, or the name of a derived value (exemplars.…).",
                nullable=True,
            ),
            "reported": text_column(
                "Also reported", "What the report says about the value.", nullable=True
            ),
            "source": source_column(),
        },
        unique=["id"],
    ),
)
