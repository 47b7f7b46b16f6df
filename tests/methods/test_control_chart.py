"""XmR control chart, calculated by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.methods.simulated_windows import sum_four_quarters
from workbook.methods.control_chart import rolling_limits, xmr_limits

NAN = float("nan")


def test_limits_calculated_by_hand():
    # moving ranges 2, 1, 3, of mean 2: 5.75 ± 2.66 × 2
    chart = xmr_limits([4, 6, 5, 8])
    assert chart.centre == pytest.approx(5.75)
    assert chart.moving_range == pytest.approx(2)
    assert (chart.low, chart.high) == (pytest.approx(5.75 - 5.32), pytest.approx(5.75 + 5.32))
    assert not chart.outside.any()


def test_flow_rates_of_the_nist_handbook():
    # NIST/SEMATECH e-Handbook, 6.3.2.2: centre 50.81, mean moving range 1.8778, 45.8 to 55.8
    chart = xmr_limits([49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1])
    assert chart.centre == pytest.approx(50.81)
    assert chart.moving_range == pytest.approx(1.8778, abs=5e-5)
    assert (chart.low, chart.high) == (
        pytest.approx(45.815, abs=2e-3),
        pytest.approx(55.805, abs=2e-3),
    )
    assert not chart.outside.any()


def rolling_series(random, windows, shift=0.0):
    quarters = random.normal(size=windows + 3)
    quarters[(windows + 3) // 2 :] += shift
    return sum_four_quarters(quarters) / 4


def share_flagged(limits, *, windows, shift=0.0, series=1_000):
    random = np.random.default_rng(windows)
    return np.mean(
        [limits(rolling_series(random, windows, shift)).outside.any() for _ in range(series)]
    )


@pytest.mark.parametrize("windows", [8, 12, 18, 30])
def test_a_stable_service_in_rolling_windows_is_called_stable(windows):
    # 0.04, with a standard error of 0.006
    assert 0.02 < share_flagged(rolling_limits, windows=windows) < 0.06


def test_limits_for_independent_points_flag_most_stable_services():
    assert share_flagged(xmr_limits, windows=18) > 0.6


@pytest.mark.parametrize(("windows", "shift", "found"), [(12, 6, 0.9), (18, 4, 0.9), (30, 3, 0.8)])
def test_a_real_shift_is_found(windows, shift, found):
    assert share_flagged(rolling_limits, windows=windows, shift=shift) > found


def test_a_missing_window_leaves_its_neighbours_out():
    series = rolling_series(np.random.default_rng(1), 18)
    series[5] = NAN
    chart = rolling_limits(series)
    steps = abs(np.diff(series))
    assert chart.moving_range == pytest.approx(np.nanmean(steps))
    assert np.isfinite(steps).sum() == 15
    assert chart.high == pytest.approx(chart.centre + chart.factor * chart.moving_range)


def test_a_point_outside_the_limits_is_flagged():
    values = [10.0, 11] * 10 + [30]
    assert np.flatnonzero(xmr_limits(values).outside).tolist() == [20]


def test_limits_of_shares_are_cut_at_0_and_1():
    chart = xmr_limits([0.1, 0.9], low=0, high=1)
    assert (chart.low, chart.high) == (0, 1)


def test_a_gap_has_no_moving_range():
    # Moving ranges 1 and 3; the step from 2 to 20 across the gap is not counted.
    chart = xmr_limits([1, 2, NAN, 20, 23])
    assert chart.moving_range == 2
    assert chart.centre == pytest.approx(46 / 4)
    assert not chart.outside[2]


@pytest.mark.parametrize("values", [[], [1], [1, NAN], [1, NAN, 2]])
def test_too_few_points_are_rejected(values):
    with pytest.raises(ValueError, match="at least 2 neighbouring points"):
        xmr_limits(values)


@given(st.floats(0, 1), st.integers(2, 30))
def test_a_constant_series_has_no_width_and_no_point_outside(value, count):
    chart = xmr_limits([value] * count, low=0, high=1)
    assert not chart.outside.any()
    assert chart.high - chart.low == pytest.approx(0, abs=1e-12)


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30))
def test_the_centre_lies_between_the_limits(values):
    chart = xmr_limits(values, low=0, high=1)
    assert -1e-12 <= chart.low <= chart.centre + 1e-12
    assert chart.centre - 1e-12 <= chart.high <= 1 + 1e-12
