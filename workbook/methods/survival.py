"""Time until completion, where some subjects have not completed yet (Kaplan–Meier, by scipy).

The completed subjects alone would show too short a time, because the slowest are still under way.
A subject that has not completed is censored: it counts as at risk for as long as it was observed.
"""

import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.methods.arrays import FloatArray

CountArray = npt.NDArray[np.int64]

_MEDIAN_SURVIVAL = 0.5
_ROUNDING_TOLERANCE = 1e-9
"""Rounding of a product of fractions, so that a survival of one half counts as one half."""


@dataclass(frozen=True, eq=False)
class SurvivalCurve:
    """Share of subjects not yet completed at each time of a completion or a censoring.

    ``times`` rise, in the unit of the durations. ``survival``, its confidence limits ``low`` and
    ``high``, the numbers ``at_risk`` just before and the ``events`` at each time have shape
    (times,). The limits are NaN where survival is 1 or 0, because the log-log interval is not
    defined there. The ``median`` is the first time at which survival is at or below one half.
    ``median_low`` and ``median_high`` are the limits of its confidence interval.
    ``median_completed_only`` ignores the censored subjects. A median is None where it is not
    reached.
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
        """Number of subjects."""
        return int(self.at_risk[0])

    @property
    def completed_count(self) -> int:
        """Number of subjects that completed."""
        return int(self.events.sum())

    @property
    def at_risk_at_median(self) -> int:
        """Number of subjects still observed at the median; 0 if it is not reached."""
        if self.median is None:
            return 0
        return int(self.at_risk[self.times == self.median][0])


SURVIVAL_COLUMNS = (
    "at_risk",
    "completed",
    "survival",
    "survival_low",
    "survival_high",
    "survival_completed",
)
"""Columns of ``survival_frame`` after the time."""


def survival_frame(curve: SurvivalCurve | None, time: str) -> pd.DataFrame:
    """Survival curve as a frame, from time 0 on.

    Args:
        curve: The curve; None if there are no subjects.
        time: Name of the column of times.

    Returns:
        A row for each time at which a subject completed or was last observed, with the number at
        risk, the number that completed, the survival and its confidence limits.
        ``survival_completed`` is the survival among the subjects that completed, as if there were
        no others. No rows without a curve.
    """
    names = (time, *SURVIVAL_COLUMNS)
    if curve is None:
        return pd.DataFrame(columns=list(names), dtype=float)
    columns = (
        curve.times,
        curve.at_risk,
        curve.events,
        curve.survival,
        curve.low,
        curve.high,
        _completed_only_survival(curve),
    )
    rows = pd.DataFrame(dict(zip(names, columns, strict=True)))
    completed_at_start = 1 if curve.completed_count else np.nan
    origin = (0, curve.subject_count, 0, 1, np.nan, np.nan, completed_at_start)
    start = pd.DataFrame([origin], columns=list(names))[: int(curve.times[0] > 0)]
    return pd.concat([start, rows], ignore_index=True).astype(
        dict.fromkeys(names, float) | dict.fromkeys(("at_risk", "completed"), int)
    )


def _completed_only_survival(curve: SurvivalCurve) -> FloatArray:
    """The curve of completed subjects only, at each time of the curve of all subjects."""
    if not curve.completed_count:
        return np.full(len(curve.times), np.nan)
    completed_only = kaplan_meier(np.repeat(curve.times, curve.events))
    positions = np.searchsorted(completed_only.times, curve.times, side="right")
    return np.concatenate([[1.0], completed_only.survival])[positions]


def kaplan_meier(
    completed: npt.ArrayLike, censored: npt.ArrayLike = (), *, confidence: float = 0.95
) -> SurvivalCurve:
    """Estimate a survival curve from durations (Kaplan and Meier, 1958).

    The pointwise confidence interval uses Greenwood's variance on the scale of log(−log survival).

    Args:
        completed: Durations of the subjects that completed, shape (n,), in any unit of time.
        censored: Time for which each of the others was observed, shape (m,), in the same unit. A
            subject censored at the time of a completion counts as at risk then.
        confidence: Probability of the confidence interval, between 0 and 1.

    Returns:
        Survival curve with its median.

    Raises:
        ValueError: If there is no duration, or one is negative or not finite.

    Example:
        >>> curve = kaplan_meier([7, 27, 28], censored=[12] * 22)
        >>> curve.subject_count, curve.completed_count, curve.median, curve.median_completed_only
        (25, 3, 27.0, 27.0)
    """
    completed_durations, censored_durations = (
        _validate_durations(completed),
        _validate_durations(censored),
    )
    durations = np.concatenate([completed_durations, censored_durations])
    if not durations.size:
        msg = "there are no durations: survival needs at least one, completed or censored"
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
    """Durations as floats, none of them negative or infinite."""
    durations = np.asarray(values, np.float64).ravel()
    invalid = durations[~(np.isfinite(durations) & (durations >= 0))]
    if invalid.size:
        msg = f"duration is {invalid[0]:g}: it must be 0 or more"
        raise ValueError(msg)
    return durations


def _estimate_survival(
    completed_durations: FloatArray, censored_durations: FloatArray, confidence: float
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    """Times, survival and both confidence limits, each of shape (times,)."""
    # The import takes most of a second, and only this function needs it.
    from scipy.stats import CensoredData, ecdf  # noqa: PLC0415

    survival_function = ecdf(
        CensoredData(uncensored=completed_durations, right=censored_durations)
    ).sf
    with warnings.catch_warnings():
        # scipy warns where survival is 1 or 0. SurvivalCurve documents the NaN there.
        warnings.filterwarnings("ignore", "The confidence interval is undefined", RuntimeWarning)
        confidence_band = survival_function.confidence_interval(confidence, method="log-log")
    return (
        survival_function.quantiles,
        survival_function.probabilities,
        confidence_band.low.probabilities,
        confidence_band.high.probabilities,
    )


def _median_time(times: FloatArray, survival: FloatArray) -> float | None:
    """First time at which survival is at or below one half, or None."""
    times_reached = times[survival <= _MEDIAN_SURVIVAL + _ROUNDING_TOLERANCE]
    return float(times_reached[0]) if times_reached.size else None
