"""Regression of the logit of take-up in rolling twelve-month windows on what happens by month.

A window's share is the mean of its months', so a step enters over the windows that hold months
before and after it. The model is fitted to the means, so the step is estimated at its full size.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq
from scipy.special import expit, logit, stdtr, stdtrit

from workbook.methods.arrays import FloatArray
from workbook.methods.overlapping_windows import QUARTERS_PER_WINDOW, overlap_correlation_matrix

_MONTHS_PER_QUARTER = 3
_MONTHS_PER_WINDOW = _MONTHS_PER_QUARTER * QUARTERS_PER_WINDOW

_CONTINUITY_CORRECTION = 0.5
"""Number added to both counts, so that shares of 0 and 1 have a logit (Cox, 1970)."""
_PERSISTENCES = np.linspace(0.0, 0.8, 9)
"""Correlations of neighbouring quarters that are weighed, each as plausible as the next."""
_LARGEST_STEP_COUNT = 50
_STEP_TOLERANCE = 1e-9


def month_terms(windows: int, live_month: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Time, presence and duration of a service by month, over consecutive rolling windows.

    Args:
        windows: Number of windows.
        live_month: Month from which the service is live, counted from the first month of the first
            window, which is 0.

    Returns:
        Time in quarters from the middle of the span; 1 from the live month on; and quarters since
        the start of the live month, 0 before. Each has shape (months,), at the middle of a month.
    """
    months = np.arange(_MONTHS_PER_QUARTER * (windows - 1) + _MONTHS_PER_WINDOW)
    time = (months - months.mean()) / _MONTHS_PER_QUARTER
    is_live = (months >= live_month).astype(np.float64)
    return time, is_live, is_live * (months - live_month + 0.5) / _MONTHS_PER_QUARTER


def window_means(month_values: FloatArray) -> FloatArray:
    """Mean of the twelve months of each window.

    Args:
        month_values: Values by month, shape (months,) or (months, terms).

    Returns:
        Means by window, shape (windows,) or (windows, terms).

    Example:
        >>> _, is_live, _ = month_terms(6, live_month=12)
        >>> window_means(is_live).tolist()
        [0.0, 0.25, 0.5, 0.75, 1.0, 1.0]
    """
    views = np.lib.stride_tricks.sliding_window_view(month_values, _MONTHS_PER_WINDOW, axis=0)
    return np.asarray(views[::_MONTHS_PER_QUARTER].mean(axis=-1), np.float64)


@dataclass(frozen=True, eq=False)
class LinearisedFit:
    """A fit of window shares, as the linear model of its last step.

    Attributes:
        design: Derivative of each window's logit by each coefficient, shape (windows, terms).
        values: Values to which that linear model is fitted, shape (windows,).
        weights: Weights of the windows, shape (windows,).
    """

    design: FloatArray
    values: FloatArray
    weights: FloatArray

    @classmethod
    def from_counts(cls, digital: FloatArray, volume: FloatArray, terms: FloatArray) -> Self | None:
        """Fit the logit of take-up by month to counts by window (Gauss–Newton).

        Args:
            digital: Digital transactions of consecutive windows, shape (windows,).
            volume: All transactions of the same windows, above 0.
            terms: Terms of the linear model by month, shape (months, terms).

        Returns:
            The fit; None if it did not converge.
        """
        corrected_digital = digital + _CONTINUITY_CORRECTION
        corrected_other = np.maximum(volume - digital, 0) + _CONTINUITY_CORRECTION
        observed = np.log(corrected_digital / corrected_other)
        weights = 1 / (1 / corrected_digital + 1 / corrected_other)
        weights = weights / weights.mean()
        whitening = whitening_matrix(weights)
        design, values = window_means(terms), observed
        coefficients = np.zeros(terms.shape[1])
        for _ in range(_LARGEST_STEP_COUNT):
            update = np.linalg.lstsq(whitening @ design, whitening @ values)[0]
            has_converged = np.abs(update - coefficients).max() < _STEP_TOLERANCE
            coefficients = np.asarray(update, np.float64)
            shares = expit(terms @ coefficients)
            means = window_means(shares)
            if not ((means > 0) & (means < 1)).all():
                return None
            spread = (shares * (1 - shares))[:, None] * terms
            design = window_means(spread) / (means * (1 - means))[:, None]
            values = observed - logit(means) + design @ coefficients
            if has_converged:
                return cls(design, values, weights)
        return None


