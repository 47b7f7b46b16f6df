"""Amounts in one year's prices said in another's."""

import math
from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Amount = TypeVar("Amount", float, npt.NDArray[np.float64])


def convert_price_year(
    amount: Amount, price_year: int, target_year: int, growth: Mapping[int, float]
) -> Amount:
    """An amount in prices of ``year``, said in those of ``to``, which may be later or earlier.

    ``growth`` is by how much the deflator grew over the year before, as a fraction of 1, by
    calendar year.
    Raises ValueError naming the first year whose growth is needed and missing.
    """
    growth_years = range(min(price_year, target_year) + 1, max(price_year, target_year) + 1)
    for growth_year in growth_years:
        if growth_year not in growth:
            raise ValueError(
                f"no growth of the deflator in {growth_year}: it is needed to say prices of"
                f" {price_year} in those of {target_year}"
            )
    growth_factor = math.prod(1 + growth[each] for each in growth_years)
    return amount * growth_factor if target_year > price_year else amount / growth_factor
