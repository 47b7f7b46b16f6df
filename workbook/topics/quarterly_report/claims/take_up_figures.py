"""How far digital take-up rises and costs fall, for the July 2014 report."""

from collections.abc import Callable, Iterable
from functools import partial

import pandas as pd

from workbook.claims.published_report import FigureReader, FigureSource
from workbook.topics.quarterly_report.claims.trend_variants import (
    COST,
    TAKE_UP,
    describe_variants,
    list_trend_variants,
)


def _extent_reader(trend: str, choose: Callable[[Iterable[float]], float]) -> FigureReader:
    """Make a reader of the least or the greatest extent of a trend."""

    def read_extent(frame: pd.DataFrame) -> float | None:
        extents = [v.extent for v in list_trend_variants(frame) if v.trend == trend]
        return choose(extents) if extents else None

    return read_extent


def _describe_release(frame: pd.DataFrame) -> str:
    return "; ".join(dict.fromkeys(frame["source"].astype(str))) if "source" in frame else ""


def _trend_sources(
    name: str, trend: str, unit: str, lowest_label: str, highest_label: str
) -> tuple[FigureSource, FigureSource]:
    """The least and the greatest extent of a trend among all ways to measure it."""
    lowest, highest = (
        FigureSource(
            f"take_up.{prefix}_{name}",
            unit,
            ("take_up",),
            _extent_reader(trend, choose),
            label,
            _describe_release,
            partial(describe_variants, trend=trend),
        )
        for prefix, choose, label in (
            ("lowest", min, lowest_label),
            ("highest", max, highest_label),
        )
    )
    return lowest, highest


TAKE_UP_FIGURES = (
    *_trend_sources(
        "rise",
        TAKE_UP,
        "points",
        "Smallest rise of take-up over a year",
        "Largest rise of take-up over a year",
    ),
    *_trend_sources(
        "fall",
        COST,
        "share",
        "Smallest fall of the cost per transaction over a year, in cash terms",
        "Largest fall of the cost per transaction over a year, in cash terms",
    ),
)
