"""Adoption that is assumed: from today's take-up to a target by a year."""

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from workbook.methods.arrays import FloatArray


def adoption(
    start: npt.ArrayLike, target: npt.ArrayLike, years: npt.ArrayLike, at: npt.ArrayLike
) -> FloatArray:
    """Take-up at times ``at``, in years: logistic from ``start`` at 0 to ``target`` at ``years``.

    Its logit is a straight line between the two, ``start`` before and ``target`` afterwards. All
    four are numbers or arrays that go together by numpy's rules, shares as fractions of 1.
    Raises ValueError unless both shares are between 0 and 1 and there are more than 0 years.
    """
    first, last = logit(_share(start)), logit(_share(target))
    span = np.asarray(years, np.float64)
    if not (span > 0).all():
        raise ValueError(f"{_first(span, span > 0):g} years to the target: it must be above 0")
    passed = np.clip(np.asarray(at, np.float64) / span, 0.0, 1.0)
    return np.asarray(expit(first + (last - first) * passed), np.float64)


def _share(given: npt.ArrayLike) -> FloatArray:
    share = np.asarray(given, np.float64)
    inside = (share > 0) & (share < 1)
    if not inside.all():
        raise ValueError(
            f"a take-up of {_first(share, inside):g} has no logit: it must be between 0 and 1"
        )
    return share


def _first(values: FloatArray, good: npt.NDArray[np.bool_]) -> float:
    """The first value that is not good."""
    return float(values[~good].flat[0])
