"""What is believed of a share in quarters to come: Student's t, held within 0 and 1."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr, stdtrit

from workbook.methods.arrays import FloatArray

PRIOR_SCALE = 0.01
"""A quarter's change to expect of a service before any is seen: one percentage point."""

PRIOR_DEGREES_OF_FREEDOM = 2.0
"""How many independent changes that expectation is worth.

A service that has never moved is not known to be unable to; nor is one that moved a hair's breadth
four times. With two, one good year of windows outweighs it.
"""


@dataclass(frozen=True)
class PredictiveDistribution:
    """A share's predictive distribution at each horizon, arrays of the shape (horizons,).

    Student's t with this location and scale, of which what lies below 0 or above 1 is put on 0 or
    1. On the shares themselves and not on their logits: shares of exactly 0 and 1 are common among
    services and have none, and a correction of the counts takes a change of volume for one of
    take-up.
    """

    location: FloatArray
    scale: FloatArray
    degrees_of_freedom: float

    @property
    def central_forecast(self) -> FloatArray:
        """The median, which is the forecast."""
        return np.asarray(np.clip(self.location, 0, 1), np.float64)

    def quantile(self, probability: float) -> FloatArray:
        """The value below which the share lies with this probability, above 0 and below 1."""
        if not 0 < probability < 1:
            raise ValueError(f"a probability of {probability} is not between 0 and 1")
        value = self.location + self.scale * stdtrit(self.degrees_of_freedom, probability)
        return np.asarray(np.clip(value, 0, 1), np.float64)

    def prediction_interval(self, probability: float) -> tuple[FloatArray, FloatArray]:
        """The central interval that holds the share with this probability: its two ends."""
        return self.quantile((1 - probability) / 2), self.quantile((1 + probability) / 2)

    def probability_at_least(self, target: float) -> FloatArray:
        """The probability that the share is at or above the target, at each horizon."""
        if not 0 <= target <= 1:
            raise ValueError(f"a target of {target} is no share: it must be within 0 and 1")
        if target == 0:
            return np.ones_like(self.location)
        above = stdtr(self.degrees_of_freedom, (self.location - target) / self.scale)
        return np.asarray(above, np.float64)


def moderate_variance(
    mean_squares: npt.ArrayLike, degrees_of_freedom: npt.ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """A variance and its degrees of freedom, few figures held towards what is usual.

    Args:
        mean_squares: The mean square that was observed.
        degrees_of_freedom: Its degrees of freedom.

    The posterior of a variance with a scaled inverse χ² prior, (d0 s0² + d s²) / (d0 + d) with
    d0 + d degrees of freedom (Smyth, 2004).
    """
    observed_degrees = np.asarray(degrees_of_freedom, np.float64)
    total_degrees = PRIOR_DEGREES_OF_FREEDOM + observed_degrees
    return (
        PRIOR_DEGREES_OF_FREEDOM * PRIOR_SCALE**2
        + observed_degrees * np.asarray(mean_squares, np.float64)
    ) / total_degrees, total_degrees
