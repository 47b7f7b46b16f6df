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
    name: str, trend: str, unit: str, labels: tuple[str, str], negative_labels: tuple[str, str]
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
            negative_label,
        )
        for prefix, choose, label, negative_label in zip(
            ("lowest", "highest"), (min, max), labels, negative_labels, strict=True
        )
    )
    return lowest, highest


_YEARS = "over a year"
_COSTS = f"the cost per transaction {_YEARS}, in cash terms"

TAKE_UP_FIGURES = (
    *_trend_sources(
        "rise",
        TAKE_UP,
        "points",
        (f"Smallest rise of take-up {_YEARS}", f"Largest rise of take-up {_YEARS}"),
        (f"Largest fall of take-up {_YEARS}", f"Smallest fall of take-up {_YEARS}"),
    ),
    *_trend_sources(
        "fall",
        COST,
        "share",
        (f"Smallest fall of {_COSTS}", f"Largest fall of {_COSTS}"),
        (f"Largest rise of {_COSTS}", f"Smallest rise of {_COSTS}"),
    ),
)
