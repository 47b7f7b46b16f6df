"""Interrupted time series: known steps and slopes are recovered, or a failure is given."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit, logit

from workbook.methods.interrupted_time_series import fit_interrupted_series
from workbook.methods.overlapping_windows import overlap_correlation_matrix

MANY = 1e12
"""So many transactions that the continuity correction is negligible."""


def stepped_series(windows=12, go_live=6, level=0.5, slope=0.1):
    quarter = np.arange(windows)
    live = quarter >= go_live
    return expit(-1 + 0.05 * quarter + level * live + slope * live * (quarter - go_live))


def estimate_interruption(shares, volume=MANY, **options):
    volume = np.broadcast_to(volume, np.shape(shares)).astype(float)
    return fit_interrupted_series(shares * volume, volume, **{"go_live": 6} | options)


def test_the_step_is_estimated_at_go_live_and_not_at_time_0():
    result = estimate_interruption(stepped_series())
    assert result.level_change.estimate == pytest.approx(0.5, abs=1e-8)
    assert result.slope_change.estimate == pytest.approx(0.1, abs=1e-8)
    assert result.fitted == pytest.approx(stepped_series())
    assert result.counterfactual == pytest.approx(stepped_series(level=0, slope=0))
    assert result.failure == ""


def test_estimate_and_interval_equal_generalised_least_squares():
    shares = np.array([0.21, 0.19, 0.25, 0.24, 0.22, 0.27, 0.41, 0.44, 0.42, 0.49])
    volume = np.linspace(1e4, 3e4, 10)
    result = estimate_interruption(shares, volume, interval=0.95)
    quarter = np.arange(10)
    live = (quarter >= 6).astype(float)
    terms = np.stack([np.ones(10), quarter, live, live * (quarter - 6)], axis=1)
    online, other = shares * volume + 0.5, (1 - shares) * volume + 0.5
    spread = np.sqrt(1 / online + 1 / other)
    inverse = np.linalg.inv(spread[:, None] * overlap_correlation_matrix(10) * spread)
    covariance = np.linalg.inv(terms.T @ inverse @ terms)
    estimate = covariance @ terms.T @ inverse @ np.log(online / other)
    left = np.log(online / other) - terms @ estimate
    error = np.sqrt(left @ inverse @ left / 6 * covariance[2, 2])
    # t of 6 degrees of freedom: 2.4469 at 97.5%
    assert result.level_change.estimate == pytest.approx(estimate[2])
    assert result.level_change.low == pytest.approx(estimate[2] - 2.4469 * error, rel=1e-4)
    assert result.level_change.high == pytest.approx(estimate[2] + 2.4469 * error, rel=1e-4)


def test_the_effective_number_of_independent_points():
    assert estimate_interruption(stepped_series()).independent_points == 15 / 4
    assert estimate_interruption(stepped_series()).intervals_too_narrow
    assert not estimate_interruption(stepped_series(windows=45)).intervals_too_narrow


@pytest.mark.parametrize(
    ("windows", "go_live", "reason"),
    [
        (12, 1, "the data have 1 and 11"),
        (12, 11, "the data have 11 and 1"),
        (12, -3, "the data have 0 and 12"),
        (12, 40, "the data have 12 and 0"),
        (4, 2, "at least 5 periods, and the data have 4"),
    ],
)
def test_too_few_windows_give_a_failure_reason(windows, go_live, reason):
    result = estimate_interruption(stepped_series(windows), go_live=go_live)
    assert reason in result.failure
    assert (result.level_change, result.slope_change, result.fitted.size) == (None, None, 0)


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_shares_of_0_and_1_have_an_estimate(share):
    result = estimate_interruption(np.full(12, share), 1000)
    assert result.level_change.estimate == pytest.approx(0, abs=1e-9)
    assert np.isfinite(logit(result.fitted)).all()


@pytest.mark.parametrize("interval", [0, 1, 95])
def test_an_invalid_interval_is_rejected(interval):
    with pytest.raises(ValueError, match=f"interval is {interval}: it must be between 0 and 1"):
        estimate_interruption(stepped_series(), interval=interval)


def test_a_window_without_figures_is_rejected():
    with pytest.raises(ValueError, match="window 2 has nan digital of 10"):
        fit_interrupted_series([1, float("nan")], [10, 10], go_live=1)


@given(st.lists(st.floats(0, 1.2), min_size=5, max_size=21), st.integers(2, 3), st.floats(1, 1e9))
def test_the_confidence_interval_always_contains_the_estimate(shares, go_live, volume):
    result = estimate_interruption(np.array(shares), volume, go_live=go_live)
    for effect in (result.level_change, result.slope_change):
        assert effect.low <= effect.estimate <= effect.high
