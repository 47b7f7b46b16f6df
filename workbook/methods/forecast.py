"""A forecast of take-up that has been tested against the past."""

from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import IntArray
from workbook.methods.backtest import (
    HORIZONS,
    LEAST_ORIGINS,
    LEAST_WINDOWS,
    NAIVE,
    Score,
    cases,
    choice,
    moved,
    score,
    shown,
)
from workbook.methods.candidates import Series, Trials, curve, naive, smoothing
from workbook.methods.counts import reported
from workbook.methods.curves import CURVES
from workbook.methods.overlap import independent_years
from workbook.methods.predictive import Predictive

CANDIDATES = (*CURVES, "ets", NAIVE)
BEST = "best"
SHOWN = "shown"
TOO_FEW = f"fewer than {LEAST_WINDOWS} windows"


@dataclass(frozen=True)
class Forecast:
    """A forecast, the candidate that made it, and the record by which it was chosen."""

    chosen: str
    """The candidate whose forecast this is."""
    reason: str
    """Why, in plain words."""
    failure: str
    """Why the curve that was asked for is not shown; empty if it is, or none was asked for."""
    predictive: Predictive
    """At the horizons 1, 2, … quarters after the last window."""
    record: tuple[Score, ...]
    """Each candidate's, in the order of ``CANDIDATES``."""
    shown: Score
    """Of what would have been shown: at each origin the best by what was known then."""
    windows: int

    @property
    def independent_years(self) -> float:
        """How many independent years the overlapping windows hold."""
        return independent_years(self.windows)

    @property
    def score(self) -> Score:
        """The chosen candidate's record."""
        return self.record[CANDIDATES.index(self.chosen)]


def reached(path: npt.ArrayLike, target: float) -> int | None:
    """Position from which a path stays at the target or above; None if it does not end there.

    A path that only touches the target on its way down has not reached it.
    """
    below = np.flatnonzero(np.asarray(path, np.float64) < target)
    position = int(below[-1]) + 1 if below.size else 0
    return position if position < np.size(path) else None


def forecast(
    digital: npt.ArrayLike,
    volume: npt.ArrayLike,
    *,
    horizon: int = 12,
    asked: str = BEST,
    ceiling: float = 0.98,
    interval: float = 0.80,
) -> Forecast:
    """Forecast take-up from consecutive windows, a quarter apart, that all report.

    Args:
        digital: Digital transactions of each window, shape (windows,). More than the volume counts
            as all of it.
        volume: All transactions, aligned with it, above 0.
        horizon: Quarters ahead, at least 1.
        asked: One of ``CANDIDATES``, or ``BEST`` for the one with the best record.
        ceiling: The level that a curve must stay below, above 0 and at most 1.
        interval: The probability of the interval that the record judges, between 0 and 1.

    Raises ValueError for counts that are no such series and for what is out of these bounds.
    """
    _allowed(horizon, asked, ceiling, interval)
    counted, total = reported(digital, volume)
    series, windows = Series(np.minimum(counted / total, 1.0), total), total.size
    origins = np.arange(min(LEAST_WINDOWS, windows), windows + 1)
    trials = _trials(series, origins, max(horizon, HORIZONS), ceiling)
    record = {name: cases(each, series, origins, interval) for name, each in trials.items()}
    usable = [name for name, each in trials.items() if not each.failures[-1]]
    chosen = asked if asked in usable else choice(record, usable)
    judge = partial(score, naive=record[NAIVE], had_moved=moved(series, origins))
    scores = {
        name: judge(name, record[name], failures=trials[name].failures) for name in CANDIDATES
    }
    whole = trials[chosen].predictive()
    return Forecast(
        chosen=chosen,
        reason=_reason(chosen, asked, scores[chosen], len(origins) - 1),
        failure="" if asked in (BEST, chosen) else f"{asked}: {trials[asked].failures[-1]}",
        predictive=Predictive(whole.location[:horizon], whole.scale[:horizon], whole.freedom),
        record=tuple(scores.values()),
        shown=judge(SHOWN, shown(record, trials, origins), failures=("",) * len(origins)),
        windows=windows,
    )


def _allowed(horizon: int, asked: str, ceiling: float, interval: float) -> None:
    if horizon < 1:
        raise ValueError(f"a horizon of {horizon} quarters is none: it must be at least 1")
    if asked not in (BEST, *CANDIDATES):
        raise ValueError(f"{asked!r} is no candidate: {', '.join((BEST, *CANDIDATES))} are")
    if not 0 < ceiling <= 1:
        raise ValueError(
            f"a ceiling of {ceiling} is none of a share: it must be above 0, at most 1"
        )
    if not 0 < interval < 1:
        raise ValueError(f"an interval of {interval} is none: it must be between 0 and 1")


def _trials(series: Series, origins: IntArray, horizon: int, ceiling: float) -> dict[str, Trials]:
    simple = naive(series, origins, horizon)
    if series.shares.size < LEAST_WINDOWS:
        nothing = Trials(simple.location, simple.scale, simple.freedom, (TOO_FEW,) * len(origins))
        return dict.fromkeys(CANDIDATES, nothing) | {NAIVE: simple}
    fitted = {name: curve(name, series, origins, horizon, ceiling) for name in CURVES}
    return {**fitted, "ets": smoothing(series, origins, horizon), NAIVE: simple}


def _reason(chosen: str, asked: str, its: Score, origins: int) -> str:
    if chosen == asked:
        return "it was asked for"
    if origins < LEAST_ORIGINS:
        return (
            f"a choice needs a test from {LEAST_ORIGINS} points in time and the windows allow "
            f"{origins}: the simplest is shown"
        )
    if chosen == NAIVE:
        return "no other candidate beat it"
    return f"its error was the least, {its.error_relative:.2f} of the naive forecast's"
