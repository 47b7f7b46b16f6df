"""The table of commitments: each with its value, target and date, as the report follows them."""

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
        lambda position: f"is blank: the target {target[position]:g} needs one, such as at least",
    )
    yield CellFinding(
        "sense",
        np.flatnonzero(sense.notna() & target.isna()),
        lambda at: f"{sense[at]} is of no target: give the target, or leave this blank",
    )


def _amount_column(title: str, description: str) -> pa.Column:
    """A number in the row's unit, or blank."""
    return number_column(title, description, NOT_NEGATIVE_RULE, nullable=True)


commitments_schema = TableSchema(
    name="commitments",
    title="What the quarterly report follows: each commitment with its value, target and date",
    period="period",
    sources=("Government Digital Strategy quarterly progress report, July 2014",),
    error_checks=(check_target_is_complete,),
    schema=pa.DataFrameSchema(
        {
            "id": text_column("Identifier", "D and a number."),
            "indicator": text_column(
                "Indicator", "Indicator that it gives, if any.", nullable=True
            ),
            "programme": text_column("Programme", "Programme that it belongs to."),
            "department": text_column(
                "Department", "Whose it is; blank for all of government.", nullable=True
            ),
            "commitment": text_column("Commitment", "What is to be done, in our words."),
            "measure": text_column("Measure", "What is counted."),
            "unit": choice_column(
                "Unit",
                "Unit of value and target.",
                ("count", "people", "share", "GBP", "months", "level"),
            ),
            "sense": choice_column(
                "Sense",
                "How the target is meant; blank without one.",
                (AT_LEAST, MORE_THAN, FEWER_THAN),
                nullable=True,
            ),
            "target": _amount_column("Target", "Published target; blank if none."),
            "target_date": month_column(
                "By", "Month by whose end; blank if none is printed.", nullable=True
            ),
            "value": _amount_column("Value", "As printed; blank if it is not, or is computed."),
            "period": month_column("Period", "Month in which what is told ended."),
            "previous": _amount_column("Before", "Value before, where printed."),
            "added": _amount_column("Added", "What the quarter up to that month added."),
            "rests_on": text_column(
                "Rests on",
                "Facts of the report, and a figure that is computed (exemplars.…).",
                nullable=True,
            ),
            "reported": text_column("Report", "What is told beside the value.", nullable=True),
            "source": source_column(),
        },
        unique=["id"],
    ),
)
