"""Figures on digital take-up that confirm the July 2014 report, like for like."""

import pandas as pd

from workbook.claims.published_report import FigureReader, FigureSource
from workbook.methods.decomposition import decompose_change
from workbook.methods.price_index import compare_matched_costs

_EARLIER_YEAR_END, _LATER_YEAR_END = "2013-06", "2014-06"
"""Last months of the two years compared: the latest that the report could know of."""

_SERVICE_KEY = ["organisation", "service"]
_COUNT_COLUMNS = ("volume", "digital_volume", "cost_per_transaction")


def _take_up_reader(*, after: bool) -> FigureReader:
    """Make a reader of take-up among the services of both years, in the later or earlier one."""

    def read_take_up(frame: pd.DataFrame) -> float | None:
        volume_before, digital_before, _, volume_after, digital_after, _ = _align_services(frame)
        effects = decompose_change(volume_before, digital_before, volume_after, digital_after)
        return effects.matched_after if after else effects.matched_before

    return read_take_up


def _read_highest_cost_index(frame: pd.DataFrame) -> float | None:
    """Give the cost of the earlier year's transactions at the later costs. 1 is no change.

    One large service can drive this index. So this is the highest of the index of all services and
    of the indices without each of the three largest.
    """
    volume_before, _, cost_before, volume_after, _, cost_after = _align_services(frame)
    matched_costs = compare_matched_costs(volume_before, cost_before, volume_after, cost_after)
    indices = (matched_costs.index, *(without.index for without in matched_costs.leave_one_out))
    return max((index.laspeyres for index in indices if index.laspeyres is not None), default=None)


def _align_services(frame: pd.DataFrame) -> list["pd.Series[float]"]:
    """Give each service's volume, digital volume and cost in the earlier year, then the later."""
    years = [
        frame[frame["window_end"] == year_end]
        .astype(dict.fromkeys(_SERVICE_KEY, str))
        .set_index(_SERVICE_KEY)
        for year_end in (_EARLIER_YEAR_END, _LATER_YEAR_END)
    ]
    all_services = years[0].index.union(years[1].index)
    aligned = [year.reindex(all_services) for year in years]
    return [year[column].astype(float) for year in aligned for column in _COUNT_COLUMNS]


def _take_up_source(name: str, unit: str, read: FigureReader, label: str) -> FigureSource:
    return FigureSource(f"take_up.{name}", unit, ("take_up",), read, label)


TAKE_UP_FIGURES = (
    _take_up_source(
        "matched_2013_06",
        "share",
        _take_up_reader(after=False),
        "Take-up in the year to June 2013, same services in both years",
    ),
    _take_up_source(
        "matched_2014_06",
        "share",
        _take_up_reader(after=True),
        "Take-up in the year to June 2014, same services in both years",
    ),
    _take_up_source(
        "cost_index_highest_2014_06",
        "index",
        _read_highest_cost_index,
        "Highest cost index for the year to June 2014, without any of the three largest services",
    ),
)
