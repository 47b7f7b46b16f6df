"""Conversion of people to millions for this topic's charts."""

from collections.abc import Iterable

import pandas as pd

from workbook.text.numbers import MILLION

_DECIMALS = 4
"""Decimals of a million in a chart's data: a hundred people are less than a pixel."""


def scale_to_millions(table: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Convert columns of people to millions of people, rounded to hundreds of people."""
    names = list(columns)
    millions = (table[names].to_numpy(float) / MILLION).round(_DECIMALS)
    return table.assign(**dict(zip(names, millions.T, strict=True)))


def to_millions(people: float) -> float:
    """Convert people to millions of people, rounded as in a chart's data."""
    return round(people / MILLION, _DECIMALS)
