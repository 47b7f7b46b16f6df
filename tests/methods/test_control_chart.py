"""XmR control chart, calculated by hand."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.methods.control_chart import xmr_limits

NAN = float("nan")


def test_limits_calculated_by_hand():
    # moving ranges 2, 1, 3, of mean 2: 5.75 ± 2.66 × 2
    chart = xmr_limits([4, 6, 5, 8])
    assert chart.centre == pytest.approx(5.75)
    assert chart.moving_range == pytest.approx(2)
    assert (chart.low, chart.high) == (pytest.approx(5.75 - 5.32), pytest.approx(5.75 + 5.32))
    assert not chart.outside.any()


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
