"""Two trends that the July 2014 report claims, measured in every way that the data allow.

The report does not say which services and which years it compares. So each trend is measured for
each year that it can mean, with and without the largest services, and by each index.
"""

import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

import pandas as pd

from workbook.methods.decomposition import decompose_change
from workbook.methods.price_index import PriceIndex, compare_matched_costs
from workbook.text.dates import format_month
from workbook.text.grammar import choose_form, join_items

TAKE_UP, COST = "Digital take-up rises", "Cost per transaction falls"
"""The trends, as the report claims them."""

_YEAR_ENDS = ("2014-03", "2014-06")
"""Last months of the years that the report can mean.

The year to March 2014 is the newest that can have been published when the report was written.
"""

MACHINE_MADE_SERVICES = ("Stamp Duty Reserve Tax transactions", "PAYE transactions")
"""Services used by machines and employers, which can hide every other change."""

_SERVICE_KEY = ["organisation", "service"]
_COUNT_COLUMNS = ("volume", "digital_volume", "cost_per_transaction")
_INDEX_NAMES: Final = ("laspeyres", "paasche", "fisher")

_LARGEST_LEFT_OUT = 3
"""Number of the costliest services that are left out in turn."""

_latest_variants: list[tuple["weakref.ref[pd.DataFrame]", tuple["TrendVariant", ...]]] = []
"""The latest table of take-up and its variants; empty before the first."""


@dataclass(frozen=True)
class TrendVariant:
    """One way to measure a trend.

    Attributes:
        trend: ``TAKE_UP`` or ``COST``.
        year_end: Last month of the later year, such as ``2014-06``.
        left_out: Names of the services that are left out.
        measure: What is measured.
        change: Change against the year before: a fraction of 1, or of the cost.
    """

    trend: str
    year_end: str
    left_out: tuple[str, ...]
    measure: str
    change: float

    @property
    def extent(self) -> float:
        """How far the claim holds: above 0 where take-up rises or the cost falls."""
        return self.change if self.trend == TAKE_UP else -self.change


def list_trend_variants(frame: pd.DataFrame) -> tuple[TrendVariant, ...]:
    """Measure both trends in every way that a table of take-up allows.

    Args:
        frame: The table of take-up.

    Returns:
        The variants, by trend, year and services left out. Those of the latest table are kept,
        because a report asks for them with each figure that rests on them.
    """
    for latest_frame, latest_variants in _latest_variants:
        if latest_frame() is frame:
            return latest_variants
    variants = tuple(_measure_trends(frame))
    _latest_variants[:] = [(weakref.ref(frame), variants)]
    return variants


def _measure_trends(frame: pd.DataFrame) -> list[TrendVariant]:
    take_up: list[TrendVariant] = []
    costs: list[TrendVariant] = []
    for year_end in _YEAR_ENDS:
        all_services = _align_services(frame, year_end)
        names = all_services.index.get_level_values("service")
        for left_out in ((), MACHINE_MADE_SERVICES):
            services = all_services[~names.isin(left_out)]
            take_up += _take_up_variants(services, year_end, left_out)
            costs += _cost_variants(services, year_end, left_out)
    return [*take_up, *costs]


def describe_variants(frame: pd.DataFrame, trend: str) -> str:
    """Say in how many ways of measuring it a trend holds, and what that depends on.

    Args:
        frame: The table of take-up.
        trend: ``TAKE_UP`` or ``COST``.

    Returns:
        One or two sentences: in how many ways it holds, and what decides it.
    """
    variants = [variant for variant in list_trend_variants(frame) if variant.trend == trend]
    failing = [variant for variant in variants if variant.extent <= 0]
    held_count = len(variants) - len(failing)
    if not failing or not held_count:
        return (
            f"It {'holds' if held_count else 'fails'} in all {len(variants)} ways to measure it,"
            f" for the {_describe_years(variants)}, each against the year before."
        )
    outcome = "Take-up rose" if trend == TAKE_UP else "Cost fell"
    return (
        f"{outcome} in {held_count} of {len(variants)} ways of measuring it. The answer depends on"
        f" {_name_choice(variants)}."
    )


def _name_choice(variants: Iterable[TrendVariant]) -> str:
    """Name what decides whether a trend holds: the services, or else the year and the measure."""
    directions_by_choice: dict[tuple[str, str], set[bool]] = {}
    for variant in variants:
        choice = (variant.year_end, variant.measure)
        directions_by_choice.setdefault(choice, set()).add(variant.extent > 0)
    by_services = any(len(directions) > 1 for directions in directions_by_choice.values())
    return "which services are left out" if by_services else "the year and the measure"


def _describe_years(variants: Iterable[TrendVariant]) -> str:
    """Name the years that variants measure: ``years to March 2014 and June 2014``."""
    months = dict.fromkeys(format_month(variant.year_end) for variant in variants)
    return f"{choose_form(len(months), 'year', 'years')} to {join_items(months)}"


def _align_services(frame: pd.DataFrame, year_end: str) -> pd.DataFrame:
    """Give each service's counts in the year before, then in the year; a row for each service."""
    years = [
        frame[frame["window_end"] == end]
        .astype(dict.fromkeys(_SERVICE_KEY, str))
        .set_index(_SERVICE_KEY)[list(_COUNT_COLUMNS)]
        .astype(float)
        for end in (_year_before(year_end), year_end)
    ]
    return years[0].add_suffix("_before").join(years[1].add_suffix("_after"), how="outer")


def _year_before(year_end: str) -> str:
    return f"{int(year_end[:4]) - 1}{year_end[4:]}"


def _take_up_variants(
    services: pd.DataFrame, year_end: str, left_out: tuple[str, ...]
) -> Iterator[TrendVariant]:
    effects = decompose_change(
        *(
            services[f"{column}_{side}"]
            for side in ("before", "after")
            for column in _COUNT_COLUMNS[:2]
        )
    )
    if effects.matched_before is None or effects.matched_after is None or effects.within is None:
        return
    matched_change = effects.matched_after - effects.matched_before
    yield TrendVariant(TAKE_UP, year_end, left_out, "Same services", matched_change)
    yield TrendVariant(TAKE_UP, year_end, left_out, "Within services", effects.within)


def _cost_variants(
    services: pd.DataFrame, year_end: str, left_out: tuple[str, ...]
) -> Iterator[TrendVariant]:
    basket = compare_matched_costs(
        *(
            services[f"{column}_{side}"]
            for side in ("before", "after")
            for column in ("volume", "cost_per_transaction")
        )
    )
    yield from _index_variants(basket.index, year_end, left_out)
    for exclusion in basket.leave_one_out[:_LARGEST_LEFT_OUT]:
        service = str(services.index[exclusion.position][1])
        yield from _index_variants(exclusion.index, year_end, (*left_out, service))


def _index_variants(
    index: PriceIndex, year_end: str, left_out: tuple[str, ...]
) -> Iterator[TrendVariant]:
    for name in _INDEX_NAMES:
        level = getattr(index, name)
        if level is not None:
            yield TrendVariant(COST, year_end, left_out, f"{name.capitalize()} index", level - 1)
