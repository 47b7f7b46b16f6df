"""Effect of going live on take-up, where its date is known (interrupted time series)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit

from workbook.methods.arrays import FloatArray
from workbook.methods.counts import validate_counts
from workbook.methods.overlapping_windows import count_independent_years
from workbook.methods.window_regression import (
    CoefficientDistribution,
    LinearisedFit,
    month_terms,
    window_means,
)

_LEAST_WINDOWS = 8
"""Windows needed for four coefficients and a spread: almost three separate years."""
_LEAST_WINDOWS_BEFORE = 3
"""Windows wholly before going live that a trend needs."""
_LEAST_WINDOWS_AFTER = 1
"""Windows wholly after going live, in which the whole step shows."""
EXTREME_SHARE = 0.01
"""Share below which, or above 1 less which, the logit rests on a handful of transactions."""
_LEVEL_TERM, _SLOPE_TERM = 2, 3


@dataclass(frozen=True)
class EffectEstimate:
    """An estimated effect with its confidence interval."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class InterruptedTimeSeries:
    """Change at going live. Effects are None where they cannot be estimated."""

    level_change: EffectEstimate | None
    """Step at going live, in logits."""
    slope_change: EffectEstimate | None
    """Change of slope from going live on, in logits a quarter."""
    fitted: FloatArray
    """Fitted take-up, shape (windows,); empty if there is no fit."""
    counterfactual: EffectEstimate | None
    """Take-up in the last window on the trend before going live, as a share."""
    independent_years: float
    """Number of separate years in the windows, which overlap."""
    failure: str
    """Why the effect cannot be estimated, empty if it can."""


def fit_interrupted_series(
    digital: npt.ArrayLike, volume: npt.ArrayLike, *, live_month: int, interval: float = 0.95
) -> InterruptedTimeSeries:
    """Fit a segmented regression b0 + b1 T + b2 D + b3 D (T − T0) to take-up by month.

    T is the month, T0 the month of going live and D 1 from there on. The regression is on the logit
    scale; a window's share is the mean of its twelve months'. So D takes 0.25, 0.5, 0.75 and 1 in
    the first four windows after going live at a quarter's start. Transactions are taken as evenly
    spread over the year. Errors of windows correlate because they overlap and because quarters may
    persist, which the intervals allow for (see ``window_regression``).

    Args:
        digital: Digital transactions of consecutive windows, shape (windows,).
        volume: All transactions of the same windows, above 0.
        live_month: Month of going live, counted from the first month of the first window, which is
            0; the service is taken to be live from the month's start.
        interval: Probability of the confidence intervals, between 0 and 1.

    Returns:
        Changes of level and slope, fitted values and the last window without the change.

    Raises:
        ValueError: If the counts are not such a series, or the interval is out of its bounds.
    """
    if not 0 < interval < 1:
        raise ValueError(f"interval is {interval}: it must be between 0 and 1")
    digital_counts, total_counts = validate_counts(digital, volume)
    windows = digital_counts.size
    time, is_live, live_time = month_terms(windows, live_month)
    failure = _explain_failure(window_means(is_live)) or explain_extreme_shares(
        digital_counts, total_counts
    )
    terms = np.stack([np.ones_like(time), time, is_live, live_time], axis=1)
    fit = None if failure else LinearisedFit.from_counts(digital_counts, total_counts, terms)
    if fit is None:
        failure = failure or "no step and slopes fit the periods"
        years = count_independent_years(windows)
        return InterruptedTimeSeries(None, None, np.empty(0), None, years, failure)
    coefficients = CoefficientDistribution.from_fit(fit)
    trend = np.where(np.arange(terms.shape[1]) < _LEVEL_TERM, window_means(terms)[-1], 0.0)
    level, slope = np.eye(terms.shape[1])[[_LEVEL_TERM, _SLOPE_TERM]]
    without_change = estimate_effect(coefficients, trend, interval)
    return InterruptedTimeSeries(
        estimate_effect(coefficients, level, interval),
        estimate_effect(coefficients, slope, interval),
        window_means(expit(terms @ coefficients.mean_coefficients())),
        EffectEstimate(
            *(
                float(expit(logit))
                for logit in (without_change.estimate, without_change.low, without_change.high)
            )
        ),
        count_independent_years(windows),
        "",
    )


def estimate_effect(
    coefficients: CoefficientDistribution, contrast: npt.ArrayLike, interval: float
) -> EffectEstimate:
    """Estimate of a linear combination of coefficients.

    Args:
        coefficients: The distribution of the coefficients.
        contrast: What each coefficient counts in it, shape (terms,).
        interval: Probability of the confidence interval, between 0 and 1.

    Returns:
        The estimate with its interval.
    """
    estimate = float(coefficients.mean_coefficients() @ np.asarray(contrast, np.float64))
    low, high = (
        coefficients.combination_quantile(contrast, probability)
        for probability in ((1 - interval) / 2, (1 + interval) / 2)
    )
    return EffectEstimate(estimate, min(low, estimate), max(high, estimate))


def explain_extreme_shares(digital: FloatArray, volume: FloatArray) -> str:
    """Explain that almost no or almost all transactions are digital in some window.

    Args:
        digital: Digital transactions by window.
        volume: All transactions by window.

    Returns:
        The reason why odds cannot be compared; empty if they can.
    """
    shares = digital / volume
    if shares.min() < EXTREME_SHARE:
        return f"in some periods less than {EXTREME_SHARE:.0%} of transactions were digital"
    if shares.max() > 1 - EXTREME_SHARE:
        return f"in some periods more than {1 - EXTREME_SHARE:.0%} of transactions were digital"
    return ""


def _explain_failure(live_fractions: FloatArray) -> str:
    """Reason why there are too few windows, by the fraction of each after going live."""
    before, after = int((live_fractions == 0).sum()), int((live_fractions == 1).sum())
    if before >= _LEAST_WINDOWS_BEFORE and after >= _LEAST_WINDOWS_AFTER:
        if live_fractions.size >= _LEAST_WINDOWS:
            return ""
        return f"this needs {_LEAST_WINDOWS} periods, and the data have {live_fractions.size}"
    return (
        f"this needs {_LEAST_WINDOWS_BEFORE} periods wholly before going live and"
        f" {_LEAST_WINDOWS_AFTER} wholly after, and the data have {before} and {after}"
    )
