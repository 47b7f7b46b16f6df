"""Overlap of rolling windows: how their errors correlate, and how much information they hold.

A window is twelve months and the next one ends a quarter later, so two windows h quarters apart
share 4 − h quarters. If the errors of quarters are independent, those of the windows have the
correlation 1 − h/4 (Hansen and Hodrick, 1980, on overlapping forecast errors).
"""

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray

QUARTERS_PER_WINDOW = 4
"""Quarters in a window."""


def overlap_correlation(lags: npt.ArrayLike) -> FloatArray:
    """Correlation of the errors of two windows, max(0, 1 − h/4).

    Args:
        lags: Quarters h between the ends of the windows, any shape.

    Returns:
        Correlation, in the same shape.

    Example:
        >>> overlap_correlation([0, 1, 2, 3, 4, 5]).tolist()
        [1.0, 0.75, 0.5, 0.25, 0.0, 0.0]
    """
    return np.maximum(0.0, 1 - np.abs(np.asarray(lags, np.float64)) / QUARTERS_PER_WINDOW)


def overlap_correlation_matrix(windows: int, persistence: float = 0.0) -> FloatArray:
    """Correlation matrix of the errors of consecutive windows.

    Args:
        windows: Number of windows.
        persistence: Correlation of the errors of neighbouring quarters, which then follow a
            first-order autoregression; 0 if quarters are independent.

    Returns:
        Matrix, shape (windows, windows).

    Example:
        >>> overlap_correlation_matrix(2, persistence=0.5).round(4).tolist()
        [[1.0, 0.8864], [0.8864, 1.0]]
    """
    quarters = np.arange(windows + QUARTERS_PER_WINDOW - 1)
    quarter_correlation = persistence ** np.abs(quarters[:, None] - quarters)
    sums = np.lib.stride_tricks.sliding_window_view(
        quarter_correlation, (QUARTERS_PER_WINDOW, QUARTERS_PER_WINDOW)
    ).sum(axis=(2, 3))
    return np.asarray(sums / sums[0, 0], np.float64)


def count_independent_years(windows: int) -> float:
    """Number of independent years in consecutive windows, (n + 3) / 4.

    Args:
        windows: Number of windows n.

    Returns:
        Years.

    Example:
        >>> count_independent_years(6)
        2.25
    """
    return (windows + QUARTERS_PER_WINDOW - 1) / QUARTERS_PER_WINDOW


def count_independent_forecasts(forecasts: int, horizon: int) -> float:
    """Number of independent errors in consecutive forecasts, (n + h + 2) / (h + 3).

    The error of a forecast h quarters ahead is the change over h windows, which covers h + 3
    quarters. The next forecast's error shares all but one of them.

    Args:
        forecasts: Number of forecasts n, each from a window a quarter after the one before.
        horizon: Quarters ahead h, at least 1.

    Returns:
        Number of errors, 0 without a forecast.

    Example:
        >>> count_independent_forecasts(14, horizon=1), count_independent_forecasts(3, horizon=12)
        (4.25, 1.1333333333333333)
    """
    return (forecasts + horizon + 2) / (horizon + 3) if forecasts else 0.0


def change_variance_growth(horizons: npt.ArrayLike) -> FloatArray:
    """Variance of a change over h quarters, as a multiple of that over one quarter.

    If take-up of the quarters is a random walk, a window's change over one quarter is the mean of
    four steps. Neighbouring changes share three of them. With r their correlation, the sum of h
    such changes has Σij r(i − j) = h + 2 Σk<min(h, 4) (h − k)(1 − k/4) times the variance of one.

    Args:
        horizons: Quarters h, any shape.

    Returns:
        Multiples, in the same shape: 1, 3.5, 7, 11, then 4h − 5.

    Example:
        >>> change_variance_growth([1, 2, 3, 4, 5]).tolist()
        [1.0, 3.5, 7.0, 11.0, 15.0]
    """
    horizon_array = np.asarray(horizons, np.float64)
    lags = np.arange(1, QUARTERS_PER_WINDOW)
    shared_pairs = np.maximum(0.0, horizon_array[..., None] - lags)
    return horizon_array + 2 * (shared_pairs @ overlap_correlation(lags))


def change_degrees_of_freedom(changes: int) -> float:
    """Degrees of freedom of the mean square of consecutive changes, n² / Σij r(i − j)².

    A scaled χ² distribution with these degrees of freedom has the mean and variance of the mean
    square of correlated normal values (Satterthwaite, 1946). Four changes count as 1.9 independent
    ones.

    Args:
        changes: Number n of consecutive changes.

    Returns:
        Degrees of freedom, 0 without a change.

    Example:
        >>> round(change_degrees_of_freedom(4), 1)
        1.9
    """
    return (
        float(changes**2 / np.square(overlap_correlation_matrix(changes)).sum()) if changes else 0.0
    )
