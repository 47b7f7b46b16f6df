"""Cost of a matched basket: worked out by hand, and who drives the index."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.methods.basket import Without, basket

NAN = float("nan")


def by_hand(**how):
    # The last two lack a cost, or a volume, in one window.
    return basket(
        [10, 100, 1, 5, NAN],
        [1, 2, 50, 3, 3],
        [20, 50, 1, 5, 5],
        [2, 1, 50, NAN, 3],
        **how,
    )


def test_totals_and_index_by_hand():
    found = by_hand()
    assert found.services == 3
    assert found.total_before == 10 + 200 + 50
    assert found.total_after == 40 + 50 + 50
    assert found.index == pytest.approx((20 + 100 + 50) / 260)


def test_without_each_of_the_largest_the_largest_first():
    assert by_hand(largest=2).without == (
        Without(position=1, cost_share=pytest.approx(200 / 260), index=pytest.approx(70 / 60)),
        Without(position=2, cost_share=pytest.approx(50 / 260), index=pytest.approx(120 / 210)),
    )


def test_no_more_are_left_out_than_there_are():
    assert [each.position for each in by_hand(largest=10).without] == [1, 2, 0]


def test_without_its_only_service_there_is_no_index():
    (only,) = basket([10], [2], [10], [3]).without
    assert only == Without(position=0, cost_share=1, index=None)


@pytest.mark.parametrize("volume", [[], [NAN], [0]])
def test_without_a_service_nothing_is_known(volume):
    cost = [2.0] * len(volume)
    found = basket(volume, cost, volume, cost)
    assert (found.services, found.total_before, found.total_after, found.index) == (0, *[None] * 3)
    assert found.without == ()


def test_what_cost_nothing_has_no_index():
    found = basket([10], [0], [10], [3])
    assert (found.total_before, found.total_after, found.index) == (0, 30, None)


def test_arrays_that_are_not_aligned_are_refused():
    with pytest.raises(ValueError, match="not aligned"):
        basket([1], [1], [1], [1, 2])


services = st.lists(
    st.tuples(*[st.integers(1, 10**6), st.integers(1, 10**4).map(lambda pence: pence / 100)] * 2),
    min_size=1,
    max_size=8,
).map(lambda rows: np.array(rows, float).T)


@given(services)
def test_the_index_is_a_mean_of_the_services_own(columns):
    volume, before, _, after = columns
    found = basket(*columns)
    own = after / before
    assert own.min() * (1 - 1e-9) <= found.index <= own.max() * (1 + 1e-9)
    assert found.index == pytest.approx(np.average(own, weights=volume * before))


@given(services, st.sampled_from([0.5, 2, 10]))
def test_prices_that_all_rise_alike_are_the_index(columns, factor):
    volume, before, later, _ = columns
    found = basket(volume, before, later, before * factor)
    assert found.index == pytest.approx(factor)
    if len(volume) > 1:
        indices = [each.index for each in found.without]
        assert indices == pytest.approx([factor] * min(3, len(volume)))
