"""Rolling windows overlap: how their errors correlate, and how little they really hold.

A window is twelve months and the next is published a quarter later, so two windows h quarters
apart share 4 − h of their quarters. With independent errors of the quarters, those of the windows
correlate 1 − h/4 (Hansen and Hodrick, 1980, on overlapping forecast errors).
"""

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray

QUARTERS_PER_WINDOW = 4
"""Quarters in a window."""


def overlap_correlation(lags: npt.ArrayLike) -> FloatArray:
    """Correlation of the errors of two windows that are ``lags`` quarters apart, 1 − h/4 or 0."""
    return np.maximum(0.0, 1 - np.abs(np.asarray(lags, np.float64)) / QUARTERS_PER_WINDOW)


def overlap_correlation_matrix(windows: int) -> FloatArray:
    """The correlation matrix of consecutive windows, shape (windows, windows)."""
    quarters = np.arange(windows)
    return overlap_correlation(quarters[:, None] - quarters)


def count_independent_years(windows: int) -> float:
    """How many independent years consecutive windows hold, (n + 3) / 4."""
    return (windows + QUARTERS_PER_WINDOW - 1) / QUARTERS_PER_WINDOW


def change_variance_growth(horizons: npt.ArrayLike) -> FloatArray:
    """Variance of a change over h quarters, as a multiple of that over one.

    Where the quarters' take-up is a random walk, a window's change over one quarter is the mean of
    four of its steps, and neighbouring changes share three of them. With r their correlation, the
    sum of h such changes has Σij r(i − j) = h + 2 Σk<min(h, 4) (h − k)(1 − k/4) times one's
    variance: 1, 3.5, 7, 11, …, 4h − 5, and not h.
    """
    horizon_array = np.asarray(horizons, np.float64)
    lags = np.arange(1, QUARTERS_PER_WINDOW)
    shared_pairs = np.maximum(0.0, horizon_array[..., None] - lags)
    return horizon_array + 2 * (shared_pairs @ overlap_correlation(lags))


def change_degrees_of_freedom(changes: int) -> float:
    """Degrees of freedom of the mean square of consecutive changes, n² / Σij r(i − j)².

    Satterthwaite's: a scaled χ² with this many has the mean and variance that the mean square of
    correlated normal values has. Four changes are worth 1.9 independent ones.
    """
    return (
        float(changes**2 / np.square(overlap_correlation_matrix(changes)).sum()) if changes else 0.0
    )
