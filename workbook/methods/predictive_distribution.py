"""Predictive distribution of a share in future quarters: Student's t, kept within its bounds."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr, stdtrit

from workbook.methods.arrays import BoolArray, FloatArray
from workbook.methods.calibration import UNCALIBRATED, Calibration

PRIOR_SCALE = 0.01
"""Change of take-up in a quarter to expect before any is observed: one percentage point."""

PRIOR_DEGREES_OF_FREEDOM = 2.0
"""Number of independent changes that this expectation counts as.

A service that has not moved yet may still move, and so may one with four tiny changes. With a
weight of two, one full year of windows outweighs the expectation.
"""


@dataclass(frozen=True)
class PredictiveDistribution:
    """Predictive distribution of a share at each horizon, from one origin or several.

    It is Student's t with this location and scale, calibrated by the record of past forecasts.
    Values below 0 count as 0 and values above the ceiling as the ceiling. The errors of the shares
    themselves are modelled and not those of their logits: shares of exactly 0 and 1 are common
    among services and have no logit.
    """

    location: FloatArray
    """Shape (horizons,) or (origins, horizons)."""
    scale: FloatArray
    """In the same shape."""
    degrees_of_freedom: float | FloatArray
    """Broadcast to the same shape."""
    ceiling: float | FloatArray = 1.0
    """The highest share that counts as possible, broadcast to the same shape."""
    calibration: Calibration = UNCALIBRATED

    @property
    def central_forecast(self) -> FloatArray:
        """Median at each horizon, in the shape of the location."""
        return self.share_quantile(1 / 2)

    def share_quantile(self, probability: float) -> FloatArray:
        """Value below which the share lies with a given probability.

        Args:
            probability: Probability, between 0 and 1.

        Returns:
            Shares as fractions of 1, in the shape of the location.

        Raises:
            ValueError: If the probability is not between 0 and 1.
        """
        if not 0 < probability < 1:
            raise ValueError(f"probability is {probability}: it must be between 0 and 1")
        levels = self.calibration.find_levels(probability, self.location.shape[-1])
        value = self.location + self.scale * stdtrit(self.degrees_of_freedom, levels)
        return np.asarray(np.clip(value, 0, self.ceiling), np.float64)

    def with_median(self, median: FloatArray) -> "PredictiveDistribution":
        """The distribution moved to another median, with its spread as it was.

        Args:
            median: Shares from 0 to the ceiling, in the shape of the location.

        Returns:
            A distribution whose central forecast is this median.
        """
        levels = self.calibration.find_levels(1 / 2, self.location.shape[-1])
        location = median - self.scale * stdtrit(self.degrees_of_freedom, levels)
        return replace(self, location=np.asarray(location, np.float64))

    def prediction_interval(self, probability: float) -> tuple[FloatArray, FloatArray]:
        """Central prediction interval at each horizon.

        Args:
            probability: Probability that the interval holds the share, between 0 and 1.

        Returns:
            Lower and upper end, each in the shape of the location.

        Example:
            >>> distribution = PredictiveDistribution(np.array([0.7]), np.array([0.02]), 5.0)
            >>> low, high = distribution.prediction_interval(0.8)
            >>> low.round(3).tolist(), high.round(3).tolist()
            ([0.67], [0.73])
        """
        return self.share_quantile((1 - probability) / 2), self.share_quantile(
            (1 + probability) / 2
        )

    def interval_contains(self, shares: FloatArray, probability: float) -> BoolArray:
        """Whether shares lie in the central prediction interval.

        It is faster than a comparison with the interval's ends, which are quantiles of Student's t.

        Args:
            shares: Shares in the shape of the location.
            probability: Probability that the interval holds the share, between 0 and 1.

        Returns:
            True or False in the same shape; False where a share is not a number.
        """
        level = self.calibration.calibrate_levels(np.nan_to_num(self.level_of(shares)))
        is_above_low = (level >= (1 - probability) / 2) | (shares >= self.ceiling)
        is_below_high = (level <= (1 + probability) / 2) & (shares <= self.ceiling)
        is_inside = is_above_low & (is_below_high | (shares <= 0))
        return np.asarray(is_inside & ~np.isnan(shares), np.bool_)

    def probability_at_least(self, target: float) -> FloatArray:
        """Probability that the share is at or above a target.

        Args:
            target: Share as a fraction, from 0 to 1.

        Returns:
            Probabilities, in the shape of the location. 0 above the ceiling.

        Raises:
            ValueError: If the target is not from 0 to 1.
        """
        if not 0 <= target <= 1:
            raise ValueError(f"target is {target}: it must be from 0 to 1")
        if target == 0:
            return np.ones_like(self.location)
        above = 1 - self.calibration.calibrate_levels(
            self.level_of(np.full(self.location.shape, target))
        )
        return np.asarray(np.where(target > np.asarray(self.ceiling), 0.0, above), np.float64)

    def level_of(self, shares: FloatArray) -> FloatArray:
        """Probability below some shares, without calibration and as if there were no bounds.

        Args:
            shares: Shares in the shape of the location.

        Returns:
            Probabilities in the same shape.
        """
        return np.asarray(
            stdtr(self.degrees_of_freedom, (shares - self.location) / self.scale), np.float64
        )


def moderate_variance(
    mean_squares: npt.ArrayLike, degrees_of_freedom: npt.ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Variance estimate that is pulled towards a usual value when it rests on few observations.

    It is the posterior of a variance under a scaled inverse χ² prior, (d0 s0² + d s²) / (d0 + d)
    with d0 + d degrees of freedom (Smyth, 2004). The prior is ``PRIOR_SCALE`` and
    ``PRIOR_DEGREES_OF_FREEDOM``.

    Args:
        mean_squares: Observed mean squares s², any shape.
        degrees_of_freedom: Their degrees of freedom d, in the same shape.

    Returns:
        Variances and their degrees of freedom, in the same shape.

    Example:
        >>> variance, freedom = moderate_variance(0.0004, 2.0)
        >>> round(float(variance), 6), float(freedom)
        (0.00025, 4.0)
    """
    observed_degrees = np.asarray(degrees_of_freedom, np.float64)
    total_degrees = PRIOR_DEGREES_OF_FREEDOM + observed_degrees
    return (
        PRIOR_DEGREES_OF_FREEDOM * PRIOR_SCALE**2
        + observed_degrees * np.asarray(mean_squares, np.float64)
    ) / total_degrees, total_degrees
