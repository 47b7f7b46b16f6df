"""Reasons why the fit of a curve must not be used."""

import numpy as np

from workbook.methods.arrays import BoolArray, FloatArray
from workbook.methods.diffusion_curves import DiffusionCurve

LEVEL_NOT_POSITIVE = "its fitted level is not above 0"
LEVEL_AT_CEILING = "its fitted level is at the ceiling"
RATE_AT_BOUND = "its fitted rate is 0 or unlimited, so the data do not follow this curve"
SEARCH_NOT_CONVERGED = "its fit did not converge"
PARAMETERS_UNDETERMINED = "the data do not determine its parameters"
SEARCHES_DISAGREE = "its fit depends on the starting values"

_MINIMUM_RATE_SPAN = 0.02
"""Least product of rate and time span: below it the data show no curve."""
_MAXIMUM_RATE_STEP = 20.0
"""Largest product of rate and time step: above it the curve jumps between two points."""
_MAXIMUM_RATE = 1e100
"""Cap on a rate that has diverged, so that a product with it does not overflow."""
_MINIMUM_SLOPE_EIGENVALUE = 1e-10
"""Least eigenvalue of the slopes' correlation matrix: below it parameters cannot be told apart."""
_AGREEMENT_TOLERANCE = 1e-6
"""Largest difference between agreeing searches, as a fraction of the least sum of squares."""
_MINIMUM_SEARCHES = 2
"""Number of searches from different starts that must reach the least sum of squares."""


def failure_reasons(
    curve: DiffusionCurve,
    parameters: FloatArray,
    slopes: FloatArray,
    *,
    ceiling: float,
    span: FloatArray,
    step: float,
    converged: BoolArray,
    agree: BoolArray,
) -> tuple[str, ...]:
    """Say why each fit must not be used.

    Args:
        curve: Curve that was fitted.
        parameters: Level and two shape parameters of each fit, shape (fits, 3).
        slopes: Whitened derivatives by parameter, shape (fits, points, 3).
        ceiling: Value that the level must stay below.
        span: Time from the first to the last point of each fit, shape (fits,).
        step: Shortest time between two points.
        converged: Whether the best search of each fit converged, shape (fits,).
        agree: Whether the searches of each fit ended at the same parameters, shape (fits,).

    Returns:
        A reason for each fit, empty where the fit may be used.
    """
    level, first, second = parameters.T
    with np.errstate(over="ignore"):
        rates = np.minimum(curve.rates(first, second), _MAXIMUM_RATE)
    reasons = {
        LEVEL_NOT_POSITIVE: ~(level > 0),
        LEVEL_AT_CEILING: level >= ceiling,
        # One reason for both ends: to which of them a degenerate fit runs depends on the processor.
        RATE_AT_BOUND: (rates.min(axis=1) * span < _MINIMUM_RATE_SPAN)
        | (rates.max(axis=1) * step > _MAXIMUM_RATE_STEP),
        SEARCH_NOT_CONVERGED: ~converged,
        PARAMETERS_UNDETERMINED: _parameters_undetermined(slopes),
        SEARCHES_DISAGREE: ~agree,
    }
    return tuple(np.select(list(reasons.values()), list(reasons), default="").tolist())


def searches_agree(squares: FloatArray, converged: BoolArray, exact: FloatArray) -> BoolArray:
    """Whether the searches of each fit ended at the same parameters.

    They agree when at least two searches reached the least sum of squares and no search converged
    anywhere else.

    Args:
        squares: Sum of squares at the end of each search, shape (fits, starts).
        converged: Whether each search converged, shape (fits, starts).
        exact: Sum of squares that is only rounding, shape (fits,).

    Returns:
        True or False for each fit, shape (fits,).
    """
    at_minimum = (
        squares <= squares.min(axis=1, keepdims=True) * (1 + _AGREEMENT_TOLERANCE) + exact[:, None]
    )
    enough_searches = at_minimum.sum(axis=1) >= _MINIMUM_SEARCHES
    return np.asarray(enough_searches & ~(converged & ~at_minimum).any(axis=1), np.bool_)


def _parameters_undetermined(slopes: FloatArray) -> BoolArray:
    """Whether the data cannot tell the parameters of each fit apart, shape (fits,)."""
    slope_norms = np.sqrt(np.square(slopes).sum(axis=1))
    unit_slopes = slopes / np.maximum(slope_norms, np.finfo(np.float64).tiny)[:, None]
    least_eigenvalues = np.linalg.eigvalsh(np.matmul(unit_slopes.transpose(0, 2, 1), unit_slopes))[
        :, 0
    ]
    return np.asarray(least_eigenvalues < _MINIMUM_SLOPE_EIGENVALUE, np.bool_)
