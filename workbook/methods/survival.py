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

_MEDIAN_SURVIVAL = 0.5
_ROUNDING_TOLERANCE = 1e-9
"""What a product of fractions may miss by: a survival of exactly one half is at one half."""


@dataclass(frozen=True, eq=False)
class SurvivalCurve:
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
    median_completed_only: float | None

    @property
    def subject_count(self) -> int:
        """How many were at risk at first."""
        return int(self.at_risk[0])

    @property
    def completed_count(self) -> int:
        """How many completed."""
        return int(self.events.sum())


def kaplan_meier(
    completed: npt.ArrayLike, censored: npt.ArrayLike = (), *, confidence: float = 0.95
) -> SurvivalCurve:
    """The curve of survival from durations (Kaplan and Meier, 1958).

    Args:
        completed: How long each took that completed, shape (n,).
        censored: How long each was seen that has not, shape (m,); one that was last seen at a time
            at which another completed was at risk then.
        confidence: Of the pointwise band, from Greenwood's variance of log(−log survival).

    Raises ValueError where there is no duration, or one is negative or not finite.
    """
    completed_durations, censored_durations = (
        _validate_durations(completed),
        _validate_durations(censored),
    )
    durations = np.concatenate([completed_durations, censored_durations])
    if not durations.size:
        msg = "no duration is given: survival needs at least one, completed or censored"
        raise ValueError(msg)
    times, survival, low, high = _estimate_survival(
        completed_durations, censored_durations, confidence
    )
    return SurvivalCurve(
        times,
        survival,
        low,
        high,
        at_risk=(durations >= times[:, None]).sum(axis=1),
        events=(completed_durations == times[:, None]).sum(axis=1),
        median=_median_time(times, survival),
        median_low=_median_time(times, low),
        median_high=_median_time(times, high),
        median_completed_only=_median_time(
            *_estimate_survival(completed_durations, censored_durations[:0], confidence)[:2]
        )
        if completed_durations.size
        else None,
    )


def _validate_durations(values: npt.ArrayLike) -> FloatArray:
    durations = np.asarray(values, np.float64).ravel()
    invalid = durations[~(np.isfinite(durations) & (durations >= 0))]
    if invalid.size:
        msg = f"{invalid[0]:g} is no duration: it must be 0 or more"
        raise ValueError(msg)
    return durations


def _estimate_survival(
    completed_durations: FloatArray, censored_durations: FloatArray, confidence: float
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Times, survival and both ends of its band, each of shape (times,)."""
    # Importing it takes most of a second, and only this needs it.
    from scipy.stats import CensoredData, ecdf  # noqa: PLC0415

    survival_function = ecdf(
        CensoredData(uncensored=completed_durations, right=censored_durations)
    ).sf
    with warnings.catch_warnings():
        # It warns where survival is 1 or 0: the docstring says what stands there.
        warnings.filterwarnings("ignore", "The confidence interval is undefined", RuntimeWarning)
        confidence_band = survival_function.confidence_interval(confidence, method="log-log")
    return (
        survival_function.quantiles,
        survival_function.probabilities,
        confidence_band.low.probabilities,
        confidence_band.high.probabilities,
    )


def _median_time(times: FloatArray, survival: FloatArray) -> float | None:
    times_reached = times[survival <= _MEDIAN_SURVIVAL + _ROUNDING_TOLERANCE]
    return float(times_reached[0]) if times_reached.size else None
