"""Checks that the tables of commitments, progress measures and events share."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from workbook.tables.findings import CellFinding
from workbook.tables.warnings import RowLabel


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
