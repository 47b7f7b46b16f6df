"""Adoption that is assumed: from today's take-up to a target by a year."""

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from workbook.methods.arrays import FloatArray


def logistic_adoption(
    start: npt.ArrayLike, target: npt.ArrayLike, years: npt.ArrayLike, elapsed_years: npt.ArrayLike
) -> FloatArray:
    """Take-up at times ``at``, in years: logistic from ``start`` at 0 to ``target`` at ``years``.

    Its logit is a straight line between the two, ``start`` before and ``target`` afterwards. All
    four are numbers or arrays that go together by numpy's rules, shares as fractions of 1.
    Raises ValueError unless both shares are between 0 and 1 and there are more than 0 years.
    """
    start_logit, target_logit = logit(_validate_shares(start)), logit(_validate_shares(target))
    span_years = np.asarray(years, np.float64)
    if not (span_years > 0).all():
        raise ValueError(
            f"{_first_invalid(span_years, span_years > 0):g} years to the target: it must be"
            " above 0"
        )
    elapsed_share = np.clip(np.asarray(elapsed_years, np.float64) / span_years, 0.0, 1.0)
    return np.asarray(expit(start_logit + (target_logit - start_logit) * elapsed_share), np.float64)


def _validate_shares(values: npt.ArrayLike) -> FloatArray:
    shares = np.asarray(values, np.float64)
    valid = (shares > 0) & (shares < 1)
    if not valid.all():
        raise ValueError(
            f"a take-up of {_first_invalid(shares, valid):g} has no logit: it must be between 0"
            " and 1"
        )
    return shares


def _first_invalid(values: FloatArray, valid: npt.NDArray[np.bool_]) -> float:
    """The first value that is not good."""
    return float(values[~valid].flat[0])
