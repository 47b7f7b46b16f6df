"""Value of information: what it would be worth to know assumptions before a decision is taken.

The decision is to go ahead if the expected net benefit is positive, and otherwise to do nothing,
which has a net benefit of 0. Source: Claxton (1999); Strong, Oakley and Brennan (2014).
"""

import numpy as np
import numpy.typing as npt
from scipy.interpolate import BSpline

from workbook.methods.arrays import FloatArray

_SPLINE_DEGREE = 3
_INNER_KNOT_PROBABILITIES = (0.2, 0.4, 0.6, 0.8)
"""Quantiles of the assumption at which the pieces of the spline meet.

A simulation's net benefit is close to linear or quadratic in one assumption. More knots would fit
noise, which makes the value of information too large.
"""

_LEAST_SIMULATIONS = 50
"""Fewer simulations leave a spline's piece with too few points."""


def expected_value_of_perfect_information(net_benefit: npt.ArrayLike) -> float:
    """Expected value of knowing everything before the decision: E[max(b, 0)] − max(E[b], 0).

    Args:
        net_benefit: Net benefit b of going ahead in each simulation, shape (simulations,).

    Returns:
        The value in the unit of the net benefit, at least 0.

    Example:
        Going ahead is worth 1 on average. Who knew the loss of 2 beforehand would avoid it, half of
        the time:

        >>> expected_value_of_perfect_information([4.0, -2.0])
        1.0
    """
    benefit = np.asarray(net_benefit, np.float64)
    return float(np.maximum(benefit, 0.0).mean() - max(float(benefit.mean()), 0.0))


def expected_value_of_partial_information(
    net_benefit: npt.ArrayLike, assumption: npt.ArrayLike
) -> float:
    """Expected value of knowing one assumption before the decision.

    It is E[max(E[b | x], 0)] − max(E[b], 0) for the net benefit b and the assumption x. The
    conditional mean is a cubic regression spline over the simulations (Strong, Oakley and Brennan,
    2014). No further simulations are needed.

    Args:
        net_benefit: Net benefit b of going ahead in each simulation, shape (simulations,).
        assumption: Value x of the assumption in each simulation, in the same shape, or one number.

    Returns:
        The value in the unit of the net benefit, from 0 to the value of perfect information.

    Raises:
        ValueError: If there are fewer than 50 simulations.
    """
    benefit = np.asarray(net_benefit, np.float64)
    if benefit.size < _LEAST_SIMULATIONS:
        raise ValueError(
            f"there are {benefit.size} simulations: the value of information needs at least"
            f" {_LEAST_SIMULATIONS}"
        )
    values = np.broadcast_to(np.asarray(assumption, np.float64), benefit.shape)
    if values.min() == values.max():
        return 0.0
    conditional_mean = _regress_spline(values, benefit)
    value = expected_value_of_perfect_information(conditional_mean)
    return min(value, expected_value_of_perfect_information(benefit))


def _regress_spline(values: FloatArray, response: FloatArray) -> FloatArray:
    """Fitted values of a cubic regression spline; exact group means where few values differ."""
    low, high = float(values.min()), float(values.max())
    knots = np.unique(np.quantile(values, _INNER_KNOT_PROBABILITIES))
    inner_knots = knots[(knots > low) & (knots < high)]
    ends = [np.full(_SPLINE_DEGREE + 1, end) for end in (low, high)]
    all_knots = np.concatenate([ends[0], inner_knots, ends[1]])
    basis = BSpline.design_matrix(values, all_knots, _SPLINE_DEGREE).toarray()
    coefficients, *_ = np.linalg.lstsq(basis, response)
    return np.asarray(basis @ coefficients, np.float64)
