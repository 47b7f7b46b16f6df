"""Sums over the commitments that make up an indicator."""

import pandas as pd


def indicator_total(assessed: pd.DataFrame, indicator: str, column: str = "value") -> float | None:
    """Add up the commitments that make up an indicator.

    Args:
        assessed: Assessed commitments.
        indicator: The name of the indicator.
        column: The column to add up: ``value`` or ``target``.

    Returns:
        The sum; None if a number is missing or no commitment belongs to the indicator.
    """
    return sum_if_known(assessed.loc[assessed["indicator"] == indicator, column])


def sum_if_known(values: "pd.Series[float]") -> float | None:
    """Add up values; None if one is missing or there are none."""
    return None if values.empty or values.isna().any() else float(values.sum())
