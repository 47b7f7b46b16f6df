"""Conversion of people to millions for this topic's charts."""

from collections.abc import Hashable, Iterable
from typing import Any

import pandas as pd

from workbook.text.numbers import MILLION

_DECIMALS = 4
"""Decimals of a million in a chart's data: a hundred people are less than a pixel."""


def scale_to_millions(table: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Convert columns of people to millions of people, rounded to hundreds of people."""
    scaled: dict[Hashable, Any] = dict(table.items())
    for name in columns:
        scaled[name] = (table[name].to_numpy(float) / MILLION).round(_DECIMALS)
    return pd.DataFrame(scaled)


def to_millions(people: float) -> float:
    """Convert people to millions of people, rounded as in a chart's data."""
    return round(people / MILLION, _DECIMALS)
