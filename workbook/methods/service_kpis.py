"""The four service indicators, from counts.

The functions take numbers or arrays of one shape, with NaN for what is missing. They return NaN
where a figure is missing or the denominator is 0: where nobody started a transaction, the
completion rate is unknown and not 0. The definitions are those of the Government Service Design
Manual (2013 to 2016) and of the Service Manual.
"""

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray

_SATISFIED_RATINGS = 2
"""Number of ratings that count as satisfied: the two highest of five."""


def take_up_share(
    online: npt.ArrayLike,
    assisted: npt.ArrayLike,
    paper: npt.ArrayLike,
    phone: npt.ArrayLike,
    *,
    assisted_counts: bool = False,
) -> FloatArray:
    """Digital take-up: transactions completed online as a share of all.

    Args:
        online: Transactions completed online without help.
        assisted: Transactions completed online with help.
        paper: Transactions completed on paper.
        phone: Transactions completed by telephone.
        assisted_counts: Count assisted transactions as digital, as today's definition does. The
            manual of 2013 to 2016 does not.

    Returns:
        Share as a fraction of 1, in the shape of the counts.

    Raises:
        ValueError: If a count is negative.

    Example:
        >>> float(take_up_share(700, 100, 150, 50))
        0.7
        >>> float(take_up_share(700, 100, 150, 50, assisted_counts=True))
        0.8
    """
    unaided, with_assistance, *others = _non_negative_counts(online, assisted, paper, phone)
    digital = unaided + with_assistance if assisted_counts else unaided
    return _ratio_or_nan(digital, unaided + with_assistance + sum(others))


def satisfied_share(ratings: npt.ArrayLike) -> FloatArray:
    """Share of users who gave one of the two highest of five ratings.

    Args:
        ratings: Number of users who gave 1, 2, 3, 4 and 5, shape (…, 5).

    Returns:
        Share as a fraction of 1, shape (…).

    Raises:
        ValueError: If a count is negative.

    Example:
        >>> float(satisfied_share([10, 10, 20, 40, 20]))
        0.6
    """
    (rating_counts,) = _non_negative_counts(ratings)
    return _ratio_or_nan(
        rating_counts[..., -_SATISFIED_RATINGS:].sum(axis=-1), rating_counts.sum(axis=-1)
    )


def mean_satisfaction(ratings: npt.ArrayLike) -> FloatArray:
    """Mean rating on a scale from 0 to 1, (mean − 1) / 4.

    Args:
        ratings: Number of users who gave 1, 2, 3, 4 and 5, shape (…, 5).

    Returns:
        Mean as a fraction of 1, shape (…).

    Raises:
        ValueError: If a count is negative.

    Example:
        >>> float(mean_satisfaction([10, 10, 20, 40, 20]))
        0.625
    """
    (rating_counts,) = _non_negative_counts(ratings)
    points = np.arange(rating_counts.shape[-1]) / (rating_counts.shape[-1] - 1)
    return _ratio_or_nan(rating_counts @ points, rating_counts.sum(axis=-1))


def completion_rate(completed: npt.ArrayLike, started: npt.ArrayLike) -> FloatArray:
    """Completed transactions as a share of those started.

    Args:
        completed: Transactions completed.
        started: Transactions started.

    Returns:
        Share as a fraction of 1, in the shape of the counts.

    Raises:
        ValueError: If a count is negative.

    Example:
        >>> completion_rate([1_000, 0], [2_000, 0]).tolist()
        [0.5, nan]
    """
    return _ratio_or_nan(*_non_negative_counts(completed, started))


def cost_per_transaction(cost: npt.ArrayLike, completed: npt.ArrayLike) -> FloatArray:
    """Cost of one completed transaction.

    Args:
        cost: Total cost in £.
        completed: Transactions completed.

    Returns:
        Cost per transaction in £, in the shape of the arguments.

    Raises:
        ValueError: If a cost or a count is negative.

    Example:
        >>> float(cost_per_transaction(5_000, 2_000))
        2.5
    """
    return _ratio_or_nan(*_non_negative_counts(cost, completed))


def _non_negative_counts(*values: npt.ArrayLike) -> list[FloatArray]:
    """Counts as floats, none of them negative."""
    arrays = [np.asarray(array, np.float64) for array in values]
    for array in arrays:
        if (array < 0).any():
            raise ValueError(f"count is {np.nanmin(array):g}: it must be 0 or more")
    return arrays


def _ratio_or_nan(numerator: npt.ArrayLike, denominator: npt.ArrayLike) -> FloatArray:
    """Numerator divided by denominator, NaN where the denominator is not above 0."""
    numerators, denominators = (
        np.asarray(numerator, np.float64),
        np.asarray(denominator, np.float64),
    )
    # A NaN denominator gives NaN without a warning.
    return np.asarray(numerators / np.where(denominators > 0, denominators, np.nan), np.float64)
