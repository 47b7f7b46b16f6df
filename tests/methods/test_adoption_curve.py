"""Assumed adoption: values calculated by hand, and properties of every curve."""

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from workbook.methods.adoption_curve import LogisticAdoption


def test_a_rise_from_20_to_80_percent_is_half_way_at_half_the_time():
    # logit 0.2 = −ln 4 and logit 0.8 = ln 4: a quarter of the way it is −ln 2, which is a third
    assert LogisticAdoption(0.2, 0.8, 4)([0, 1, 2, 3, 4]) == pytest.approx(
        [0.2, 1 / 3, 0.5, 2 / 3, 0.8]
    )


def test_take_up_is_constant_before_the_start_and_after_the_target():
    assert LogisticAdoption(0.2, 0.8, 4)([-9, -1, 5, 90]) == pytest.approx([0.2, 0.2, 0.8, 0.8])


def test_the_target_may_lie_below_the_start():
    assert LogisticAdoption(0.8, 0.2, 4)([0, 2, 4]) == pytest.approx([0.8, 0.5, 0.2])


def test_draws_are_broadcast_against_years():
    start, years = np.array([0.2, 0.5, 0.7]), np.array([3.0, 4.5, 6])
    times = np.arange(11.0)[:, None]
    result = LogisticAdoption(start, 0.82, years)(times)
    assert result.shape == (11, 3)
    for draw in range(3):
        assert (
            result[:, draw] == LogisticAdoption(start[draw], 0.82, years[draw])(times[:, 0])
        ).all()


share = st.floats(1e-6, 1 - 1e-6)


@given(share, share, st.floats(0.1, 50), st.lists(st.floats(-10, 60), min_size=2, max_size=9))
def test_the_curve_is_monotonic_between_start_and_target(start, target, years, times):
    result = LogisticAdoption(start, target, years)(sorted(times))
    rounding = 1e-12
    assert (result >= min(start, target) - rounding).all()
    assert (result <= max(start, target) + rounding).all()
    assert (np.diff(result) * np.sign(target - start) >= 0).all()


def integrate_numerically(start, target, years, elapsed):
    """Gauss–Legendre integral of the rise, with 60 points on each side of the kink."""
    points, weights = np.polynomial.legendre.leggauss(60)
    total = 0.0
    for low, high in ((0, min(elapsed, years)), (min(elapsed, years), elapsed)):
        times = low + (high - low) * (points + 1) / 2
        rise = LogisticAdoption(start, target, years)(times) - start
        total += float((weights * rise).sum()) * (high - low) / 2
    return total


@given(share, share, st.floats(0.1, 50), st.floats(0, 125))
@example(0.7228, 0.82, 4.0, 3.0)
@example(0.5, 0.5 + 1e-12, 20.0, 125.0)  # almost flat: a naive closed form loses its digits
@example(0.3, 0.3, 5.0, 125.0)
@example(0.001, 0.999, 1.0, 2.5)
def test_the_integral_of_the_rise_matches_a_numerical_one(start, target, years, elapsed):
    result = LogisticAdoption(start, target, years).integrate_rise(elapsed)
    scale = max(abs(target - start) * elapsed, 1e-12)
    assert (
        abs(result - integrate_numerically(start, target, years, elapsed)) <= 1e-9 * scale + 1e-12
    )


def test_the_integral_is_zero_before_the_start_and_on_a_flat_path():
    assert LogisticAdoption(0.2, 0.8, 4).integrate_rise([-3, 0]).tolist() == [0, 0]
    assert LogisticAdoption(0.3, 0.3, 4).integrate_rise([1, 9]).tolist() == [0, 0]


@given(share, share, st.floats(1, 20), st.integers(1, 30))
def test_a_years_mean_rise_lies_between_its_ends(start, target, years, year):
    ends = LogisticAdoption(start, target, years)([year - 1, year]) - start
    integral = LogisticAdoption(start, target, years).integrate_rise([year - 1, year])
    assert min(ends) - 1e-9 <= integral[1] - integral[0] <= max(ends) + 1e-9


@pytest.mark.parametrize("share_value", [0, 1, -0.1, 1.2, float("nan")])
def test_shares_of_0_and_1_are_rejected(share_value):
    for given_shares in ((share_value, 0.5), (0.5, [0.4, share_value])):
        with pytest.raises(
            ValueError, match=f"take-up is {share_value:g}: it must be between 0 and 1"
        ):
            LogisticAdoption(*given_shares, 4)


@pytest.mark.parametrize("years", [0, -1, float("nan")])
def test_the_years_to_the_target_must_be_positive(years):
    with pytest.raises(
        ValueError, match=f"time to the target is {years:g} years: it must be above 0"
    ):
        LogisticAdoption(0.2, 0.8, [4, years])
