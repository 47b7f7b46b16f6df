"""Width of an interval that would be left if one input were known.

As with the value of partial information, the expectation over the input's values comes from
simulations at hand: Strong, M., Oakley, J. E. and Brennan, A. (2014), "Estimating multiparameter
partial expected value of perfect information from a probabilistic sensitivity analysis sample",
Medical Decision Making 34(3), 311–326. Here the quantity is the width of an interval and not the
value of a decision.
"""

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray

INTERVAL_QUANTILES = (0.1, 0.9)
"""Ends of the interval: P10 and P90 hold 80% of simulations."""

_SIMULATIONS_PER_GROUP = 50
_MOST_GROUPS = 20
_LEAST_SIMULATIONS = 100


def interval_width(result: npt.ArrayLike) -> float:
    """Width from P10 to P90 of simulations, in their unit, shape (simulations,)."""
    low, high = np.quantile(
        np.asarray(result, np.float64), INTERVAL_QUANTILES, method="median_unbiased"
    )
    return float(high - low)


def expected_remaining_width(assumption: npt.ArrayLike, result: npt.ArrayLike) -> float:
    """Expected width from P10 to P90 of a result once one input is known.

    The simulations are split by the input into up to 20 groups of equal size. In each the result's
    linear trend on the input is taken out, so that what varies is due to the others. The widths of
    the groups are averaged.

    Args:
        assumption: Value of the input in each simulation, shape (simulations,).
        result: Finite value of the result in each simulation, in the same shape.

    Returns:
        The width in the result's unit, at most the width of all simulations.

    Raises:
        ValueError: If there are fewer than 100 simulations.

    Example:
        Two inputs of equal effect. Without one of them the interval is 1 − 1 / √2 narrower:

        >>> from scipy.special import ndtri
        >>> from workbook.methods.draws import uniform_draws
        >>> first, second = (ndtri(uniform_draws(10_000, seed=1, name=name)) for name in "ab")
        >>> remaining = expected_remaining_width(first, first + second)
        >>> round(remaining / interval_width(first + second), 2)
        0.71
    """
    inputs, results = np.asarray(assumption, np.float64), np.asarray(result, np.float64)
    if results.size < _LEAST_SIMULATIONS:
        raise ValueError(
            f"there are {results.size} simulations: a remaining width needs at least"
            f" {_LEAST_SIMULATIONS}"
        )
    order = np.argsort(inputs, kind="stable")
    group_count = min(_MOST_GROUPS, results.size // _SIMULATIONS_PER_GROUP)
    widths = [
        interval_width(_remove_trend(inputs[group], results[group]))
        for group in np.array_split(order, group_count)
    ]
    return min(float(np.mean(widths)), interval_width(results))


def _remove_trend(inputs: FloatArray, results: FloatArray) -> FloatArray:
    """Residuals of a least-squares line through a group."""
    deviations = inputs - inputs.mean()
    spread = float(np.dot(deviations, deviations))
    if not spread:
        return results
    slope = float(np.dot(deviations, results)) / spread
    return np.asarray(results - slope * deviations, np.float64)
