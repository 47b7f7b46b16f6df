"""What makes the fit of a curve fail, in plain words: then it is never used."""

import numpy as np

from workbook.methods.arrays import BoolArray, FloatArray
from workbook.methods.curves import Curve

NO_LEVEL = "its level is not above 0"
AT_CEILING = "its level lies at the ceiling"
NO_GROWTH = "its rate lies at 0: the figures show no such curve"
A_STEP = "its rate has no end: the figures show a step"
NOT_CONVERGED = "the search for its parameters did not converge"
UNDETERMINED = "the figures do not determine its parameters"
VARIOUS = "its answer depends on where the search began"

SLOWEST = 0.02
"""A rate times the span of the data below which its curve is no curve: the bound at 0."""
STEEPEST = 20.0
"""A rate times the step between the data above which the curve jumps between two of them."""
ENDLESS = 1e100
"""A rate that has run away is held here, so that it can be multiplied."""
VAGUE = 1e-10
"""Least eigenvalue of the slopes' correlations below which the data do not tell them apart."""
CLOSE = 1e-6
"""Searches agree whose sums of squares differ by less than this fraction of the least."""
LEAST_SEARCHES = 2
"""Searches that must have come to the answer, from different starts."""


def failures(
    curve: Curve,
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
        rates = np.minimum(curve.rates(first, second), ENDLESS)
    reasons = {
        NO_LEVEL: ~(level > 0),
        AT_CEILING: level >= ceiling,
        NO_GROWTH: rates.min(axis=1) * span < SLOWEST,
        A_STEP: rates.max(axis=1) * step > STEEPEST,
        NOT_CONVERGED: ~converged,
        UNDETERMINED: _vague(slopes),
        VARIOUS: ~agree,
    }
    return tuple(np.select(list(reasons.values()), list(reasons), default="").tolist())


def agree(squares: FloatArray, converged: BoolArray, exact: FloatArray) -> BoolArray:
    """Whether each fit's searches ended at one answer, shape (fits,).

    Args:
        squares: Where they ended, shape (fits, starts).
        converged: Whether they came to rest there, shape (fits, starts).
        exact: The sum of squares that is nothing but rounding, shape (fits,).

    Enough of them came to the least sum of squares, and none came to rest anywhere else.
    """
    close = squares <= squares.min(axis=1, keepdims=True) * (1 + CLOSE) + exact[:, None]
    enough = close.sum(axis=1) >= LEAST_SEARCHES
    return np.asarray(enough & ~(converged & ~close).any(axis=1), np.bool_)


def _vague(slopes: FloatArray) -> BoolArray:
    length = np.sqrt(np.square(slopes).sum(axis=1))
    unit = slopes / np.maximum(length, np.finfo(np.float64).tiny)[:, None]
    least = np.linalg.eigvalsh(np.matmul(unit.transpose(0, 2, 1), unit))[:, 0]
    return np.asarray(least < VAGUE, np.bool_)
