"""Effect of going live on take-up, where its date is known (interrupted time series)."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit, stdtrit

from workbook.methods.arrays import FloatArray
from workbook.methods.counts import validate_counts
from workbook.methods.curve_fitting import WeightedSeries
from workbook.methods.overlapping_windows import count_independent_years, overlap_correlation_matrix

_MINIMUM_SIDE_WINDOWS = 2
"""Windows that each side of go-live needs to have a slope."""
_COEFFICIENT_COUNT = 4
_CONTINUITY_CORRECTION = 0.5
"""Number added to both counts, so that shares of 0 and 1 have a logit."""
MINIMUM_INDEPENDENT_POINTS = 12
"""Independent points below which the confidence intervals are too narrow."""


@dataclass(frozen=True)
class EffectEstimate:
    """An estimated effect with its confidence interval, on the logit scale."""

    estimate: float
    low: float
    high: float


@dataclass(frozen=True)
class InterruptedTimeSeries:
    """Change at go-live. Effects are None where they cannot be estimated."""

    level_change: EffectEstimate | None
    """Step at go-live, in logits."""
    slope_change: EffectEstimate | None
    """Change of slope at go-live, in logits a quarter."""
    fitted: FloatArray
    """Fitted take-up, shape (windows,); empty if the fit failed."""
    counterfactual: FloatArray
    """Take-up on the trend before go-live, at the same windows."""
    independent_points: float
    """Number of independent points: years, because the windows overlap."""
    failure: str
    """Why the effect cannot be estimated, empty if it can."""

    @property
    def intervals_too_narrow(self) -> bool:
        """Whether there are too few independent points to trust the width of the intervals."""
        return self.independent_points < MINIMUM_INDEPENDENT_POINTS


def fit_interrupted_series(
    digital: npt.ArrayLike, volume: npt.ArrayLike, *, go_live: int, interval: float = 0.95
) -> InterruptedTimeSeries:
    """Fit a segmented regression b0 + b1 T + b2 D + b3 D (T − T0) to the logit of take-up.

    The fit is by generalised least squares on ln((d + ½) / (v − d + ½)), which is defined for
    shares of 0 and 1 too. The weights are 1 / (1 / (d + ½) + 1 / (v − d + ½)) (Cox, 1970), and the
    errors correlate as overlapping windows do. A window is a year, so windows in the year after
    go-live still hold quarters from before it.

    Args:
        digital: Digital transactions of consecutive windows, shape (windows,).
        volume: All transactions of the same windows, above 0.
        go_live: Position T0 of the first window in which the service was live. D is 1 from there
            on. With D T in place of D (T − T0), b2 would be the step at time 0.
        interval: Probability of the confidence intervals, between 0 and 1.

    Returns:
        Changes of level and slope, fitted values and the path without the change.

    Raises:
        ValueError: If the counts are not such a series, or the interval is out of its bounds.
    """
    if not 0 < interval < 1:
        raise ValueError(f"interval is {interval}: it must be between 0 and 1")
    digital_counts, total_counts = validate_counts(digital, volume)
    corrected_digital = digital_counts + _CONTINUITY_CORRECTION
    corrected_other = np.maximum(total_counts - digital_counts, 0) + _CONTINUITY_CORRECTION
    quarters = np.arange(corrected_digital.size)
    independent_points = count_independent_years(corrected_digital.size)
    failure = _explain_failure(go_live, corrected_digital.size)
    if failure:
        return InterruptedTimeSeries(
            None, None, np.empty(0), np.empty(0), independent_points, failure
        )
    is_live = (quarters >= go_live).astype(np.float64)
    design_matrix = np.stack(
        [np.ones_like(is_live), quarters, is_live, is_live * (quarters - go_live)], axis=1
    )
    weights = 1 / (1 / corrected_digital + 1 / corrected_other)
    data = WeightedSeries.from_values(
        quarters,
        np.log(corrected_digital / corrected_other),
        weights / weights.mean(),
        overlap_correlation_matrix(len(is_live)),
    )
    coefficients, standard_errors = _ordinary_least_squares(
        data.whitening_matrix @ design_matrix, data.whitening_matrix @ data.values
    )
    margins = standard_errors * stdtrit(
        corrected_digital.size - _COEFFICIENT_COUNT, (1 + interval) / 2
    )
    bounds = np.stack([coefficients, coefficients - margins, coefficients + margins], axis=1)
    _, _, level_change, slope_change = (EffectEstimate(*row) for row in bounds.tolist())
    fitted = expit(design_matrix @ coefficients)
    counterfactual = expit(design_matrix[:, :2] @ coefficients[:2])
    return InterruptedTimeSeries(
        level_change, slope_change, fitted, counterfactual, independent_points, ""
    )


def _explain_failure(go_live: int, windows: int) -> str:
    """Sentence that says why the effect cannot be estimated, or an empty string."""
    windows_before = min(max(go_live, 0), windows)
    windows_after = windows - windows_before
    if windows_before < _MINIMUM_SIDE_WINDOWS or windows_after < _MINIMUM_SIDE_WINDOWS:
        return (
            f"it needs {_MINIMUM_SIDE_WINDOWS} periods before going live and"
            f" {_MINIMUM_SIDE_WINDOWS} after, and the data have {windows_before} and"
            f" {windows_after}"
        )
    if windows <= _COEFFICIENT_COUNT:
        return f"it needs at least {_COEFFICIENT_COUNT + 1} periods, and the data have {windows}"
    return ""


def _ordinary_least_squares(
    design_matrix: FloatArray, target: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Least-squares coefficients and their standard errors."""
    coefficients = np.asarray(np.linalg.lstsq(design_matrix, target)[0], np.float64)
    residuals = target - design_matrix @ coefficients
    variance = residuals @ residuals / (len(target) - design_matrix.shape[1])
    unscaled_variances = np.diag(np.linalg.inv(design_matrix.T @ design_matrix))
    return coefficients, np.asarray(np.sqrt(variance * unscaled_variances), np.float64)
