"""Change in the cost of a transaction between two windows, in cash and in real terms."""

from collections.abc import Mapping
from dataclasses import dataclass

from workbook.methods.price_index import MatchedBasket, PriceIndex
from workbook.methods.prices import convert_price_year
from workbook.tables.deflator import first_calendar_year

_UNKNOWN_INDEX = PriceIndex(None, None)


@dataclass(frozen=True)
class UnitCostChange:
    """Cost of the same services in two windows, and the change of prices between them.

    Attributes:
        basket: Costs and indices in cash terms.
        price_level: General price level of the later window, with the earlier one as 1; None where
            the deflator does not cover both.
        missing_reason: Why the price level is not known; empty where it is.
    """

    basket: MatchedBasket
    price_level: float | None
    missing_reason: str = ""

    def in_real_terms(self, index: PriceIndex) -> PriceIndex:
        """An index in real terms, without values where the price level is not known."""
        return _UNKNOWN_INDEX if self.price_level is None else index.in_real_terms(self.price_level)


def deflate_costs(
    basket: MatchedBasket, window_before: str, window_after: str, growth: Mapping[int, float]
) -> UnitCostChange:
    """Add the general change of prices to a change of costs.

    A window counts as the calendar year in which it begins, as a financial year does on the savings
    page.

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
    try:
        price_level = convert_price_year(
            1.0, first_calendar_year(window_before), first_calendar_year(window_after), growth
        )
    except ValueError as error:
        return UnitCostChange(basket, None, str(error))
    return UnitCostChange(basket, price_level)
