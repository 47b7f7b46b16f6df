"""Candidates compared by rolling origin: each forecasts from the past what is known by now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import stdtrit

from workbook.methods.arrays import FloatArray, IntArray
from workbook.methods.candidates import Series, Trials

LEAST_WINDOWS = 5
"""Windows to learn from before a first forecast is judged."""
HORIZONS = 4
"""Quarters ahead that are judged: 1 to 4."""
LEAST_ORIGINS = 2
"""Origins without which a record chooses nothing: six windows give one, which is one look at it.
Waiting for more makes errors larger over the published services, as few have many windows."""
NAIVE = "naive"


class Cases(NamedTuple):
    """One candidate's forecasts beside what came, arrays (origins, horizons), NaN for no case."""

    error: FloatArray
    """Absolute error of the central forecast."""
    pinball: FloatArray
    """Mean pinball loss of the interval's two ends."""
    inside: FloatArray
    """1 where the interval held what came, 0 where it did not."""

    def only(self, who: npt.NDArray[np.bool_]) -> "Cases":
        """These cases and no others."""
        return Cases(*(np.where(who, each, np.nan) for each in self))


@dataclass(frozen=True)
class Score:
    """How a candidate did over the record of one series."""

    candidate: str
    cases: int
    origins: int
    """From how many origins it had a forecast that could be judged."""
    failed_origins: int
    """From how many its fit failed."""
    failure: str
    """Why its fit to all windows failed; empty if it did not."""
    absolute_error: float
    """Sum over its cases, as a fraction of 1."""
    absolute_error_naive: float
    """The naive forecast's over the same cases."""
    pinball: float | None
    """Mean over its cases of the two ends' losses."""
    judged: int
    """Cases by which the interval is judged: those of origins before which take-up had moved.

    Where it never had, the forecast is no change and right by nature; such services are so many
    that they would hide how good the intervals of the others are.
    """
    inside: int
    """How many of them the interval held."""

    @property
    def error_relative(self) -> float | None:
        """Mean absolute error as a multiple of the naive forecast's: below 1 is better."""
        if not self.absolute_error_naive > 0:
            return None
        return self.absolute_error / self.absolute_error_naive

    @property
    def coverage(self) -> float | None:
        """Share of actual values inside the interval; None where there was nothing to judge."""
        return self.inside / self.judged if self.judged else None


def cases(trials: Trials, series: Series, origins: IntArray, interval: float) -> Cases:
    """Every forecast of a candidate beside what came, where it is known by now."""
    actual = _actual(series, origins)
    failed = np.array([bool(each) for each in trials.failures])[:, None]
    actual = np.where(failed, np.nan, actual)
    location, scale = trials.location[:, :HORIZONS], trials.scale[:, :HORIZONS]
    tail = (1 - interval) / 2
    reach = scale * stdtrit(trials.freedom, 1 - tail)[:, None]
    low, high = np.clip(location - reach, 0, 1), np.clip(location + reach, 0, 1)
    inside = np.where(np.isnan(actual), np.nan, (actual >= low) & (actual <= high))
    loss = (_pinball(actual - low, tail) + _pinball(actual - high, 1 - tail)) / 2
    return Cases(np.abs(actual - np.clip(location, 0, 1)), loss, inside)


def _actual(series: Series, origins: IntArray) -> FloatArray:
    """What came, shape (origins, HORIZONS), NaN where it has not yet."""
    to_come = np.concatenate([series.shares, np.full(HORIZONS, np.nan)])
    return np.asarray(to_come[origins[:, None] + np.arange(HORIZONS)], np.float64)


def _pinball(above: FloatArray, probability: float) -> FloatArray:
    """The quantile's loss, of what came less the quantile (Koenker and Bassett, 1978)."""
    return np.maximum(probability * above, (probability - 1) * above)


def moved(series: Series, origins: IntArray) -> npt.NDArray[np.bool_]:
    """Whether take-up had moved by each origin, shape (origins, 1)."""
    step = np.concatenate([[False], np.cumsum(np.diff(series.shares) != 0) > 0])
    return np.asarray(step[origins - 1, None], np.bool_)


def score(
    candidate: str,
    its: Cases,
    naive: Cases,
    *,
    had_moved: npt.NDArray[np.bool_],
    failures: Iterable[str],
) -> Score:
    """Sum up one candidate's cases. ``failures`` are by origin, the last of all windows."""
    there = ~np.isnan(its.error)
    *earlier, now = failures
    judged = there & had_moved
    return Score(
        candidate=candidate,
        cases=int(there.sum()),
        origins=int(there.any(axis=1).sum()),
        failed_origins=sum(bool(each) for each in earlier),
        failure=now,
        absolute_error=float(its.error[there].sum()),
        absolute_error_naive=float(naive.error[there].sum()),
        pinball=float(its.pinball[there].mean()) if there.any() else None,
        judged=int(judged.sum()),
        inside=int(its.inside[judged].sum()),
    )


def choice(record: Mapping[str, Cases], usable: Iterable[str]) -> str:
    """The usable candidate with the least relative error below 1, otherwise the naive one."""
    best, least = NAIVE, 1.0
    naive = record[NAIVE].error
    for name in usable:
        error = record[name].error
        there = ~np.isnan(error)
        base = naive[there].sum()
        if there.any(axis=1).sum() >= LEAST_ORIGINS and error[there].sum() < least * base:
            best, least = name, float(error[there].sum() / base)
    return best


def shown(record: Mapping[str, Cases], trials: Mapping[str, Trials], origins: IntArray) -> Cases:
    """The cases of what would have been shown: chosen at each origin by what was known then."""
    ahead = np.arange(1, HORIZONS + 1)
    rows = []
    for at, windows in enumerate(origins):
        known = origins[:, None] + ahead <= windows
        past = {name: each.only(known) for name, each in record.items()}
        usable = [name for name, each in trials.items() if not each.failures[at]]
        rows.append(record[choice(past, usable)].only(origins[:, None] == windows))
    return Cases(
        *(np.stack([row[at] for at, row in enumerate(kind)]) for kind in zip(*rows, strict=True))
    )
