"""Search for the arguments at which functions are zero, for many functions at once."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.optimize import elementwise

from workbook.methods.arrays import FloatArray, FloatOrArray

SearchIndices = npt.NDArray[np.intp]
"""For each candidate the search to which it belongs."""

EvaluateCandidates = Callable[[FloatArray, SearchIndices], FloatOrArray]
"""Values of the functions at candidates."""


def find_first_zeros(
    evaluate: EvaluateCandidates, search_points: FloatArray, *, rising: bool = False
) -> FloatArray:
    """Find where each function first changes its sign, and there its zero.

    Args:
        evaluate: Gives the values at candidates. Both arguments have the same shape, to which the
            result is broadcast.
        search_points: Candidates in the order of the search, shape (points, searches).
        rising: Whether only a change from 0 or less to a positive value counts.

    Returns:
        The zero of each search, shape (searches,); NaN where the sign does not change.

    Example:
        >>> targets = np.array([4.0, 9.0, 200.0])
        >>> def excess(roots, indices):
        ...     return roots**2 - targets[indices]
        >>> points = np.repeat(np.linspace(0, 10, 11)[:, np.newaxis], 3, axis=1)
        >>> find_first_zeros(excess, points + 0.5).round(6).tolist()
        [2.0, 3.0, nan]
    """

    def evaluate_whole(candidates: FloatArray, indices: SearchIndices) -> FloatArray:
        return np.array(np.broadcast_to(evaluate(candidates, indices), candidates.shape))

    columns = np.arange(search_points.shape[1])
    sign = np.sign(evaluate_whole(search_points, np.broadcast_to(columns, search_points.shape)))
    before, after = sign[:-1], sign[1:]
    crossings = (before <= 0) & (after > 0) if rising else before != after
    first_crossing = crossings.argmax(axis=0)
    bracket = search_points[first_crossing, columns], search_points[first_crossing + 1, columns]
    crossing_columns = np.flatnonzero(crossings.any(axis=0))
    roots = np.full(len(columns), np.nan)
    if crossing_columns.size:
        intervals = tuple(end[crossing_columns] for end in bracket)
        roots[crossing_columns] = elementwise.find_root(
            evaluate_whole, intervals, args=(crossing_columns,)
        ).x
    return roots
