"""The four service indicators, from the counts that a team brings."""

import numpy as np
import pandas as pd

from workbook.methods import service_kpis as methods

CHANNELS = ("completed_online", "completed_assisted", "completed_paper", "completed_phone")
OPTIONAL = "completed_face_to_face"


def service_indicators(table: pd.DataFrame) -> pd.DataFrame:
    """A row for each service and period: take-up, completion, satisfaction and cost.

    Shares are fractions of 1, the cost is in £; missing where nothing was counted to divide by.
    """
    online, assisted, paper, phone = (_floats(table, name) for name in CHANNELS)
    elsewhere = phone + (_floats(table, OPTIONAL).fillna(0.0) if OPTIONAL in table else 0.0)
    ratings = np.stack([_floats(table, f"rated_{points}") for points in range(1, 6)], axis=-1)
    completed = online + assisted + paper + elsewhere
    return table[["organisation", "service", "window_end"]].assign(
        take_up_unaided=methods.take_up(online, assisted, paper, elsewhere),
        take_up_assisted=methods.take_up(online, assisted, paper, elsewhere, assisted_counts=True),
        completion=methods.completion(completed, _floats(table, "started")),
        satisfaction_top_two=methods.satisfied(ratings),
        satisfaction_mean=methods.satisfaction(ratings),
        cost_per_transaction=methods.cost_per_transaction(_floats(table, "cost"), completed),
    )


def _floats(table: pd.DataFrame, name: str) -> "pd.Series[float]":
    return table[name].astype("Float64").astype(float)
