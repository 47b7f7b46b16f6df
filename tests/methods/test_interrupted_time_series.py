"""Interrupted time series: a known step in rolling windows is recovered, or a failure is given."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from tests.methods.simulated_windows import simulate_windows, sum_four_quarters
from workbook.methods.interrupted_time_series import fit_interrupted_series
from workbook.methods.overlapping_windows import overlap_correlation_matrix
from workbook.methods.window_regression import (
    CoefficientDistribution,
    LinearisedFit,
    month_terms,
    window_means,
)

MANY = 1e9
"""So many transactions that the continuity correction is negligible."""


def stepped_windows(windows=12, live_quarter=9, level=0.5, slope=0.1, months=None):
    """Digital counts of windows without noise, by quarters at their middle."""
    quarter = np.arange(windows + 3)
    live = quarter >= live_quarter
    logits = -1 + 0.05 * quarter + level * live + slope * live * (quarter - live_quarter + 0.5)
    return sum_four_quarters(MANY * expit(logits))


def fit_windows(digital, **options):
    return fit_interrupted_series(
        digital, np.full(np.shape(digital), 4 * MANY), **{"live_month": 27} | options
    )


@pytest.mark.parametrize(
    ("live_month", "fractions"),
    [
        (12, [0, 3, 6, 9, 12, 12]),  # a quarter's start: the step enters over four windows
        (13, [0, 2, 5, 8, 11, 12]),
        (14, [0, 1, 4, 7, 10, 12]),
        (15, [0, 0, 3, 6, 9, 12]),
    ],
)
def test_a_step_enters_with_the_months_of_each_window_after_it(live_month, fractions):
    _, is_live, _ = month_terms(6, live_month)
    assert window_means(is_live) * 12 == pytest.approx(fractions)


def test_time_since_going_live_is_the_mean_over_the_window():
    # Live from the second quarter: 0, then quarters of mean age 0.5, 1.5 and 2.5.
    _, _, live_time = month_terms(2, live_month=3)
    assert window_means(live_time)[0] == pytest.approx((0 + 0.5 + 1.5 + 2.5) / 4)
    assert window_means(live_time)[1] == pytest.approx((0.5 + 1.5 + 2.5 + 3.5) / 4)


def test_the_whole_step_is_estimated_although_it_enters_over_a_year():
    result = fit_windows(stepped_windows())
    assert result.level_change.estimate == pytest.approx(0.5, rel=2e-3)
    assert result.slope_change.estimate == pytest.approx(0.1, rel=2e-3)
    assert result.fitted == pytest.approx(stepped_windows() / (4 * MANY), abs=1e-5)
    without_step = stepped_windows(level=0, slope=0) / (4 * MANY)
    assert result.counterfactual.estimate == pytest.approx(without_step[-1], abs=1e-3)
    assert result.failure == ""


@pytest.mark.parametrize("windows", [8, 12, 18])
def test_a_known_step_is_estimated_without_bias_and_held_by_its_interval(windows):
    random = np.random.default_rng(windows)
    live_quarter = windows // 2 + 3
    effects = []
    for persistence in (0.0, 0.3, 0.6):
        for _ in range(200):
            digital, volume = simulate_windows(
                random,
                windows=windows,
                live_quarter=live_quarter,
                step=0.8,
                slope=0.03,
                persistence=persistence,
            )
            result = fit_interrupted_series(digital, volume, live_month=3 * live_quarter)
            effects.append(result.level_change)
    estimates = np.array([effect.estimate for effect in effects])
    assert abs(estimates.mean() - 0.8) < 0.02 + 3 * estimates.std() / np.sqrt(len(estimates))
    held = np.mean([effect.low <= 0.8 <= effect.high for effect in effects])
    assert 0.90 <= held <= 0.98


def test_estimate_for_independent_quarters_equals_generalised_least_squares():
    digital = np.array([21, 20, 25, 24, 22, 27, 35, 41, 44, 49]) * 100.0
    volume = np.linspace(1e4, 2e4, 10)
    time, is_live, live_time = month_terms(10, 27)
    terms = np.stack([np.ones_like(time), time, is_live, live_time], axis=1)
    fit = LinearisedFit.from_counts(digital, volume, terms)
    spread = 1 / np.sqrt(fit.weights)
    inverse = np.linalg.inv(spread[:, None] * overlap_correlation_matrix(10) * spread)
    covariance = np.linalg.inv(fit.design.T @ inverse @ fit.design)
    estimate = covariance @ fit.design.T @ inverse @ fit.values
    left = fit.values - fit.design @ estimate
    distribution = CoefficientDistribution.from_fit(fit)
    assert distribution.means[0] == pytest.approx(estimate)
    assert distribution.covariances[0] == pytest.approx(left @ inverse @ left / 6 * covariance)
    assert distribution.weights.sum() == pytest.approx(1)
    # At the fit the linear model returns its own coefficients: a fixed point of Gauss and Newton.
    shares = window_means(expit(terms @ estimate))
    logits = np.log(shares / (1 - shares))
    observed = np.log((digital + 0.5) / (volume - digital + 0.5))
    assert fit.values == pytest.approx(observed - logits + fit.design @ estimate)


def test_quantiles_of_one_persistence_are_those_of_students_t():
    distribution = CoefficientDistribution(
        np.array([[2.0]]), np.array([[[0.25]]]), np.array([1.0]), degrees_of_freedom=6
    )
    # t of 6 degrees of freedom: 2.4469 at 97.5%
    assert distribution.combination_quantile([1.0], 0.975) == pytest.approx(
        2 + 0.5 * 2.4469, rel=1e-4
    )


def test_quantiles_of_a_mixture_halve_its_weight():
    distribution = CoefficientDistribution(
        np.array([[0.0], [10.0]]), np.full((2, 1, 1), 1e-6), np.array([0.6, 0.4]), 4
    )
    assert distribution.combination_quantile([1.0], 0.3) == pytest.approx(0, abs=0.01)
    assert distribution.combination_quantile([1.0], 0.8) == pytest.approx(10, abs=0.01)


def test_the_number_of_separate_years():
    assert fit_windows(stepped_windows()).independent_years == 15 / 4


@pytest.mark.parametrize(
    ("windows", "live_month", "reason"),
    [
        (12, 15, "the data have 2 and 7"),
        (12, 36, "the data have 9 and 0"),
        (12, -3, "the data have 0 and 12"),
        (12, 90, "the data have 12 and 0"),
        (7, 18, "needs 8 periods, and the data have 7"),
    ],
)
def test_too_few_windows_give_a_failure_reason(windows, live_month, reason):
    result = fit_windows(stepped_windows(windows), live_month=live_month)
    assert reason in result.failure
    assert (result.level_change, result.slope_change, result.fitted.size) == (None, None, 0)


@pytest.mark.parametrize(
    ("share", "reason"),
    [
        (0.0, "less than 1% of transactions were digital"),
        (0.009, "less than 1% of transactions were digital"),
        (0.991, "more than 99% of transactions were digital"),
        (1.0, "more than 99% of transactions were digital"),
    ],
)
def test_a_side_almost_never_or_almost_always_digital_is_refused(share, reason):
    digital = stepped_windows()
    digital[:4] = share * 4 * MANY
    result = fit_windows(digital)
    assert reason in result.failure
    assert result.level_change is None


@pytest.mark.parametrize("interval", [0, 1, 95])
def test_an_invalid_interval_is_rejected(interval):
    with pytest.raises(ValueError, match=f"interval is {interval}: it must be between 0 and 1"):
        fit_windows(stepped_windows(), interval=interval)


def test_a_window_without_figures_is_rejected():
    with pytest.raises(ValueError, match="window 2 has nan digital of 10"):
        fit_interrupted_series([1, float("nan")], [10, 10], live_month=1)


@given(st.lists(st.floats(0, 1.2), min_size=8, max_size=21), st.integers(18, 21), st.floats(1, 1e9))
def test_the_confidence_interval_always_contains_the_estimate(shares, live_month, volume):
    counts = np.array(shares) * volume
    result = fit_interrupted_series(counts, np.full(len(shares), volume), live_month=live_month)
    for effect in (result.level_change, result.slope_change):
        assert (effect is None) == bool(result.failure)
        if effect is not None:
            assert effect.low <= effect.estimate <= effect.high
