"""The move of agency websites to GOV.UK: what has moved, what is planned and the target."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from workbook.periods import MONTHS_PER_QUARTER, shift_month
from workbook.topics.delivery.table_rows import newest_by_indicator

MOVED, PLANNED_MOVE, TOTAL_TARGET = "moved", "planned", "target"
_MOVED_INDICATOR, _PLANNED_INDICATOR, _TARGET_INDICATOR = (
    "sites_moved",
    "sites_planned",
    "sites_target",
)
_TRANSITION_COLUMNS = ("basis", "month", "websites", "sense", "commitment")


def transition_table(measures: pd.DataFrame, commitments: pd.DataFrame) -> pd.DataFrame:
    """Follow the websites moved since the first quarter of which the number is known.

    Args:
        measures: The table of progress measures, with the sites moved in each quarter.
        commitments: Assessed commitments, with the planned moves and the target.

    Returns:
        A row for each known number of websites moved so far, one for the planned number, and one
        for the target, which counts all websites. No rows without a known number.
    """
    return pd.DataFrame(
        list(_transition_rows(measures, commitments)), columns=list(_TRANSITION_COLUMNS)
    )


def _transition_rows(
    measures: pd.DataFrame, commitments: pd.DataFrame
) -> Iterator[tuple[Any, ...]]:
    known = measures[measures["indicator"].eq(_MOVED_INDICATOR) & measures["value"].notna()]
    if known.empty:
        return
    ordered = known.astype({"period": "str"}).sort_values("period")
    yield MOVED, shift_month(ordered["period"].iloc[0], -MONTHS_PER_QUARTER), 0.0, None, None
    for month, total in zip(ordered["period"], ordered["value"].cumsum(), strict=True):
        yield MOVED, month, float(total), None, None
    last_month, moved = str(ordered["period"].iloc[-1]), float(ordered["value"].sum())
    rows = newest_by_indicator(commitments)
    planned, target = rows.get(_PLANNED_INDICATOR), rows.get(_TARGET_INDICATOR)
    if planned and planned["counted_from"] == shift_month(last_month, 1):
        commitment, month = planned["commitment"], planned["target_date"]
        yield PLANNED_MOVE, month, moved + planned["target"], planned["sense"], commitment
    if target:
        commitment, month = target["commitment"], target["target_date"]
        yield TOTAL_TARGET, month, float(target["target"]), target["sense"], commitment
