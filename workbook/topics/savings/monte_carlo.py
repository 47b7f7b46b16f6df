"""Summary of simulations: quantiles of each figure, and the distribution of NPV."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray, FloatOrArray

_REPORTED_QUANTILES = (0.1, 0.5, 0.9)
_HISTOGRAM_BINS = 40
_HISTOGRAM_RANGE = (0.005, 0.995)
"""Quantiles between which the bins lie: a few extreme simulations would widen them too much."""


def simulation_quantiles(simulated: Mapping[str, FloatOrArray]) -> dict[str, FloatArray]:
    """P10, P50 and P90 of each figure.

    Args:
        simulated: Simulations by indicator name, shape (draws,).

    Returns:
        Quantiles by indicator name, shape (3,); infinite where that many simulations are.
    """
    return {
        name: np.quantile(draws, _REPORTED_QUANTILES, method="inverted_cdf")
        for name, draws in simulated.items()
    }


def npv_histogram(npv: FloatOrArray) -> pd.DataFrame:
    """Distribution of the net present value over the simulations.

    Args:
        npv: Net present value of each simulation, in pounds, shape (draws,).

    Returns:
        A row for each of 40 bins of equal width: ``npv_from`` and ``npv_to`` in pounds, and
        ``draws_share``, the share of simulations. The outermost bins include all beyond them.
    """
    draws = np.asarray(npv)
    low, high = np.quantile(draws, _HISTOGRAM_RANGE)
    if low == high:
        low, high = low - 1, high + 1
    edges = np.linspace(low, high, _HISTOGRAM_BINS + 1)
    counts, _ = np.histogram(np.clip(draws, low, high), edges)
    return pd.DataFrame(
        {"npv_from": edges[:-1], "npv_to": edges[1:], "draws_share": counts / len(draws)}
    )
