"""Rows of an outcome's tables as plain values, by their basis."""

from collections.abc import Hashable
from typing import Any

import pandas as pd

Row = dict[Hashable, Any]


def rows_by_account(table: pd.DataFrame) -> dict[str, Row]:
    """The row for each basis, in the table's order."""
    return {str(row["account"]): row for row in table.to_dict("records")}
