"""Result tables of commitments: all of them, and progress towards their targets."""

import numpy as np
import pandas as pd

from workbook.text.dates import format_month
from workbook.topics.delivery.amounts import format_amount
from workbook.topics.delivery.commitments.status import STATUSES
from workbook.topics.delivery.display_names import name_all_of_government
from workbook.topics.delivery.table_rows import TableRow

_COMMITMENT_COLUMNS = (
    "id",
    "programme",
    "department",
    "organisation",
    "commitment",
    "status",
    "stands",
    "why",
    "measure",
    "unit",
    "value",
    "period",
    "sense",
    "target",
    "target_date",
    "date_printed",
    "counted_from",
    "reported",
    "rests_on",
    "source",
)
_PROGRESS_COLUMNS = (
    "commitment",
    "status",
    "why",
    "unit",
    "value",
    "period",
    "sense",
    "target",
    "target_date",
    "date_printed",
    "counted_from",
    "of_target",
    "id",
)


def commitments_table(commitments: pd.DataFrame) -> pd.DataFrame:
    """Every commitment with its status.

    Args:
        commitments: Assessed commitments.

    Returns:
        A row for each; blank texts are missing. Those missed or off track come first, and within a
        status those that are due first.
    """
    positions = [_describe_position(row) for row in commitments.to_dict("records")]
    table = name_all_of_government(commitments).assign(stands=pd.Series(positions, dtype="str"))
    order = table["status"].map(STATUSES.index).astype(int)
    ordered = table.assign(order=order).sort_values(["order", "target_date"], kind="stable")
    return ordered[list(_COMMITMENT_COLUMNS)].reset_index(drop=True).replace("", np.nan)


def _describe_position(row: TableRow) -> str:
    """Describe the current value: ``Services live: 3 in June 2014.`` and what else is reported."""
    position = "no figure published"
    if pd.notna(row["value"]):
        value = format_amount(row["value"], row["unit"])
        position = f"{value} in {format_month(row['period'])}"
    elif row["counted_from"] > row["period"]:
        position = f"not begun in {format_month(row['period'])}"
    return f"{row['measure']}: {position}. {row['reported']}".strip()


def progress_table(commitments: pd.DataFrame) -> pd.DataFrame:
    """Progress of commitments towards their targets.

    Args:
        commitments: Assessed commitments.

    Returns:
        A row for each; ``of_target`` is the value as a fraction of the target, NaN if not known.
    """
    of_target = commitments["value"] / commitments["target"].where(
        commitments["target"] > 0, np.nan
    )
    table = commitments.assign(of_target=of_target)[list(_PROGRESS_COLUMNS)]
    dates = ["date_printed", "counted_from"]
    return table.assign(**{name: table[name].mask(table[name] == "") for name in dates})
