"""Calibration of forecasts by horizon, from where past outcomes lay in their forecasts.

A forecast gives each outcome a level: the probability of an outcome at or below it (its probability
integral transform; Dawid, 1984). If forecasts are calibrated, levels are spread evenly from 0 to 1.
Where they are not, the observed distribution of levels corrects later forecasts (Kuleshov, Fenner
and Ermon, 2018).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray

LEVEL_BINS = 20
"""Number of equal bins of levels that are counted."""
MINIMUM_TESTED_CASES = 100
"""Cases that a horizon needs: with 100, the standard error of an 80% coverage is 4 points."""
MINIMUM_TESTED_WINDOWS = 2
"""Windows in which they are observed: services at one date share its events. On the published file,
intervals calibrated by two windows held 82% to 86% of all later values; the aim is 80%."""
_PRIOR_CASES = 20.0
"""Weight of an even spread, in cases, so that an empty bin does not count as impossible."""
_NEIGHBOUR_WEIGHT = 0.5
"""Weight of the cases one horizon shorter or longer, which steadies the path of a forecast."""


@dataclass(frozen=True)
class Calibration:
    """Observed distribution of levels at horizons 1, 2, …, as far as forecasts are tested."""

    cumulative: tuple[tuple[float, ...], ...] = ()
    """Share of outcomes up to the end of each bin, from 0 to 1: a row for each horizon."""

    @classmethod
    def from_counts(cls, counts: npt.ArrayLike, window_counts: npt.ArrayLike) -> "Calibration":
        """Calibrate from counts of levels.

        Args:
            counts: Outcomes in each bin of levels, shape (horizons, ``LEVEL_BINS``). An outcome may
                be shared between bins.
            window_counts: Windows in which they were observed, shape (horizons,).

        Returns:
            The calibration at every horizon up to the first one with too few cases or windows.
        """
        bin_counts = np.asarray(counts, np.float64).reshape(-1, LEVEL_BINS)
        is_tested = (bin_counts.sum(axis=1) >= MINIMUM_TESTED_CASES) & (
            np.asarray(window_counts) >= MINIMUM_TESTED_WINDOWS
        )
        tested = bin_counts[: int(np.logical_and.accumulate(is_tested).sum())]
        smoothed = tested.copy()
        smoothed[1:] += _NEIGHBOUR_WEIGHT * tested[:-1]
        smoothed[:-1] += _NEIGHBOUR_WEIGHT * tested[1:]
        smoothed += _PRIOR_CASES / LEVEL_BINS
        shares = np.cumsum(smoothed, axis=1) / smoothed.sum(axis=1, keepdims=True)
        return cls(tuple((0.0, *row[:-1], 1.0) for row in shares.tolist()))

    @property
    def tested_horizon(self) -> int:
        """The longest tested horizon, 0 if there is none."""
        return len(self.cumulative)

    def calibrate(self, levels: FloatArray) -> FloatArray:
        """Calibrated probability of an outcome at or below a level of the forecast.

        Args:
            levels: Levels, shape (..., horizons). Beyond the tested horizons the last calibration
                is used, so that a path does not jump.

        Returns:
            Probabilities in the same shape.
        """
        if not self.cumulative:
            return levels
        table = self._table(levels.shape[-1])
        position = np.clip(levels, 0, 1) * LEVEL_BINS
        lower = np.minimum(position.astype(np.intp), LEVEL_BINS - 1)
        rows = np.arange(levels.shape[-1])
        below, above = table[rows, lower], table[rows, lower + 1]
        return np.asarray(below + (position - lower) * (above - below), np.float64)

    def find_levels(self, probability: float, horizons: int) -> FloatArray:
        """Level of the forecast below which an outcome lies with a calibrated probability.

        Args:
            probability: Probability, between 0 and 1.
            horizons: Number of horizons.

        Returns:
            Levels, shape (horizons,).
        """
        if not self.cumulative:
            return np.full(horizons, probability)
        edges = np.linspace(0, 1, LEVEL_BINS + 1)
        return np.array([np.interp(probability, row, edges) for row in self._table(horizons)])

    @cached_property
    def _tested_table(self) -> FloatArray:
        return np.array(self.cumulative, np.float64)

    def _table(self, horizons: int) -> FloatArray:
        rows = np.minimum(np.arange(horizons), self.tested_horizon - 1)
        return np.asarray(self._tested_table[rows], np.float64)


UNCALIBRATED = Calibration()
"""No record: forecasts as the models make them."""


def count_levels(lowest: FloatArray, highest: FloatArray) -> FloatArray:
    """Count outcomes by bin of their level.

    An outcome at a bound has every level from the probability below it to that at or below it, so
    it is shared evenly between these (Czado, Gneiting and Held, 2009).

    Args:
        lowest: Probability that the forecast gave to values below the outcome, shape (cases,).
        highest: Probability that it gave to the outcome or less, shape (cases,).

    Returns:
        Counts, shape (``LEVEL_BINS``,).

    Example:
        >>> count_levels(np.array([0.5, 0.02]), np.array([0.6, 0.02])).nonzero()[0].tolist()
        [0, 10, 11]
    """
    edges = np.linspace(0, 1, LEVEL_BINS + 1)
    width = np.maximum(highest - lowest, 1e-9)[:, None]
    start = np.minimum(lowest, 1 - 1e-9)[:, None]
    below_edge = np.clip((edges - start) / width, 0, 1)
    return np.asarray(np.diff(below_edge, axis=1).sum(axis=0), np.float64)
