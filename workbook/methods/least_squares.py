"""Non-linear least squares of many small problems at once (Levenberg-Marquardt)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from workbook.methods.arrays import BoolArray, FloatArray, IntArray

ResidualModel = Callable[[IntArray, FloatArray], tuple[FloatArray, FloatArray]]
"""(which of the problems, their parameters (m, k)) → residuals (m, points) of the data less the
model, and the model's slopes (m, points, k)."""

MAXIMUM_ITERATIONS = 60
_CONVERGED_COSINE = 1e-7
"""Cosine of the angle between residuals and any slope below which a search has converged."""
EXACT_FIT_FRACTION = 1e-20
"""Sum of squares, as a fraction of the data's, below which a fit is exact and has no angle."""
_DAMPING_BOUNDS = (1e-12, 1e-2, 1e8)
"""Least, first and most: beyond the most a search has nowhere better to go."""
_MINIMUM_GAIN = 1e-15
"""A gain, as a fraction of the sum of squares, that is no gain."""
_SMALLEST_DIVISOR, _LARGEST_SLOPE = 1e-300, 1e100
"""Against dividing by nothing; and a slope that no use can be made of."""


@dataclass(frozen=True)
class SearchResults:
    """Where each search ended: parameters (n, k), sums of squares (n,), whether it converged."""

    parameters: FloatArray
    residual_squares: FloatArray
    converged: BoolArray


def minimise_squares(
    model: ResidualModel, starts: FloatArray, data_squares: FloatArray
) -> SearchResults:
    """Minimise the sum of squared residuals from each start, all at once.

    Args:
        model: Residuals and slopes of some of the problems.
        starts: Parameters to begin from, shape (n, k).
        data_squares: Sum of squares of each problem's data, shape (n,): a fit is exact when its
            own is             nothing beside it.

    With Marquardt's scaling (1963). A library's own routine takes one problem at a time, and a
    record of forecasts has a few hundred, of a dozen points each.
    """
    parameters, damping = starts.copy(), np.full(len(starts), _DAMPING_BOUNDS[1])
    residuals, slopes = model(np.arange(len(parameters)), parameters)
    squares, active = _sum_of_squares(residuals), np.ones(len(parameters), np.bool_)
    for _ in range(MAXIMUM_ITERATIONS):
        problems = np.flatnonzero(active)
        trial_parameters = parameters[problems] + _damped_step(
            residuals[problems], slopes[problems], damping[problems]
        )
        trial_residuals, trial_slopes = model(problems, trial_parameters)
        trial_squares = np.where(
            np.abs(trial_slopes).max((1, 2)) < _LARGEST_SLOPE,
            _sum_of_squares(trial_residuals),
            np.inf,
        )
        improved, gain = trial_squares <= squares[problems], squares[problems] - trial_squares
        improved_problems = problems[improved]
        still_improving = (gain > _MINIMUM_GAIN * squares[problems]) & (
            trial_squares > EXACT_FIT_FRACTION / 1e4 * data_squares[problems]
        )
        parameters[improved_problems], residuals[improved_problems], slopes[improved_problems] = (
            trial_parameters[improved],
            trial_residuals[improved],
            trial_slopes[improved],
        )
        squares[improved_problems] = trial_squares[improved]
        damping[problems] = np.maximum(
            damping[problems] * np.where(improved, 0.1, 10.0), _DAMPING_BOUNDS[0]
        )
        active[problems] = np.where(
            improved, still_improving, damping[problems] < _DAMPING_BOUNDS[2]
        )
        if not active.any():
            break
    converged = (squares <= EXACT_FIT_FRACTION * data_squares) | (
        _largest_cosine(residuals, slopes) <= _CONVERGED_COSINE
    )
    return SearchResults(parameters, squares, converged)


def _sum_of_squares(residuals: FloatArray) -> FloatArray:
    totals = np.einsum("ni,ni->n", residuals, residuals)
    return np.where(np.isfinite(totals), totals, np.inf)


def _damped_step(residuals: FloatArray, slopes: FloatArray, damping: FloatArray) -> FloatArray:
    """The way down, shape (n, k), from the damped normal equations."""
    normal_matrix = np.einsum("nij,nik->njk", slopes, slopes)
    gradient = np.einsum("nij,ni->nj", slopes, residuals)
    diagonal = np.einsum("njj->nj", normal_matrix)
    # A slope that vanished would make the equations singular: its parameter stays where it is.
    floor = 1e-14 * diagonal.max(axis=1, keepdims=True) + _SMALLEST_DIVISOR
    indices = np.arange(diagonal.shape[1])
    normal_matrix[:, indices, indices] += np.maximum(damping[:, None] * diagonal, floor)
    return np.asarray(np.linalg.solve(normal_matrix, gradient[..., None])[..., 0], np.float64)


def _largest_cosine(residuals: FloatArray, slopes: FloatArray) -> FloatArray:
    """The largest cosine of the angle between the residuals and a slope, of each problem."""
    projections = np.abs(np.einsum("nij,ni->nj", slopes, residuals))
    norms = np.sqrt(np.einsum("nij,nij->nj", slopes, slopes) * _sum_of_squares(residuals)[:, None])
    return np.asarray((projections / np.maximum(norms, _SMALLEST_DIVISOR)).max(axis=1), np.float64)
