"""The four service indicators, from an uploaded table of a team's own counts."""

import numpy as np
import pandas as pd

from workbook.methods import service_kpis as methods

_CHANNEL_COLUMNS = ("completed_online", "completed_assisted", "completed_paper", "completed_phone")
_FACE_TO_FACE_COLUMN = "completed_face_to_face"


def service_indicators(table: pd.DataFrame) -> pd.DataFrame:
    """Calculate take-up, completion, satisfaction and cost of each service.

    Args:
        table: The table of service indicators.

    Returns:
        A row for each service and period. Shares are fractions of 1 and the cost is in pounds a
        transaction; missing where the denominator is 0.
    """
    online, assisted, paper, phone = (_float_column(table, name) for name in _CHANNEL_COLUMNS)
    unassisted_offline = phone + (
        _float_column(table, _FACE_TO_FACE_COLUMN).fillna(0.0)
        if _FACE_TO_FACE_COLUMN in table
        else 0.0
    )
    ratings = np.stack([_float_column(table, f"rated_{rating}") for rating in range(1, 6)], axis=-1)
    completed = online + assisted + paper + unassisted_offline
    return table[["organisation", "service", "window_end"]].assign(
        take_up_unaided=methods.take_up_share(online, assisted, paper, unassisted_offline),
        take_up_assisted=methods.take_up_share(
            online, assisted, paper, unassisted_offline, assisted_counts=True
        ),
        completion=methods.completion_rate(completed, _float_column(table, "started")),
        satisfaction_top_two=methods.satisfied_share(ratings),
        satisfaction_mean=methods.mean_satisfaction(ratings),
        cost_per_transaction=methods.cost_per_transaction(_float_column(table, "cost"), completed),
    )


def _float_column(table: pd.DataFrame, name: str) -> "pd.Series[float]":
    return table[name].astype("Float64").astype(float)
