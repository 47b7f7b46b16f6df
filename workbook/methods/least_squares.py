"""Non-linear least squares for many small problems at once (Levenberg–Marquardt)."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from workbook.methods.arrays import BoolArray, FloatArray, IntArray

ResidualModel = Callable[[IntArray, FloatArray], tuple[FloatArray, FloatArray]]
"""(indices of m problems, their parameters (m, k)) → residuals, data minus model, (m, points), and
the model's slopes (m, k, points)."""

MAXIMUM_ITERATIONS = 60
_CONVERGED_COSINE = 1e-7
"""Cosine of the angle between residuals and any slope below which a search has converged."""
EXACT_FIT_FRACTION = 1e-20
"""Sum of squares, as a fraction of the data's, below which a fit is exact."""
_DAMPING_BOUNDS = (1e-12, 1e-2, 1e8)
"""Least, first and largest damping. A search that would exceed the largest has ended."""
_MINIMUM_GAIN = 1e-15
"""Gain, as a fraction of the sum of squares, that is too small to go on."""
_SMALLEST_DIVISOR, _LARGEST_SLOPE = 1e-300, 1e100
"""A divisor that prevents division by 0, and the slope above which a trial is rejected."""


@dataclass(frozen=True)
class SearchResults:
    """End of each search.

    ``parameters`` have shape (n, k), ``residual_squares`` and ``converged`` shape (n,).
    """

    parameters: FloatArray
    residual_squares: FloatArray
    converged: BoolArray

    def select_searches(self, positions: slice) -> "SearchResults":
        """Keep some searches.

        Args:
            positions: Positions of the searches to keep.

        Returns:
            The results of these searches.
        """
        return SearchResults(
            self.parameters[positions], self.residual_squares[positions], self.converged[positions]
        )


def minimise_squares(
    model: ResidualModel, starts: FloatArray, data_squares: FloatArray
) -> SearchResults:
    """Minimise the sum of squared residuals from each start, all at once.

    The method is Levenberg's with Marquardt's scaling (1963). Library routines take one problem at
    a time. A back-test has a few hundred, of a dozen points each.

    Args:
        model: Function that gives residuals and slopes of some of the problems.
        starts: Starting parameters, shape (n, k).
        data_squares: Sum of squares of each problem's data, shape (n,). A fit is exact when its own
            sum of squares is negligible beside it.

    Returns:
        Parameters, sum of squares and convergence of each search.
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
            np.abs(trial_slopes).reshape(len(problems), -1).max(axis=1) < _LARGEST_SLOPE,
            _sum_of_squares(trial_residuals),
            np.inf,
        )
        squares_before = squares[problems]
        improved, gain = trial_squares <= squares_before, squares_before - trial_squares
        improved_problems = problems[improved]
        still_improving = (gain > _MINIMUM_GAIN * squares_before) & (
            trial_squares > EXACT_FIT_FRACTION / 1e4 * data_squares[problems]
        )
        parameters[improved_problems], residuals[improved_problems], slopes[improved_problems] = (
            trial_parameters[improved],
            trial_residuals[improved],
            trial_slopes[improved],
        )
        squares[improved_problems] = trial_squares[improved]
        next_damping = np.maximum(
            damping[problems] * np.where(improved, 0.1, 10.0), _DAMPING_BOUNDS[0]
        )
        damping[problems] = next_damping
        active[problems] = np.where(improved, still_improving, next_damping < _DAMPING_BOUNDS[2])
        if not active.any():
            break
    converged = (squares <= EXACT_FIT_FRACTION * data_squares) | (
        _largest_cosine(residuals, slopes) <= _CONVERGED_COSINE
    )
    return SearchResults(parameters, squares, converged)


def _sum_of_squares(residuals: FloatArray) -> FloatArray:
    """Sum of squares of each problem, infinite where it is not a number."""
    totals = np.einsum("ni,ni->n", residuals, residuals)
    return np.where(np.isfinite(totals), totals, np.inf)


def _damped_step(residuals: FloatArray, slopes: FloatArray, damping: FloatArray) -> FloatArray:
    """Step of each search from the damped normal equations, shape (n, k)."""
    normal_matrix = np.einsum("nki,nli->nkl", slopes, slopes)
    gradient = np.einsum("nki,ni->nk", slopes, residuals)
    diagonal = np.einsum("nkk->nk", normal_matrix)  # a view, which is changed below
    # A slope of 0 would make the equations singular. The floor leaves its parameter unchanged.
    floor = 1e-14 * diagonal.max(axis=1, keepdims=True) + _SMALLEST_DIVISOR
    diagonal += np.maximum(damping[:, None] * diagonal, floor)
    return np.asarray(np.linalg.solve(normal_matrix, gradient[..., None])[..., 0], np.float64)


def _largest_cosine(residuals: FloatArray, slopes: FloatArray) -> FloatArray:
    """Largest cosine of the angle between the residuals and a slope, shape (n,)."""
    projections = np.abs(np.einsum("nki,ni->nk", slopes, residuals))
    norms = np.sqrt(np.einsum("nki,nki->nk", slopes, slopes) * _sum_of_squares(residuals)[:, None])
    return np.asarray((projections / np.maximum(norms, _SMALLEST_DIVISOR)).max(axis=1), np.float64)
