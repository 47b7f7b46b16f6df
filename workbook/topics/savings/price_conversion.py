"""Conversion of published amounts to the prices of the scenario's price year."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from workbook.methods.prices import convert_price_year
from workbook.periods import financial_year
from workbook.scenario import ScenarioError, value_error
from workbook.tables.deflator import read_price_growth
from workbook.tables.derived_values import remember_by_source
from workbook.topics.savings.parameters import Savings

CONTACT_COST_YEAR = 2012
"""Year of the prices of the default contact costs, in the table of channel costs."""

PUBLISHED_PRICES_SENTENCE = (
    "Amounts from the Digital Efficiency Report and published savings are as published."
)
"""What is in other prices than the scenario's amounts."""


@dataclass(frozen=True)
class PriceConversion:
    """Conversion to the prices of one year with a deflator by calendar year.

    A financial year counts as the calendar year in which it starts.

    Attributes:
        target_year: Calendar year of the wanted prices.
        growth: Growth of prices on the year before as a fraction, by calendar year.
        source: Source of the growth.
    """

    target_year: int
    growth: Mapping[int, float]
    source: str = ""

    @property
    def first_year(self) -> int:
        """First year whose prices can be converted: the one before the first growth."""
        return min(self.growth, default=self.target_year + 1) - 1

    @property
    def last_year(self) -> int:
        """Last year whose prices can be converted."""
        return max(self.growth, default=self.target_year)

    def can_convert(self, year: int) -> bool:
        """Whether prices of a year can be converted to those of the target year."""
        years = (year, self.target_year)
        return self.first_year <= min(years) and max(years) <= self.last_year

    def price_growth(self, year: int) -> float:
        """What £1 in the prices of a year is in those of the target year.

        Args:
            year: Calendar year of the prices.

        Returns:
            A factor; 1 for the target year itself.

        Raises:
            ValueError: The deflator does not reach one of the two years.
        """
        return convert_price_year(1.0, year, self.target_year, self.growth)


@remember_by_source
def load_price_conversion(deflator: pd.DataFrame, price_year: str) -> PriceConversion:
    """Read the deflator for a price year.

    Args:
        deflator: The table of price growth by calendar year.
        price_year: Financial year of the wanted prices, such as 2014-15.

    Returns:
        The conversion; it may not reach the price year.
    """
    growth = read_price_growth(deflator)
    source = str(deflator["source"].iloc[-1]) if growth else ""
    return PriceConversion(int(price_year[:4]), growth, source)


def contact_price_factor(conversion: PriceConversion, scenario: Savings) -> float:
    """What £1 in the prices of the contact costs is in those of the price year.

    Args:
        conversion: The conversion to the price year.
        scenario: The scenario.

    Returns:
        The factor; 1 if the scenario converts no prices.

    Raises:
        ScenarioError: The price year is outside the deflator.
    """
    if scenario.convert_prices == "no":
        return 1.0
    if conversion.can_convert(CONTACT_COST_YEAR):
        return conversion.price_growth(CONTACT_COST_YEAR)
    first, last = financial_year(conversion.first_year), financial_year(conversion.last_year)
    explanation = (
        f"the deflator converts prices of {first} to {last} only. Choose one of these years. Or"
        f" enter contact costs in {scenario.price_year} prices and set convert_prices to no."
    )
    raise ScenarioError([value_error("price_year", scenario.price_year, explanation)])
