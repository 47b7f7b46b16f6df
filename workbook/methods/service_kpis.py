"""The four service indicators, from counts.

Each function takes numbers or arrays of one shape, NaN for what is missing, and gives NaN where a
figure is missing or there is nothing to divide by: where nobody started, nothing is known of
completion, which is not 0.
"""

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray

_SATISFIED_RATINGS = 2
"""Ratings that count as satisfied: the two highest of five."""


def take_up_share(
    online: npt.ArrayLike,
    assisted: npt.ArrayLike,
    paper: npt.ArrayLike,
    phone: npt.ArrayLike,
    *,
    assisted_counts: bool = False,
) -> FloatArray:
    """Transactions completed online as a share of all, as a fraction of 1.

    With ``assisted_counts`` those that somebody helped with count as digital, as in today's
    definition; without, they are among the others, as in the manual of 2013 to 2016.
    """
    unaided, with_assistance, *others = _non_negative_counts(online, assisted, paper, phone)
    digital = unaided + with_assistance if assisted_counts else unaided
    return _ratio_or_nan(digital, unaided + with_assistance + sum(others))


def satisfied_share(ratings: npt.ArrayLike) -> FloatArray:
    """Share of users who gave one of the two highest ratings.

    ``ratings`` are how many gave 1, 2, 3, 4 and 5, on the last axis: shape (…, 5).
    """
    (rating_counts,) = _non_negative_counts(ratings)
    return _ratio_or_nan(
        rating_counts[..., -_SATISFIED_RATINGS:].sum(axis=-1), rating_counts.sum(axis=-1)
    )


def mean_satisfaction(ratings: npt.ArrayLike) -> FloatArray:
    """Mean rating of 1 to 5 as a fraction of 1, (mean − 1) / 4.

    ``ratings`` as for ``satisfied``.
    """
    (rating_counts,) = _non_negative_counts(ratings)
    points = np.arange(rating_counts.shape[-1]) / (rating_counts.shape[-1] - 1)
    return _ratio_or_nan(rating_counts @ points, rating_counts.sum(axis=-1))


def completion_rate(completed: npt.ArrayLike, started: npt.ArrayLike) -> FloatArray:
    """Transactions completed as a share of those started, as a fraction of 1."""
    return _ratio_or_nan(*_non_negative_counts(completed, started))


def cost_per_transaction(cost: npt.ArrayLike, completed: npt.ArrayLike) -> FloatArray:
    """Cost in £ per completed transaction."""
    return _ratio_or_nan(*_non_negative_counts(cost, completed))


def _non_negative_counts(*values: npt.ArrayLike) -> list[FloatArray]:
    arrays = [np.asarray(array, np.float64) for array in values]
    for each in arrays:
        if (each < 0).any():
            raise ValueError(f"a count of {np.nanmin(each):g} is none: it must be 0 or more")
    return arrays


def _ratio_or_nan(numerator: npt.ArrayLike, denominator: npt.ArrayLike) -> FloatArray:
    numerators, denominators = (
        np.asarray(numerator, np.float64),
        np.asarray(denominator, np.float64),
    )
    # Where nothing is divided by, NaN is divided by.
    return np.asarray(numerators / np.where(denominators > 0, denominators, np.nan), np.float64)
