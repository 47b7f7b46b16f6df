"""Change in the cost of a transaction between two windows, in cash and in real terms."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbook.methods.price_index import MatchedBasket, PriceIndex
from workbook.methods.prices import convert_price_year
from workbook.tables.deflator import main_calendar_year

_UNKNOWN_INDEX = PriceIndex(None, None)


@dataclass(frozen=True)
class UnitCostChange:
    """Cost of the same services in two windows, and the change of prices between them.

    Attributes:
        basket: Costs and indices in cash terms.
        price_level: General price level of the later window, with the earlier one as 1; None where
            the deflator does not cover both.
        missing_reason: Why the price level is not known; empty where it is.
        price_years: Calendar year whose prices each window's costs count as; empty without an
            earlier window.
    """

    basket: MatchedBasket
    price_level: float | None
    missing_reason: str = ""
    price_years: tuple[int, ...] = ()

    def in_real_terms(self, index: PriceIndex) -> PriceIndex:
        """An index in real terms, without values where the price level is not known."""
        return _UNKNOWN_INDEX if self.price_level is None else index.in_real_terms(self.price_level)


def deflate_costs(
    basket: MatchedBasket, window_before: str, window_after: str, growth: Mapping[int, float]
) -> UnitCostChange:
    """Add the general change of prices to a change of costs.

    A window counts as the calendar year with most of its months; of two with six each, the first.

    Args:
        basket: Costs in both windows.
        window_before: Month in which the earlier window ends; empty if there is none.
        window_after: Month in which the later window ends.
        growth: Growth of prices on the year before, as a fraction of 1, by calendar year.

    Returns:
        The costs and the price level.
    """
    if not window_before:
        return UnitCostChange(basket, None, "there is no earlier year to compare with")
    price_years = (main_calendar_year(window_before), main_calendar_year(window_after))
    try:
        price_level = convert_price_year(1.0, *price_years, growth)
    except ValueError as error:
        reason = str(error)
        if growth and price_years[1] > (last_year := max(growth)):
            reason = f"the deflator table used here ends at {last_year}"
        return UnitCostChange(basket, None, reason, price_years)
    return UnitCostChange(basket, price_level, price_years=price_years)
