"""What makes the fit of a curve fail, in plain words: then it is never used."""

import numpy as np

from workbook.methods.arrays import BoolArray, FloatArray
from workbook.methods.diffusion_curves import DiffusionCurve

LEVEL_NOT_POSITIVE = "its level is not above 0"
LEVEL_AT_CEILING = "its level lies at the ceiling"
RATE_AT_BOUND = "its rate runs to 0 or without limit: the figures show no such curve"
SEARCH_NOT_CONVERGED = "the search for its parameters did not converge"
PARAMETERS_UNDETERMINED = "the figures do not determine its parameters"
SEARCHES_DISAGREE = "its answer depends on where the search began"

_MINIMUM_RATE_SPAN = 0.02
"""A rate times the span of the data below which its curve is no curve: the bound at 0."""
_MAXIMUM_RATE_STEP = 20.0
"""A rate times the step between the data above which the curve jumps between two of them."""
_MAXIMUM_RATE = 1e100
"""A rate that has run away is held here, so that it can be multiplied."""
_MINIMUM_SLOPE_EIGENVALUE = 1e-10
"""Least eigenvalue of the slopes' correlations below which the data do not tell them apart."""
_AGREEMENT_TOLERANCE = 1e-6
"""Searches agree whose sums of squares differ by less than this fraction of the least."""
_MINIMUM_SEARCHES = 2
"""Searches that must have come to the answer, from different starts."""


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
    """Why each fit must not be used; empty where it may.

    Args:
        curve: Which curve.
        parameters: Of each fit, shape (fits, 3).
        slopes: Whitened, shape (fits, points, 3).
        ceiling: What the level must stay below.
        span: Time from the first to the last point of each fit, shape (fits,).
        step: The least time between two points.
        converged: Whether the best search of each fit did, shape (fits,).
        agree: Whether its searches ended at one answer, shape (fits,).
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
    """Whether each fit's searches ended at one answer, shape (fits,).

    Args:
        squares: Where they ended, shape (fits, starts).
        converged: Whether they came to rest there, shape (fits, starts).
        exact: The sum of squares that is nothing but rounding, shape (fits,).

    Enough of them came to the least sum of squares, and none came to rest anywhere else.
    """
    at_minimum = (
        squares <= squares.min(axis=1, keepdims=True) * (1 + _AGREEMENT_TOLERANCE) + exact[:, None]
    )
    enough_searches = at_minimum.sum(axis=1) >= _MINIMUM_SEARCHES
    return np.asarray(enough_searches & ~(converged & ~at_minimum).any(axis=1), np.bool_)


def _parameters_undetermined(slopes: FloatArray) -> BoolArray:
    slope_norms = np.sqrt(np.square(slopes).sum(axis=1))
    unit_slopes = slopes / np.maximum(slope_norms, np.finfo(np.float64).tiny)[:, None]
    least_eigenvalues = np.linalg.eigvalsh(np.matmul(unit_slopes.transpose(0, 2, 1), unit_slopes))[
        :, 0
    ]
    return np.asarray(least_eigenvalues < _MINIMUM_SLOPE_EIGENVALUE, np.bool_)
