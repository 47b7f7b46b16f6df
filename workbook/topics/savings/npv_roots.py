"""Search for the values of an input at which the net present value is zero."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy.optimize import elementwise

from workbook.methods.arrays import FloatArray
from workbook.topics.savings.appraisal import calculate_npv
from workbook.topics.savings.inputs import AppraisalInputs

SearchIndices = npt.NDArray[np.intp]
"""For each candidate the search to which it belongs."""

VaryInputs = Callable[[FloatArray, SearchIndices], AppraisalInputs]
"""Inputs with candidates in place of their own values."""


def find_npv_zeros(
    vary_inputs: VaryInputs, search_points: FloatArray, *, rising: bool = False
) -> FloatArray:
    """Find where the net present value first changes its sign, for several searches at once.

    Args:
        vary_inputs: Gives the inputs for candidates; both arguments have the same shape.
        search_points: Candidates in the order of the search, shape (points, searches).
        rising: Whether only a change from 0 or less to a positive value counts.

    Returns:
        The value at which NPV is zero for each search, shape (searches,); NaN if there is none.
    """

    def evaluate_candidates(candidates: FloatArray, indices: SearchIndices) -> FloatArray:
        npv = calculate_npv(vary_inputs(candidates, indices))
        return np.array(np.broadcast_to(npv, candidates.shape))

    columns = np.arange(search_points.shape[1])
    sign = np.sign(
        evaluate_candidates(search_points, np.broadcast_to(columns, search_points.shape))
    )
    before, after = sign[:-1], sign[1:]
    crossings = (before <= 0) & (after > 0) if rising else before != after
    first_crossing = crossings.argmax(axis=0)
    bracket = search_points[first_crossing, columns], search_points[first_crossing + 1, columns]
    crossing_columns = np.flatnonzero(crossings.any(axis=0))
    roots = np.full(len(columns), np.nan)
    if crossing_columns.size:
        intervals = tuple(end[crossing_columns] for end in bracket)
        roots[crossing_columns] = elementwise.find_root(
            evaluate_candidates, intervals, args=(crossing_columns,)
        ).x
    return roots
