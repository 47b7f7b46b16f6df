"""A model's forecasts from each origin of a back-test."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, compress

import numpy as np

from workbook.methods.arrays import BoolArray, FloatArray, IntArray
from workbook.methods.calibration import UNCALIBRATED, Calibration
from workbook.methods.predictive_distribution import PredictiveDistribution

LATEST_ORIGIN = -1
"""Position of the origin at which all windows are known."""
_EVERY_ORIGIN = slice(None)


@dataclass(frozen=True)
class TakeUpSeries:
    """Take-up of consecutive windows and their volumes, each of shape (windows,)."""

    shares: FloatArray
    volume: FloatArray


@dataclass(frozen=True)
class OriginForecasts:
    """One model's forecasts from each origin.

    ``location`` and ``scale`` have shape (origins, horizons), ``degrees_of_freedom`` and
    ``ceilings`` (origins,).
    """

    location: FloatArray
    scale: FloatArray
    degrees_of_freedom: FloatArray
    failures: tuple[str, ...]
    """Why there is no forecast from each origin, empty where there is one."""
    ceilings: FloatArray
    """The highest share that counts as possible at each origin."""

    @property
    def has_failed(self) -> BoolArray:
        """Whether there is no forecast from each origin, shape (origins,)."""
        return np.array([bool(failure) for failure in self.failures])

    def subset_origins(self, mask: BoolArray) -> "OriginForecasts":
        """Keep some origins.

        Args:
            mask: True for each origin to keep, shape (origins,).

        Returns:
            The forecasts from these origins.
        """
        return OriginForecasts(
            self.location[mask],
            self.scale[mask],
            self.degrees_of_freedom[mask],
            tuple(compress(self.failures, mask.tolist())),
            self.ceilings[mask],
        )

    @classmethod
    def concatenate_series(cls, parts: Sequence["OriginForecasts"]) -> "OriginForecasts":
        """Put the forecasts of several series behind each other.

        Args:
            parts: Forecasts with the same number of horizons.

        Returns:
            The forecasts from all their origins.
        """
        return cls(
            np.concatenate([part.location for part in parts]),
            np.concatenate([part.scale for part in parts]),
            np.concatenate([part.degrees_of_freedom for part in parts]),
            tuple(chain.from_iterable(part.failures for part in parts)),
            np.concatenate([part.ceilings for part in parts]),
        )

    def predictive_distributions(
        self,
        horizon: int,
        calibration: Calibration = UNCALIBRATED,
        origins: int | slice | BoolArray = _EVERY_ORIGIN,
    ) -> PredictiveDistribution:
        """Predictive distributions from some origins.

        Args:
            horizon: Number of quarters ahead.
            calibration: The record of past forecasts.
            origins: Which origins, all by default: a position, or True for each that is wanted.

        Returns:
            Distributions of shape (origins, horizons), or (horizons,) from a single position.
        """
        return PredictiveDistribution(
            self.location[origins, :horizon],
            self.scale[origins, :horizon],
            self.degrees_of_freedom[origins, None],
            self.ceilings[origins, None],
            calibration,
        )


def has_moved(series: TakeUpSeries, origins: IntArray) -> BoolArray:
    """Whether take-up had changed at least once by each origin.

    Args:
        series: Take-up of all windows.
        origins: Number of windows known at each origin, shape (origins,).

    Returns:
        True or False for each origin, shape (origins,).
    """
    moved_by_window = np.concatenate([[False], np.cumsum(np.diff(series.shares) != 0) > 0])
    return np.asarray(moved_by_window[origins - 1], np.bool_)
