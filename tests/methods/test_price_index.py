"""Price index of a basket of services: figures calculated by hand, and its main drivers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.methods.price_index import LeaveOneOutIndex, PriceIndex, compare_matched_costs

NAN = float("nan")


def example_index():
    # The last two lack a cost, or a volume, in one window.
    return compare_matched_costs(
        [10, 100, 1, 5, NAN],
        [1, 2, 50, 3, 3],
        [20, 50, 1, 5, 5],
        [2, 1, 50, NAN, 3],
    )


def test_totals_and_index_calculated_by_hand():
    result = example_index()
    assert result.service_count == 3
    assert result.total_before == 10 + 200 + 50
    assert result.total_after == 40 + 50 + 50
    assert result.index.laspeyres == pytest.approx((20 + 100 + 50) / 260)
    assert result.index.paasche == pytest.approx((40 + 50 + 50) / (20 + 100 + 50))
    assert result.index.fisher == pytest.approx((17 / 26 * 14 / 17) ** 0.5)


def test_real_terms_divide_by_the_price_level():
    real = PriceIndex(laspeyres=0.98, paasche=None).in_real_terms(1.04)
    assert real.laspeyres == pytest.approx(49 / 52)
    assert (real.paasche, real.fisher) == (None, None)


def test_the_index_without_each_service_the_costliest_first():
    assert example_index().leave_one_out == (
        LeaveOneOutIndex(
            position=1,
            cost_share=pytest.approx(200 / 260),
            index=PriceIndex(pytest.approx(70 / 60), pytest.approx(90 / 70)),
        ),
        LeaveOneOutIndex(
            position=2,
            cost_share=pytest.approx(50 / 260),
            index=PriceIndex(pytest.approx(120 / 210), pytest.approx(90 / 120)),
        ),
        LeaveOneOutIndex(
            position=0,
            cost_share=pytest.approx(10 / 260),
            index=PriceIndex(pytest.approx(150 / 250), pytest.approx(100 / 150)),
        ),
    )


def test_a_service_without_which_the_fisher_index_changes_direction_is_found():
    result = example_index()
    assert result.index.fisher < 1
    assert [reversal.position for reversal in result.find_reversals()] == [1]
    assert not result.depends_on_volumes()


def test_directions_in_real_terms_are_judged_against_the_price_level():
    # A: 200 becomes 204. B: 100 becomes 101. Together 300 becomes 305, 1.7% dearer.
    result = compare_matched_costs([100, 100], [2, 1], [100, 100], [2.04, 1.01])
    assert result.find_reversals() == ()
    # Prices rose by 1.5%: without A, 1% is less than that.
    assert [reversal.position for reversal in result.find_reversals(1.015)] == [0]
    assert not result.depends_on_volumes(1.015)


def test_an_index_that_rises_at_one_years_volumes_and_falls_at_the_others():
    # 100 + 400 become 200 + 100 at the earlier volumes; 1000 + 4 become 2000 + 1 at the later.
    result = compare_matched_costs([100, 100], [1, 4], [1000, 1], [2, 1])
    assert (result.index.laspeyres, result.index.paasche) == pytest.approx((0.6, 2001 / 1004))
    assert result.depends_on_volumes()


def test_the_index_is_missing_without_its_only_service():
    (only,) = compare_matched_costs([10], [2], [10], [3]).leave_one_out
    assert only == LeaveOneOutIndex(position=0, cost_share=1, index=PriceIndex(None, None))


@pytest.mark.parametrize("volume", [[], [NAN], [0]])
def test_without_services_every_value_is_missing(volume):
    cost = [2.0] * len(volume)
    result = compare_matched_costs(volume, cost, volume, cost)
    assert (result.service_count, result.total_before, result.total_after) == (0, None, None)
    assert (result.index.laspeyres, result.index.paasche, result.index.fisher) == (None,) * 3
    assert result.leave_one_out == ()


def test_a_basket_that_cost_nothing_has_no_index():
    result = compare_matched_costs([10], [0], [10], [3])
    assert (result.total_before, result.total_after, result.index.fisher) == (0, 30, None)


def test_arrays_that_are_not_aligned_are_rejected():
    with pytest.raises(ValueError, match="not aligned"):
        compare_matched_costs([1], [1], [1], [1, 2])


services = st.lists(
    st.tuples(*[st.integers(1, 10**6), st.integers(1, 10**4).map(lambda pence: pence / 100)] * 2),
    min_size=1,
    max_size=8,
).map(lambda rows: np.array(rows, float).T)


@given(services)
def test_the_indices_are_weighted_means_of_price_changes(columns):
    volume, before, later, after = columns
    result = compare_matched_costs(*columns)
    price_ratios = after / before
    laspeyres, paasche = result.index.laspeyres, result.index.paasche
    assert laspeyres == pytest.approx(np.average(price_ratios, weights=volume * before))
    assert paasche == pytest.approx(1 / np.average(1 / price_ratios, weights=later * after))
    assert min(laspeyres, paasche) <= result.index.fisher * (1 + 1e-9)
    assert result.index.fisher <= max(laspeyres, paasche) * (1 + 1e-9)


@given(services)
def test_fisher_is_the_same_backwards_in_time(columns):
    volume, before, later, after = columns
    forwards = compare_matched_costs(*columns).index.fisher
    backwards = compare_matched_costs(later, after, volume, before).index.fisher
    assert forwards * backwards == pytest.approx(1)


@given(services, st.sampled_from([0.5, 2, 10]))
def test_a_common_price_change_equals_the_index(columns, factor):
    volume, before, later, _ = columns
    result = compare_matched_costs(volume, before, later, before * factor)
    assert result.index.laspeyres == pytest.approx(factor)
    assert result.index.paasche == pytest.approx(factor)
    if len(volume) > 1:
        indices = [index_without.index.laspeyres for index_without in result.leave_one_out]
        assert indices == pytest.approx([factor] * len(volume))
