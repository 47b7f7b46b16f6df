"""The newest row of each indicator, which gives it its value."""

import pandas as pd

from workbook.periods import period_end
from workbook.topics.delivery.commitments.status import CommitmentRow


def newest_rows(assessed: pd.DataFrame) -> dict[str, CommitmentRow]:
    """Select the newest row of each indicator. Values of several rows are never added.

    Args:
        assessed: Assessed commitments.

    Returns:
        The row with the newest period, by the name of the indicator.
    """
    rows = assessed[assessed["indicator"] != ""].to_dict("records")
    newest: dict[str, CommitmentRow] = {}
    for row in sorted(rows, key=lambda row: period_end(str(row["period"])), reverse=True):
        newest.setdefault(str(row["indicator"]), row)
    return newest
