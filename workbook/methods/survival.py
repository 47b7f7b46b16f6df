"""How long something takes where not all of it has happened yet: Kaplan–Meier's curve (scipy).

Who looks only at what was completed sees the quick ones: the slow are still on their way. Each of
those, censored, counts among the ones at risk for as long as it has been seen.
"""

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray

CountArray = npt.NDArray[np.int64]

HALF = 0.5
ROUNDING = 1e-9
"""What a product of fractions may miss by: a survival of exactly one half is at one half."""


@dataclass(frozen=True, eq=False)
class Survival:
    """The share that has not completed, at each time at which one completed or was last seen.

    ``times`` rise, in the unit of the durations; ``survival``, its band ``low`` to ``high`` (NaN
    where survival is 1 or 0, for which the log-log band is not defined), ``at_risk`` just before
    and ``events`` at each time have shape (times,). The ``median`` is the smallest time at which
    survival is at or below one half, ``median_low`` and ``median_high`` those at which the ends of
    the band are; ``median_completed`` is that of the completed alone, as if none were censored.
    None is for what is not reached.
    """

    times: FloatArray
    survival: FloatArray
    low: FloatArray
    high: FloatArray
    at_risk: CountArray
    events: CountArray
    median: float | None
    median_low: float | None
    median_high: float | None
    median_completed: float | None

    @property
    def subjects(self) -> int:
        """How many were at risk at first."""
        return int(self.at_risk[0])

    @property
    def completed(self) -> int:
        """How many completed."""
        return int(self.events.sum())


def kaplan_meier(
    completed: npt.ArrayLike, censored: npt.ArrayLike = (), *, confidence: float = 0.95
) -> Survival:
    """The curve of survival from durations (Kaplan and Meier, 1958).

    Args:
        completed: How long each took that completed, shape (n,).
        censored: How long each was seen that has not, shape (m,); one that was last seen at a time
            at which another completed was at risk then.
        confidence: Of the pointwise band, from Greenwood's variance of log(−log survival).

    Raises ValueError where there is no duration, or one is negative or not finite.
    """
    done, seen = _durations(completed), _durations(censored)
    durations = np.concatenate([done, seen])
    if not durations.size:
        msg = "no duration is given: survival needs at least one, completed or censored"
        raise ValueError(msg)
    times, survival, low, high = _curve(done, seen, confidence)
    return Survival(
        times,
        survival,
        low,
        high,
        at_risk=(durations >= times[:, None]).sum(axis=1),
        events=(done == times[:, None]).sum(axis=1),
        median=_median(times, survival),
        median_low=_median(times, low),
        median_high=_median(times, high),
        median_completed=_median(*_curve(done, seen[:0], confidence)[:2]) if done.size else None,
    )


def _durations(given: npt.ArrayLike) -> FloatArray:
    durations = np.asarray(given, np.float64).ravel()
    wrong = durations[~(np.isfinite(durations) & (durations >= 0))]
    if wrong.size:
        msg = f"{wrong[0]:g} is no duration: it must be 0 or more"
        raise ValueError(msg)
    return durations


def _curve(
    done: FloatArray, seen: FloatArray, confidence: float
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Times, survival and both ends of its band, each of shape (times,)."""
    # Importing it takes most of a second, and only this needs it.
    from scipy.stats import CensoredData, ecdf  # noqa: PLC0415

    found = ecdf(CensoredData(uncensored=done, right=seen)).sf
    with warnings.catch_warnings():
        # It warns where survival is 1 or 0: the docstring says what stands there.
        warnings.filterwarnings("ignore", "The confidence interval is undefined", RuntimeWarning)
        band = found.confidence_interval(confidence, method="log-log")
    return found.quantiles, found.probabilities, band.low.probabilities, band.high.probabilities


def _median(times: FloatArray, survival: FloatArray) -> float | None:
    reached = times[survival <= HALF + ROUNDING]
    return float(reached[0]) if reached.size else None
