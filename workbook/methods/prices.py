"""Conversion of amounts between price years."""

import math
from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Amount = TypeVar("Amount", float, npt.NDArray[np.float64])


def convert_price_year(
    amount: Amount, price_year: int, target_year: int, growth: Mapping[int, float]
) -> Amount:
    """Convert an amount from the prices of one year to those of another.

    Args:
        amount: Amount in £ at prices of ``price_year``, a number or an array.
        price_year: Year of the amount's prices.
        target_year: Year of the prices that are wanted, later or earlier.
        growth: Growth of the deflator on the previous year as a fraction of 1, by year. The bundled
            table ``deflator`` has the World Bank's GDP deflator.

    Returns:
        Amount in £ at prices of ``target_year``, in the same shape.

    Raises:
        ValueError: If the growth of a year between the two is missing.

    Example:
        >>> round(convert_price_year(100.0, 2012, 2014, {2013: 0.02, 2014: 0.01}), 2)
        103.02
    """
    growth_years = range(min(price_year, target_year) + 1, max(price_year, target_year) + 1)
    for growth_year in growth_years:
        if growth_year not in growth:
            raise ValueError(
                f"the deflator has no growth for {growth_year}, which is needed to convert prices"
                f" of {price_year} to those of {target_year}"
            )
    growth_factor = math.prod(1 + growth[growth_year] for growth_year in growth_years)
    return amount * growth_factor if target_year > price_year else amount / growth_factor
