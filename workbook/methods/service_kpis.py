"""The four service indicators, from counts.

Each function takes numbers or arrays of one shape, NaN for what is missing, and gives NaN where a
figure is missing or there is nothing to divide by: where nobody started, nothing is known of
completion, which is not 0.
"""

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray

TOP = 2
"""Ratings that count as satisfied: the two highest of five."""


def take_up(
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
    by_itself, helped, *others = _counts(online, assisted, paper, phone)
    digital = by_itself + helped if assisted_counts else by_itself
    return _share(digital, by_itself + helped + sum(others))


def satisfied(ratings: npt.ArrayLike) -> FloatArray:
    """Share of users who gave one of the two highest ratings.

    ``ratings`` are how many gave 1, 2, 3, 4 and 5, on the last axis: shape (…, 5).
    """
    (given,) = _counts(ratings)
    return _share(given[..., -TOP:].sum(axis=-1), given.sum(axis=-1))


def satisfaction(ratings: npt.ArrayLike) -> FloatArray:
    """Mean rating of 1 to 5 as a fraction of 1, (mean − 1) / 4.

    ``ratings`` as for ``satisfied``.
    """
    (given,) = _counts(ratings)
    points = np.arange(given.shape[-1]) / (given.shape[-1] - 1)
    return _share(given @ points, given.sum(axis=-1))


def completion(completed: npt.ArrayLike, started: npt.ArrayLike) -> FloatArray:
    """Transactions completed as a share of those started, as a fraction of 1."""
    return _share(*_counts(completed, started))


def cost_per_transaction(cost: npt.ArrayLike, completed: npt.ArrayLike) -> FloatArray:
    """Cost in £ per completed transaction."""
    return _share(*_counts(cost, completed))


def _counts(*given: npt.ArrayLike) -> list[FloatArray]:
    arrays = [np.asarray(each, np.float64) for each in given]
    for each in arrays:
        if (each < 0).any():
            raise ValueError(f"a count of {np.nanmin(each):g} is none: it must be 0 or more")
    return arrays


def _share(part: npt.ArrayLike, whole: npt.ArrayLike) -> FloatArray:
    above, below = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    # Where nothing is divided by, NaN is divided by.
    return np.asarray(above / np.where(below > 0, below, np.nan), np.float64)
