"""How the take-up table's like-for-like figures are read: the services of both years only."""

from collections.abc import Callable

import pandas as pd

from workbook.methods.decomposition import decompose_change
from workbook.methods.price_index import laspeyres_index

FigureReader = Callable[[pd.DataFrame], float | None]

_EARLIER_YEAR_END, _LATER_YEAR_END = "2013-06", "2014-06"
"""The years to the end of these months: the last that the report of July 2014 could know of."""

_SERVICE_KEY = ["organisation", "service"]
_COUNT_COLUMNS = ("volume", "digital_volume", "cost_per_transaction")


def like_for_like_reader(*, after: bool) -> FigureReader:
    """Take-up of the services that report in both years, in the later or the earlier one."""

    def read_take_up(frame: pd.DataFrame) -> float | None:
        volume_before, digital_before, _, volume_after, digital_after, _ = _align_services(frame)
        effects = decompose_change(volume_before, digital_before, volume_after, digital_after)
        return effects.matched_after if after else effects.matched_before

    return read_take_up


def highest_cost_index(frame: pd.DataFrame) -> float | None:
    """Cost of the earlier year's transactions at the later costs: 1 is no change.

    Since one service can drive it: the highest of the index of all and of those without each of the
    three largest services.
    """
    volume_before, _, cost_before, volume_after, _, cost_after = _align_services(frame)
    cost_change = laspeyres_index(volume_before, cost_before, volume_after, cost_after)
    indices = (cost_change.index, *(without.index for without in cost_change.leave_one_out))
    return max((index for index in indices if index is not None), default=None)


def _align_services(frame: pd.DataFrame) -> list["pd.Series[float]"]:
    """Volume, digital volume and cost of each service in the earlier year, then in the later."""
    years = [
        frame[frame["window_end"] == year_end]
        .astype(dict.fromkeys(_SERVICE_KEY, str))
        .set_index(_SERVICE_KEY)
        for year_end in (_EARLIER_YEAR_END, _LATER_YEAR_END)
    ]
    all_services = years[0].index.union(years[1].index)
    aligned = [year.reindex(all_services) for year in years]
    return [year[column].astype(float) for year in aligned for column in _COUNT_COLUMNS]
