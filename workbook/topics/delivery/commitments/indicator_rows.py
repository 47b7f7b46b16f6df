"""The newest row that gives an indicator its value."""

import pandas as pd

from workbook.periods import period_end
from workbook.topics.delivery.commitments.status import CommitmentRow


def newest_row(assessed: pd.DataFrame, indicator: str) -> CommitmentRow | None:
    """Select the newest row of an indicator. Values of several rows are never added.

    Args:
        assessed: Assessed commitments.
        indicator: The name of the indicator.

    Returns:
        The row with the newest period; None if no row belongs to the indicator.
    """
    rows = assessed[assessed["indicator"] == indicator].to_dict("records")
    return max(rows, key=lambda row: period_end(str(row["period"])), default=None)
