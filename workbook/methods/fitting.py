"""Non-linear least squares of many small problems at once (Levenberg-Marquardt)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from workbook.methods.arrays import BoolArray, FloatArray, IntArray

Model = Callable[[IntArray, FloatArray], tuple[FloatArray, FloatArray]]
"""(which of the problems, their parameters (m, k)) → residuals (m, points) of the data less the
model, and the model's slopes (m, points, k)."""

ROUNDS = 60
FINE = 1e-7
"""Cosine of the angle between residuals and any slope below which a search has converged."""
EXACT = 1e-20
"""Sum of squares, as a fraction of the data's, below which a fit is exact and has no angle."""
DAMPING = (1e-12, 1e-2, 1e8)
"""Least, first and most: beyond the most a search has nowhere better to go."""
ENOUGH = 1e-15
"""A gain, as a fraction of the sum of squares, that is no gain."""
TINY, HUGE = 1e-300, 1e100
"""Against dividing by nothing; and a slope that no use can be made of."""


@dataclass(frozen=True)
class Searches:
    """Where each search ended: parameters (n, k), sums of squares (n,), whether it converged."""

    parameters: FloatArray
    squares: FloatArray
    converged: BoolArray


def search(model: Model, starts: FloatArray, size: FloatArray) -> Searches:
    """Minimise the sum of squared residuals from each start, all at once.

    Args:
        model: Residuals and slopes of some of the problems.
        starts: Parameters to begin from, shape (n, k).
        size: Sum of squares of each problem's data, shape (n,): a fit is exact when its own is
            nothing beside it.

    With Marquardt's scaling (1963). A library's own routine takes one problem at a time, and a
    record of forecasts has a few hundred, of a dozen points each.
    """
    at, damping = starts.copy(), np.full(len(starts), DAMPING[1])
    residuals, slopes = model(np.arange(len(at)), at)
    squares, active = _squares(residuals), np.ones(len(at), np.bool_)
    for _ in range(ROUNDS):
        who = np.flatnonzero(active)
        trial = at[who] + _step(residuals[who], slopes[who], damping[who])
        found, found_slopes = model(who, trial)
        new = np.where(np.abs(found_slopes).max((1, 2)) < HUGE, _squares(found), np.inf)
        better, gain = new <= squares[who], squares[who] - new
        won = who[better]
        going = (gain > ENOUGH * squares[who]) & (new > EXACT / 1e4 * size[who])
        at[won], residuals[won], slopes[won] = trial[better], found[better], found_slopes[better]
        squares[won] = new[better]
        damping[who] = np.maximum(damping[who] * np.where(better, 0.1, 10.0), DAMPING[0])
        active[who] = np.where(better, going, damping[who] < DAMPING[2])
        if not active.any():
            break
    converged = (squares <= EXACT * size) | (_cosine(residuals, slopes) <= FINE)
    return Searches(at, squares, converged)


def _squares(residuals: FloatArray) -> FloatArray:
    total = np.einsum("ni,ni->n", residuals, residuals)
    return np.where(np.isfinite(total), total, np.inf)


def _step(residuals: FloatArray, slopes: FloatArray, damping: FloatArray) -> FloatArray:
    """The way down, shape (n, k), from the damped normal equations."""
    normal = np.einsum("nij,nik->njk", slopes, slopes)
    downhill = np.einsum("nij,ni->nj", slopes, residuals)
    diagonal = np.einsum("njj->nj", normal)
    # A slope that vanished would make the equations singular: its parameter stays where it is.
    floor = 1e-14 * diagonal.max(axis=1, keepdims=True) + TINY
    each = np.arange(diagonal.shape[1])
    normal[:, each, each] += np.maximum(damping[:, None] * diagonal, floor)
    return np.asarray(np.linalg.solve(normal, downhill[..., None])[..., 0], np.float64)


def _cosine(residuals: FloatArray, slopes: FloatArray) -> FloatArray:
    """The largest cosine of the angle between the residuals and a slope, of each problem."""
    along = np.abs(np.einsum("nij,ni->nj", slopes, residuals))
    lengths = np.sqrt(np.einsum("nij,nij->nj", slopes, slopes) * _squares(residuals)[:, None])
    return np.asarray((along / np.maximum(lengths, TINY)).max(axis=1), np.float64)
