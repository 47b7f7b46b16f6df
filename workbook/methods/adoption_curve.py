"""Assumed adoption: a path from today's take-up to a target."""

from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from workbook.methods.arrays import FloatArray


class LogisticAdoption:
    """Take-up on a logistic path from a start to a target.

    The logit of take-up is a straight line between the two. Take-up equals ``start`` before year 0
    and ``target`` after ``years``. All arguments, times too, are numbers or arrays that broadcast
    together.

    Example:
        Half-way to the target in time is half-way in logits:

        >>> path = LogisticAdoption(start=0.2, target=0.8, years=4)
        >>> path([0, 2, 4, 6]).round(3)
        array([0.2, 0.5, 0.8, 0.8])
    """

    def __init__(self, start: npt.ArrayLike, target: npt.ArrayLike, years: npt.ArrayLike) -> None:
        """Validate the path.

        Args:
            start: Take-up at year 0, a fraction between 0 and 1.
            target: Take-up at ``years``, a fraction between 0 and 1.
            years: Years from start to target, above 0.

        Raises:
            ValueError: If a share is not between 0 and 1, or ``years`` is not above 0.
        """
        self._start, target_share = _validate_shares(start), _validate_shares(target)
        self._years = _validate_years(years)
        self._start_logit = logit(self._start)
        self._logit_change = logit(target_share) - self._start_logit
        self._rise = target_share - self._start

    def __call__(self, elapsed_years: npt.ArrayLike) -> FloatArray:
        """Take-up at given times.

        Args:
            elapsed_years: Times, in years after the start.

        Returns:
            Take-up at each time, as a fraction of 1, in the arguments' broadcast shape.
        """
        elapsed_share = np.clip(np.asarray(elapsed_years, np.float64) / self._years, 0.0, 1.0)
        return np.asarray(expit(self._start_logit + self._logit_change * elapsed_share), np.float64)

    def integrate_rise(self, elapsed_years: npt.ArrayLike) -> FloatArray:
        """Integral of the rise in take-up since year 0.

        Let u be take-up and r the yearly change of its logit. Up to ``years``, the integral of
        u(τ) − u(0) over τ from 0 to t is ``log(1 + u(0) (exp(rt) − 1)) ÷ r − u(0) t``. Afterwards
        it grows by target − start a year. The difference between two times, divided by the time
        between, is the mean rise.

        Args:
            elapsed_years: Times up to which to integrate, in years after the start.

        Returns:
            Share of transactions times years, 0 up to year 0, in the arguments' broadcast shape.

        Example:
            The mean rise over the first year, and over a year after the target is reached:

            >>> integral = LogisticAdoption(0.2, 0.8, years=4).integrate_rise([0, 1, 4, 5])
            >>> (integral[[1, 3]] - integral[[0, 2]]).round(4)
            array([0.063, 0.6  ])
        """
        elapsed = np.asarray(elapsed_years, np.float64)
        integral = (
            self._whole_rise
            if (elapsed >= self._years).all()
            else self._integrate_to(np.minimum(np.maximum(elapsed, 0.0), self._years))
        )
        level_years = np.maximum(elapsed - self._years, 0.0)
        return np.where(self._logit_slope[1], 0.0, integral + level_years * self._rise)

    @cached_property
    def _whole_rise(self) -> FloatArray:
        """Integral up to the year of the target."""
        return self._integrate_to(self._years)

    def _integrate_to(self, rising_years: FloatArray) -> FloatArray:
        """Integral up to times that are not after the target."""
        slope, _ = self._logit_slope
        # log1p and expm1 keep full precision on a path that is almost flat.
        logarithm = np.log1p(self._start * np.expm1(slope * rising_years))
        integral: FloatArray = logarithm / slope - self._start * rising_years
        return integral

    @cached_property
    def _logit_slope(self) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
        """Yearly change of the logit, 1 in place of 0, and where it is 0."""
        slope = self._logit_change / self._years
        is_flat = slope == 0
        return np.where(is_flat, 1.0, slope), is_flat


def _validate_years(years: npt.ArrayLike) -> FloatArray:
    """Years to the target as floats, all above 0."""
    span_years = np.asarray(years, np.float64)
    if not (span_years > 0).all():
        raise ValueError(
            f"time to the target is {_first_invalid(span_years, span_years > 0):g} years:"
            " it must be above 0"
        )
    return span_years


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
