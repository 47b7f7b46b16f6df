"""Calibration of forecasts by horizon, from where past outcomes lay in their forecasts.

A forecast gives each outcome a level: the probability of an outcome at or below it (its probability
integral transform; Dawid, 1984). If forecasts are calibrated, levels are spread evenly from 0 to 1.
Where they are not, the observed distribution of levels corrects later forecasts (Kuleshov, Fenner
and Ermon, 2018).
"""

from dataclasses import dataclass, replace
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
_LEAST_WIDTH = 1e-9
"""Width of the levels of an outcome that has a single one."""
_PRIOR_CASES = 40.0
"""Weight of an even spread, in cases. Cases of one service or one date are alike, so that 1,000 of
them know less than 1,000 independent ones would."""
_NEIGHBOUR_WEIGHT = 0.7
"""Weight of the cases of a horizon one quarter shorter or longer; for each further quarter that
much less. It steadies the path and the interval of a forecast from one horizon to the next."""
LONGEST_HORIZON = 40
"""The longest horizon that has a calibration, in quarters."""


@dataclass(frozen=True)
class Calibration:
    """Observed distribution of levels at horizons 1, 2, …, and how far forecasts are tested."""

    cumulative: tuple[tuple[float, ...], ...] = ()
    """Share of outcomes up to the end of each bin, from 0 to 1: a row for each horizon."""
    tested_horizon: int = 0
    """The longest tested horizon. Rows beyond it lead over to forecasts as the models make them."""

    @classmethod
    def from_counts(cls, counts: npt.ArrayLike, window_counts: npt.ArrayLike) -> "Calibration":
        """Calibrate from counts of levels.

        Args:
            counts: Outcomes in each bin of levels, shape (horizons, ``LEVEL_BINS``). An outcome may
                be shared between bins.
            window_counts: Windows in which they were observed, shape (horizons,).

        Returns:
            The calibration. Horizons are tested up to the first one with too few cases or windows,
            and up to ``LONGEST_HORIZON``.
        """
        bin_counts = np.asarray(counts, np.float64).reshape(-1, LEVEL_BINS)[:LONGEST_HORIZON]
        is_tested = (bin_counts.sum(axis=1) >= MINIMUM_TESTED_CASES) & (
            np.asarray(window_counts)[:LONGEST_HORIZON] >= MINIMUM_TESTED_WINDOWS
        )
        tested_horizon = int(np.logical_and.accumulate(is_tested).sum())
        if not tested_horizon:
            return UNCALIBRATED
        horizons = np.arange(LONGEST_HORIZON)
        weights = _NEIGHBOUR_WEIGHT ** np.abs(horizons[:, None] - horizons[:tested_horizon])
        smoothed = weights @ bin_counts[:tested_horizon] + _PRIOR_CASES / LEVEL_BINS
        shares = np.cumsum(smoothed, axis=1) / smoothed.sum(axis=1, keepdims=True)
        return cls(tuple((0.0, *row[:-1], 1.0) for row in shares.tolist()), tested_horizon)

    @property
    def moves_median(self) -> bool:
        """Whether the median of a calibrated forecast differs from that of the model."""
        return any(not np.isclose(row[LEVEL_BINS // 2], 1 / 2) for row in self.cumulative)

    def keep_median(self) -> "Calibration":
        """Calibrate the spread only: levels equally far above and below the median count alike.

        Returns:
            The calibration of a forecast whose median stays as it is.
        """
        rows = ((row, row[::-1]) for row in self.cumulative)
        return replace(
            self,
            cumulative=tuple(
                tuple((up + 1 - down) / 2 for up, down in zip(row, mirrored, strict=True))
                for row, mirrored in rows
            ),
        )

    def calibrate_levels(self, levels: FloatArray) -> FloatArray:
        """Calibrated probability of an outcome at or below a level of the forecast.

        Args:
            levels: Levels, shape (..., horizons), at most ``LONGEST_HORIZON``.

        Returns:
            Probabilities in the same shape.
        """
        if not self.cumulative:
            return levels
        position = np.clip(levels, 0, 1) * LEVEL_BINS
        lower = np.minimum(position.astype(np.intp), LEVEL_BINS - 1)
        rows = np.arange(levels.shape[-1])
        below, above = self._level_table[rows, lower], self._level_table[rows, lower + 1]
        return np.asarray(below + (position - lower) * (above - below), np.float64)

    def find_levels(self, probability: float, horizons: int) -> FloatArray:
        """Level of the forecast below which an outcome lies with a calibrated probability.

        Args:
            probability: Probability, between 0 and 1.
            horizons: Number of horizons, at most ``LONGEST_HORIZON``.

        Returns:
            Levels, shape (horizons,).
        """
        if not self.cumulative:
            return np.full(horizons, probability)
        table = self._level_table[:horizons]
        lower = np.minimum((table <= probability).sum(axis=1) - 1, LEVEL_BINS - 1)
        rows = np.arange(horizons)
        below, above = table[rows, lower], table[rows, lower + 1]
        return np.asarray((lower + (probability - below) / (above - below)) / LEVEL_BINS)

    @cached_property
    def _level_table(self) -> FloatArray:
        return np.array(self.cumulative, np.float64)


UNCALIBRATED = Calibration()
"""No record: forecasts as the models make them."""


def spread_levels(lowest: FloatArray, highest: FloatArray) -> FloatArray:
    """Spread each outcome over the bins of its levels.

    An outcome at a bound has every level from the probability below it to that at or below it. It
    is shared evenly between these (Czado, Gneiting and Held, 2009).

    Args:
        lowest: Probability that the forecast gave to values below the outcome, any shape.
        highest: Probability that it gave to the outcome or less, in the same shape.

    Returns:
        Share of the outcome in each bin, shape (..., ``LEVEL_BINS``).

    Example:
        >>> spread_levels(np.array(0.5), np.array(0.6)).nonzero()[0].tolist()
        [10, 11]
    """
    edges = np.linspace(0, 1, LEVEL_BINS + 1)
    width = np.maximum(highest - lowest, _LEAST_WIDTH)[..., None]
    start = np.minimum(lowest, 1 - _LEAST_WIDTH)[..., None]
    return np.asarray(np.diff(np.clip((edges - start) / width, 0, 1), axis=-1), np.float64)
