"""Assumed adoption: a path from today's take-up to a target."""

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from workbook.methods.arrays import FloatArray


def logistic_adoption(
    start: npt.ArrayLike, target: npt.ArrayLike, years: npt.ArrayLike, elapsed_years: npt.ArrayLike
) -> FloatArray:
    """Take-up at given times on a logistic path from a start to a target.

    The logit of take-up is a straight line between the two. Take-up equals ``start`` before year 0
    and ``target`` after ``years``. The four arguments are numbers or arrays that broadcast
    together.

    Args:
        start: Take-up at year 0, a fraction between 0 and 1.
        target: Take-up at ``years``, a fraction between 0 and 1.
        years: Years from start to target, above 0.
        elapsed_years: Times at which take-up is wanted, in years after the start.

    Returns:
        Take-up at each time, as a fraction of 1, in the arguments' broadcast shape.

    Raises:
        ValueError: If a share is not between 0 and 1, or ``years`` is not above 0.

    Example:
        Half-way to the target in time is half-way in logits:

        >>> logistic_adoption(start=0.2, target=0.8, years=4, elapsed_years=[0, 2, 4, 6]).round(3)
        array([0.2, 0.5, 0.8, 0.8])
    """
    start_logit, target_logit = logit(_validate_shares(start)), logit(_validate_shares(target))
    span_years = np.asarray(years, np.float64)
    if not (span_years > 0).all():
        raise ValueError(
            f"time to the target is {_first_invalid(span_years, span_years > 0):g} years:"
            " it must be above 0"
        )
    elapsed_share = np.clip(np.asarray(elapsed_years, np.float64) / span_years, 0.0, 1.0)
    return np.asarray(expit(start_logit + (target_logit - start_logit) * elapsed_share), np.float64)


def _validate_shares(values: npt.ArrayLike) -> FloatArray:
    """Shares as floats, all strictly between 0 and 1."""
    shares = np.asarray(values, np.float64)
    valid = (shares > 0) & (shares < 1)
    if not valid.all():
        raise ValueError(
            f"take-up is {_first_invalid(shares, valid):g}: it must be between 0 and 1, so that it"
            " has a logit"
        )
    return shares


def _first_invalid(values: FloatArray, valid: npt.NDArray[np.bool_]) -> float:
    """First value that is not valid."""
    return float(values[~valid].flat[0])
