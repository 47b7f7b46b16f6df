"""Price index of a basket of services: figures calculated by hand, and its main drivers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.methods.price_index import LeaveOneOutIndex, laspeyres_index

NAN = float("nan")


def example_index(**options):
    # The last two lack a cost, or a volume, in one window.
    return laspeyres_index(
        [10, 100, 1, 5, NAN],
        [1, 2, 50, 3, 3],
        [20, 50, 1, 5, 5],
        [2, 1, 50, NAN, 3],
        **options,
    )


def test_totals_and_index_calculated_by_hand():
    result = example_index()
    assert result.service_count == 3
    assert result.total_before == 10 + 200 + 50
    assert result.total_after == 40 + 50 + 50
    assert result.index == pytest.approx((20 + 100 + 50) / 260)


def test_the_index_without_each_of_the_largest_services_in_order():
    assert example_index(largest=2).leave_one_out == (
        LeaveOneOutIndex(
            position=1, cost_share=pytest.approx(200 / 260), index=pytest.approx(70 / 60)
        ),
        LeaveOneOutIndex(
            position=2, cost_share=pytest.approx(50 / 260), index=pytest.approx(120 / 210)
        ),
    )


def test_no_more_services_are_left_out_than_exist():
    assert [left_out.position for left_out in example_index(largest=10).leave_one_out] == [1, 2, 0]


def test_the_index_is_missing_without_its_only_service():
    (only,) = laspeyres_index([10], [2], [10], [3]).leave_one_out
    assert only == LeaveOneOutIndex(position=0, cost_share=1, index=None)


@pytest.mark.parametrize("volume", [[], [NAN], [0]])
def test_without_services_every_value_is_missing(volume):
    cost = [2.0] * len(volume)
    result = laspeyres_index(volume, cost, volume, cost)
    assert (result.service_count, result.total_before, result.total_after, result.index) == (
        0,
        *[None] * 3,
    )
    assert result.leave_one_out == ()


def test_a_basket_that_cost_nothing_has_no_index():
    result = laspeyres_index([10], [0], [10], [3])
    assert (result.total_before, result.total_after, result.index) == (0, 30, None)


def test_arrays_that_are_not_aligned_are_rejected():
    with pytest.raises(ValueError, match="not aligned"):
        laspeyres_index([1], [1], [1], [1, 2])


services = st.lists(
    st.tuples(*[st.integers(1, 10**6), st.integers(1, 10**4).map(lambda pence: pence / 100)] * 2),
    min_size=1,
    max_size=8,
).map(lambda rows: np.array(rows, float).T)


@given(services)
def test_the_index_is_the_weighted_mean_of_price_changes(columns):
    volume, before, _, after = columns
    result = laspeyres_index(*columns)
    price_ratios = after / before
    assert price_ratios.min() * (1 - 1e-9) <= result.index <= price_ratios.max() * (1 + 1e-9)
    assert result.index == pytest.approx(np.average(price_ratios, weights=volume * before))


@given(services, st.sampled_from([0.5, 2, 10]))
def test_a_common_price_change_equals_the_index(columns, factor):
    volume, before, later, _ = columns
    result = laspeyres_index(volume, before, later, before * factor)
    assert result.index == pytest.approx(factor)
    if len(volume) > 1:
        indices = [index_without.index for index_without in result.leave_one_out]
        assert indices == pytest.approx([factor] * min(3, len(volume)))
