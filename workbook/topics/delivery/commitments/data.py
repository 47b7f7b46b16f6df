"""The table of commitments that the report follows: value, target and date of each one."""

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pandera.pandas as pa

from workbook.tables import OPEN_GOVERNMENT_LICENCE, TableSchema
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
from workbook.topics.delivery.commitments.kinds import COMMITMENT, KINDS
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


def check_only_commitments_have_targets(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Report a target of a figure or an event, which are followed but promise nothing."""
    if not {"kind", "target"} <= set(frame):
        return
    kind, target = frame["kind"], frame["target"]
    yield CellFinding(
        "kind",
        np.flatnonzero(kind.ne(COMMITMENT) & target.notna()),
        lambda position: (
            f"is {kind[position]}, but the row has a target: only a {COMMITMENT} has one"
        ),
    )


def check_one_row_for_each_indicator(frame: pd.DataFrame, _: RowLabel) -> Iterator[CellFinding]:
    """Report a second row of an indicator for the same period, as their values are not added."""
    if not {"indicator", "period"} <= set(frame):
        return
    names = frame["indicator"]
    is_repeated = frame.duplicated(["indicator", "period"]) & names.notna() & names.ne("")
    yield CellFinding(
        "indicator",
        np.flatnonzero(is_repeated),
        lambda position: (
            f"{names[position]} has another row for {frame['period'][position]}: values are not"
            " added, so name the indicator in one row"
        ),
    )


def _amount_column(title: str, description: str) -> pa.Column:
    """A number in the row's unit, or blank."""
    return number_column(title, description, NOT_NEGATIVE_RULE, nullable=True)


commitments_schema = TableSchema(
    name="commitments",
    title="Commitments, figures and events that the quarterly report follows",
    period="period",
    licence=OPEN_GOVERNMENT_LICENCE,
    sources=("Government Digital Strategy quarterly progress report, July 2014",),
    error_checks=(
        check_target_is_complete,
        check_only_commitments_have_targets,
        check_one_row_for_each_indicator,
    ),
    schema=pa.DataFrameSchema(
        {
            "id": text_column("Identifier", "The letter D and a number."),
            "kind": choice_column(
                "Kind",
                "Whether the report commits to something, or gives a figure or an event.",
                KINDS,
            ),
            "indicator": text_column(
                "Indicator", "Indicator that the row contributes to, if any.", nullable=True
            ),
            "programme": text_column("Programme", "Programme of the commitment."),
            "department": text_column(
                "Department", "Department responsible; blank for all of government.", nullable=True
            ),
            "commitment": text_column(
                "Commitment", "What was committed to, or what is followed, in our words."
            ),
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
            "target": _amount_column("Target", "As the report gives it; blank if it gives none."),
            "target_date": month_column(
                "Target date",
                "Month by the end of which the target is due; blank if not published. A season is"
                " due by its last month: autumn by November.",
                nullable=True,
            ),
            "date_printed": text_column(
                "Date as published",
                "The date in the report’s words, if it names no month.",
                nullable=True,
                required=False,
            ),
            "counted_from": month_column(
                "Counted from",
                "Month in which counting begins; blank if everything to date counts.",
                nullable=True,
                required=False,
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
