"""The table of commitments: each with its value, target and date, as the report follows them."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pandera.pandas as pa

from workbook.tables import MONTH_RULE, NOT_NEGATIVE_RULE, TableSchema
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


def _one_of_check(*allowed: str) -> pa.Check:
    *first, last = allowed
    return pa.Check.isin(allowed, error=f"must be {', '.join(first)} or {last}")


def _text_column(
    title: str, description: str, *checks: pa.Check, nullable: bool = False
) -> pa.Column:
    return pa.Column(str, list(checks), nullable=nullable, title=title, description=description)


def _number_column(title: str, description: str) -> pa.Column:
    return pa.Column(float, NOT_NEGATIVE_RULE, nullable=True, title=title, description=description)


commitments_schema = TableSchema(
    name="commitments",
    title="What the quarterly report follows: each commitment with its value, target and date",
    period="period",
    sources=("Government Digital Strategy quarterly progress report, July 2014",),
    error_checks=(check_target_is_complete,),
    schema=pa.DataFrameSchema(
        {
            "id": _text_column("Identifier", "D and a number."),
            "indicator": _text_column(
                "Indicator", "Indicator that it gives, if any.", nullable=True
            ),
            "programme": _text_column("Programme", "Programme that it belongs to."),
            "department": _text_column(
                "Department", "Whose it is; blank for all of government.", nullable=True
            ),
            "commitment": _text_column("Commitment", "What is to be done, in our words."),
            "measure": _text_column("Measure", "What is counted."),
            "unit": _text_column(
                "Unit",
                "Unit of value and target.",
                _one_of_check("count", "people", "share", "GBP", "months", "level"),
            ),
            "sense": _text_column(
                "Sense",
                "How the target is meant; blank without one.",
                _one_of_check(AT_LEAST, MORE_THAN, FEWER_THAN),
                nullable=True,
            ),
            "target": _number_column("Target", "Published target; blank if none."),
            "target_date": _text_column(
                "By", "Month by whose end; blank if none is printed.", MONTH_RULE, nullable=True
            ),
            "value": _number_column("Value", "As printed; blank if it is not, or is computed."),
            "period": _text_column("Period", "Month in which what is told ended.", MONTH_RULE),
            "previous": _number_column("Before", "Value before, where printed."),
            "added": _number_column("Added", "What the quarter up to that month added."),
            "rests_on": _text_column(
                "Rests on",
                "Facts of the report, and a figure that is computed (exemplars.…).",
                nullable=True,
            ),
            "reported": _text_column("Report", "What is told beside the value.", nullable=True),
            "source": _text_column("Source", "Publication."),
        },
        unique=["id"],
    ),
)
