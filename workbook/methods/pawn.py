"""PAWN indices: how far knowing an input moves the whole distribution of a result.

They are calculated from simulations at hand. Source: Pianosi, F. and Wagener, T. (2018),
"Distribution-based sensitivity analysis from a generic input-output sample", Environmental
Modelling & Software 108, 197–207.
"""

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray, IntArray
from workbook.methods.draws import random_stream

INTERVAL_COUNT = 10
"""Intervals into which the simulations are split by the input, as the source proposes."""

_NOISE_REPETITIONS = 300
_NOISE_QUANTILE = 0.99
"""How often an input without any effect stays below the noise level."""

_MOST_DUMMY_SIMULATIONS = 2_000
"""Simulations of a dummy input. With more, the level falls with the root of their number."""


def pawn_index(assumption: npt.ArrayLike, result: npt.ArrayLike) -> float:
    """PAWN index of one input.

    The simulations are split into 10 intervals of the input with as many simulations each. The
    index is the median over the intervals of the Kolmogorov–Smirnov distance between the result's
    distribution in the interval and in all simulations. It includes interactions with other inputs.

    Args:
        assumption: Value of the input in each simulation, shape (simulations,).
        result: Value of the result in each simulation, in the same shape; it may be infinite.

    Returns:
        The index, from 0 to 1. An input without effect has one near ``noise_level``'s.

    Raises:
        ValueError: If there are fewer simulations than intervals.

    Example:
        The input alone decides the result, whatever its shape:

        >>> values = np.linspace(0, 1, 1_000)
        >>> pawn_index(values, values**3)
        0.7
    """
    inputs, results = np.asarray(assumption, np.float64), np.asarray(result, np.float64)
    return _median_distance(_split_equally(inputs), results)


@lru_cache(maxsize=8)
def noise_level(simulations: int, seed: int) -> float:
    """Level below which a PAWN index is no more than chance.

    It is the 99th percentile of the index of a dummy input, which has no effect, over 300 random
    orders (the dummy parameter of Pianosi and Wagener, 2018, section 2.3). It does not depend on
    the distribution of a continuous result. Where many results are equal it errs on the high side.
    Above 2,000 simulations, it is that of 2,000, divided by the root of the ratio.

    Args:
        simulations: Number of simulations.
        seed: Random seed.

    Returns:
        The level, from 0 to 1.

    Raises:
        ValueError: If there are fewer simulations than intervals.
    """
    count = min(simulations, _MOST_DUMMY_SIMULATIONS)
    stream, results = random_stream(seed, "dummy"), np.arange(count, dtype=float)
    indices = [
        _median_distance(_split_equally(stream.random(count)), results)
        for _ in range(_NOISE_REPETITIONS)
    ]
    return float(np.quantile(indices, _NOISE_QUANTILE)) * float(np.sqrt(count / simulations))


def _split_equally(values: FloatArray) -> IntArray:
    """Interval of each value, with as many values in each as possible."""
    if values.size < INTERVAL_COUNT:
        raise ValueError(
            f"there are {values.size} simulations: a PAWN index needs at least {INTERVAL_COUNT}"
        )
    intervals = np.empty(values.size, np.intp)
    intervals[np.argsort(values, kind="stable")] = (
        np.arange(values.size) * INTERVAL_COUNT // values.size
    )
    return intervals


def _median_distance(intervals: IntArray, results: FloatArray) -> float:
    order = np.argsort(results, kind="stable")
    ordered = results[order]
    is_last_of_equals = np.append(ordered[1:] != ordered[:-1], [True])
    is_member = intervals[order] == np.arange(INTERVAL_COUNT)[:, np.newaxis]
    within = is_member.cumsum(axis=1)[:, is_last_of_equals]
    shares = (np.flatnonzero(is_last_of_equals) + 1) / results.size
    distances = np.abs(within / within[:, -1:] - shares).max(axis=1)
    return float(np.median(distances))
