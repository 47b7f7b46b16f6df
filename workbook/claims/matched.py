"""How the take-up table's like-for-like figures are read: the services of both years only."""

from collections.abc import Callable

import pandas as pd

from workbook.methods.basket import basket
from workbook.methods.decomposition import decomposition

Read = Callable[[pd.DataFrame], float | None]

BEFORE, AFTER = "2013-06", "2014-06"
"""The years to the end of these months: the last that the report of July 2014 could know of."""

KEY = ["organisation", "service"]
COUNTS = ("volume", "digital_volume", "cost_per_transaction")


def take_up(*, after: bool) -> Read:
    """Take-up of the services that report in both years, in the later or the earlier one."""

    def read(frame: pd.DataFrame) -> float | None:
        v0, d0, _, v1, d1, _ = _counts(frame)
        found = decomposition(v0, d0, v1, d1)
        return found.matched_after if after else found.matched_before

    return read


def cost_index(frame: pd.DataFrame) -> float | None:
    """Cost of the earlier year's transactions at the later costs: 1 is no change.

    Since one service can drive it: the highest of the index of all and of those without each of the
    three largest services.
    """
    v0, _, c0, v1, _, c1 = _counts(frame)
    found = basket(v0, c0, v1, c1)
    every = (found.index, *(without.index for without in found.without))
    return max((index for index in every if index is not None), default=None)


def _counts(frame: pd.DataFrame) -> list["pd.Series[float]"]:
    """Volume, digital volume and cost of each service in the earlier year, then in the later."""
    years = [
        frame[frame["window_end"] == end].astype(dict.fromkeys(KEY, str)).set_index(KEY)
        for end in (BEFORE, AFTER)
    ]
    every = years[0].index.union(years[1].index)
    aligned = [year.reindex(every) for year in years]
    return [year[column].astype(float) for year in aligned for column in COUNTS]