def whitening_matrix(weights: FloatArray, persistence: float = 0.0) -> FloatArray:
    """Matrix W with W'W the inverse of the covariance of the windows' errors.

    Args:
        weights: Weights of the windows, shape (windows,): their variances are proportional to
            1 / weight.
        persistence: Correlation of the errors of neighbouring quarters.

    Returns:
        Matrix, shape (windows, windows).
    """
    root = np.linalg.cholesky(overlap_correlation_matrix(len(weights), persistence))
    return np.asarray(np.linalg.solve(root, np.diag(np.sqrt(weights))), np.float64)


@dataclass(frozen=True, eq=False)
class CoefficientDistribution:
    """What is known of coefficients: a mixture of Student's t over how errors persist.

    How strongly quarters correlate is not known and too few windows tell it. Each value is weighed
    by its restricted likelihood (Harville, 1974), all being equally plausible beforehand.

    Attributes:
        means: Coefficients for each persistence, shape (persistences, terms).
        covariances: Their covariances, shape (persistences, terms, terms).
        weights: Weights of the persistences, adding up to 1.
        degrees_of_freedom: Windows less terms.
    """

    means: FloatArray
    covariances: FloatArray
    weights: FloatArray
    degrees_of_freedom: int

    @classmethod
    def from_fit(cls, fit: LinearisedFit) -> Self:
        """Weigh the fits over how errors persist.

        Args:
            fit: The fit of the windows.

        Returns:
            The distribution of the coefficients.
        """
        windows, terms = fit.design.shape
        freedom = windows - terms
        means, covariances, log_likelihoods = [], [], []
        for persistence in _PERSISTENCES:
            whitening = whitening_matrix(fit.weights, float(persistence))
            design, values = whitening @ fit.design, whitening @ fit.values
            coefficients = np.linalg.lstsq(design, values)[0]
            residual = values - design @ coefficients
            squares = max(float(residual @ residual), np.finfo(np.float64).tiny)
            information = design.T @ design
            means.append(coefficients)
            covariances.append(squares / freedom * np.linalg.inv(information))
            log_likelihoods.append(
                np.linalg.slogdet(whitening)[1]
                - np.linalg.slogdet(information)[1] / 2
                - freedom / 2 * np.log(squares)
            )
        weights = np.exp(np.array(log_likelihoods) - max(log_likelihoods))
        return cls(np.array(means), np.array(covariances), weights / weights.sum(), freedom)

    def mean_coefficients(self) -> FloatArray:
        """Coefficients, shape (terms,)."""
        return np.asarray(self.weights @ self.means, np.float64)

    def combination_quantile(self, contrast: npt.ArrayLike, probability: float) -> float:
        """Quantile of a linear combination of the coefficients.

        Args:
            contrast: What each coefficient counts in it, shape (terms,).
            probability: Between 0 and 1.

        Returns:
            The quantile.
        """
        combination = np.asarray(contrast, np.float64)
        centres = self.means @ combination
        errors = np.sqrt(
            np.einsum("i,kij,j->k", combination, self.covariances, combination, optimize=True)
        )
        quantiles = centres + errors * stdtrit(self.degrees_of_freedom, probability)
        low, high = float(quantiles.min()), float(quantiles.max())
        if high - low <= np.finfo(np.float64).eps * max(1.0, abs(low), abs(high)) * 64:
            return (low + high) / 2

        def excess(value: float) -> float:
            below = stdtr(self.degrees_of_freedom, (value - centres) / errors)
            return float(self.weights @ below) - probability

        return float(brentq(excess, low, high))
