"""Amounts in one year's prices said in another's."""

import math
from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Amount = TypeVar("Amount", float, npt.NDArray[np.float64])


def in_prices_of(amount: Amount, year: int, to: int, growth: Mapping[int, float]) -> Amount:
    """An amount in prices of ``year``, said in those of ``to``, which may be later or earlier.

    ``growth`` is by how much the deflator grew over the year before, as a fraction of 1, by
    calendar year.
    Raises ValueError naming the first year whose growth is needed and missing.
    """
    between = range(min(year, to) + 1, max(year, to) + 1)
    for each in between:
        if each not in growth:
            raise ValueError(
                f"no growth of the deflator in {each}: it is needed to say prices of {year} "
                f"in those of {to}"
            )
    grown = math.prod(1 + growth[each] for each in between)
    return amount * grown if to > year else amount / grown
