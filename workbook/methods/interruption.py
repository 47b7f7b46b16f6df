"""The effect of going live, where its date is known (interrupted time series)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit, stdtrit

from workbook.methods.arrays import FloatArray
from workbook.methods.counts import reported
from workbook.methods.diffusion import Data
from workbook.methods.overlap import correlations, independent_years

LEAST_SIDE = 2
"""Windows before, and after, without which one side has no slope."""
PARAMETERS = 4
HALF = 0.5
"""Added to both counts, so that shares of 0 and 1 have a logit too."""
LEAST_INDEPENDENT = 12
"""Independent points below which an interval of this kind is too narrow, and is said to be."""


@dataclass(frozen=True)
class Effect:
    """An estimate with its interval, on the logit scale."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class Interruption:
    """What changed when the service went live. Effects are None where they cannot be estimated."""

    level: Effect | None
    """The step at go-live, in logits."""
    slope: Effect | None
    """The change of slope, in logits a quarter."""
    fitted: FloatArray
    """Take-up as fitted, shape (windows,); empty if nothing is."""
    without: FloatArray
    """Take-up had the course before gone on, at the same windows."""
    independent: float
    """How many independent points the windows hold: years, as windows overlap."""
    failure: str
    """Why it cannot be estimated; empty if it is."""

    @property
    def too_narrow(self) -> bool:
        """Whether there are too few independent points to trust the intervals' width."""
        return self.independent < LEAST_INDEPENDENT


def interruption(
    digital: npt.ArrayLike, volume: npt.ArrayLike, *, go_live: int, interval: float = 0.95
) -> Interruption:
    """Segmented regression of take-up on the logit scale, b0 + b1 T + b2 D + b3 D (T − T0).

    Args:
        digital: Digital transactions of consecutive windows, shape (windows,).
        volume: All transactions, aligned with it, above 0.
        go_live: Position T0 of the first window in which the service was live; D is 1 from there
            on. With D T in place of D (T − T0), b2 would be the step at time 0.
        interval: Probability of the intervals, between 0 and 1.

    Generalised least squares on ln((d + ½) / (v − d + ½)), which shares of 0 and 1 have too, with
    the weight 1 / (1 / (d + ½) + 1 / (v − d + ½)) (Cox, 1970) and the correlation of overlapping
    windows. A window is a year: the year after go-live still holds quarters from before it.
    Raises ValueError for counts that are no such series and an interval out of its bounds.
    """
    if not 0 < interval < 1:
        raise ValueError(f"an interval of {interval} is none: it must be between 0 and 1")
    counted, total = reported(digital, volume)
    online, other = counted + HALF, np.maximum(total - counted, 0) + HALF
    quarter = np.arange(online.size)
    independent = independent_years(online.size)
    failure = _failure(go_live, online.size)
    if failure:
        return Interruption(None, None, np.empty(0), np.empty(0), independent, failure)
    live = (quarter >= go_live).astype(np.float64)
    terms = np.stack([np.ones_like(live), quarter, live, live * (quarter - go_live)], axis=1)
    weights = 1 / (1 / online + 1 / other)
    data = Data.of(
        quarter, np.log(online / other), weights / weights.mean(), correlations(len(live))
    )
    estimate, error = _regression(data.whiten @ terms, data.whiten @ data.values)
    reach = error * stdtrit(online.size - PARAMETERS, (1 + interval) / 2)
    _, _, level, slope = (
        Effect(*each)
        for each in zip(
            *(side.tolist() for side in (estimate, estimate - reach, estimate + reach)), strict=True
        )
    )
    fitted, without = expit(terms @ estimate), expit(terms[:, :2] @ estimate[:2])
    return Interruption(level, slope, fitted, without, independent, "")


def _failure(go_live: int, windows: int) -> str:
    before = min(max(go_live, 0), windows)
    after = windows - before
    if before < LEAST_SIDE or after < LEAST_SIDE:
        return (
            f"{before} windows before going live and {after} after: "
            f"a change needs {LEAST_SIDE} on each side"
        )
    if windows <= PARAMETERS:
        return f"{windows} windows leave nothing to judge by: a change needs {PARAMETERS + 1}"
    return ""


def _regression(terms: FloatArray, target: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Least squares: the coefficients and their standard errors."""
    estimate = np.asarray(np.linalg.lstsq(terms, target)[0], np.float64)
    left = target - terms @ estimate
    variance = left @ left / (len(target) - terms.shape[1])
    spread = np.diag(np.linalg.inv(terms.T @ terms))
    return estimate, np.asarray(np.sqrt(variance * spread), np.float64)
