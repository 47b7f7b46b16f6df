"""Progress measures with a newer value than in an earlier quarter, in words."""

from collections.abc import Iterator

import pandas as pd

from workbook.outcome import Outcome
from workbook.text.dates import format_month
from workbook.topics.delivery.measures.tables import describe_value


def describe_value_changes(previous: Outcome, current: Outcome) -> Iterator[str]:
    """Describe each measure whose value differs from that of an earlier quarter.

    A measure that is an indicator is left out: the report compares the indicators already.

    Args:
        previous: The outcome of the quarter compared with.
        current: The outcome of the quarter reported on.

    Yields:
        A sentence for each such measure.
    """
    indicators = {indicator.name for indicator in current.indicators}
    earlier_rows = {
        row["id"]: row for row in previous.frame("progress_measures").to_dict("records")
    }
    for row in current.frame("progress_measures").to_dict("records"):
        earlier = earlier_rows.get(row["id"])
        if earlier is None or row["indicator"] in indicators:
            continue
        values = (earlier["value"], row["value"])
        if not any(map(pd.isna, values)) and values[0] != values[1]:
            then, now = (
                f"{describe_value(dated)} in {format_month(dated['period'])}"
                for dated in (earlier, row)
            )
            yield f"{row['measure']}: {then} and {now}."
