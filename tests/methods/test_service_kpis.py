"""The four service KPIs, with the figures of their published definitions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.methods import service_kpis as kpis

NAN = float("nan")
RATINGS = [10, 10, 20, 40, 20]


def test_take_up_with_and_without_assisted_digital():
    channels = {"online": 700, "assisted": 100, "paper": 150, "phone": 50}
    assert kpis.take_up_share(**channels) == pytest.approx(0.70)
    assert kpis.take_up_share(**channels, assisted_counts=True) == pytest.approx(0.80)


def test_satisfaction_as_top_two_share_and_as_mean():
    # mean (10 + 20 + 60 + 160 + 100) / 100 = 3.5, (3.5 − 1) / 4 = 0.625
    assert kpis.satisfied_share(RATINGS) == pytest.approx(0.60)
    assert kpis.mean_satisfaction(RATINGS) == pytest.approx(0.625)


def test_completion_rate_and_cost_per_transaction():
    assert kpis.completion_rate(1000, 2000) == 0.5
    assert kpis.cost_per_transaction(5000, 2000) == 2.5


@pytest.mark.parametrize(
    ("indicator", "counts"),
    [
        (kpis.completion_rate, [0, 0]),
        (kpis.completion_rate, [NAN, 10]),
        (kpis.take_up_share, [0, 0, 0, 0]),
        (kpis.take_up_share, [10, NAN, 0, 0]),
        (kpis.satisfied_share, [[0] * 5]),
        (kpis.mean_satisfaction, [[NAN, 1, 1, 1, 1]]),
        (kpis.cost_per_transaction, [100, 0]),
    ],
)
def test_without_counts_a_kpi_is_missing_and_not_0(indicator, counts):
    assert np.isnan(indicator(*counts))


def test_arrays_of_counts_give_arrays():
    assert kpis.completion_rate([1, 0, 3], [2, 0, NAN]) == pytest.approx(
        np.array([0.5, NAN, NAN]), nan_ok=True
    )
    assert kpis.satisfied_share([RATINGS, [0, 0, 0, 0, 7]]) == pytest.approx(np.array([0.6, 1]))


@pytest.mark.parametrize(
    ("indicator", "counts"),
    [
        (kpis.completion_rate, [-1, 2]),
        (kpis.take_up_share, [[5, -1], [0, 0], [0, 0], [1, 1]]),
        (kpis.satisfied_share, [[1, 1, -1, 1, 1]]),
    ],
)
def test_a_negative_count_is_rejected(indicator, counts):
    with pytest.raises(ValueError, match="count is -1: it must be 0 or more"):
        indicator(*counts)


count = st.integers(0, 10**9)


@given(st.lists(count, min_size=4, max_size=4).filter(any))
def test_assisted_digital_never_lowers_take_up(channels):
    without, with_help = (
        kpis.take_up_share(*channels, assisted_counts=is_included) for is_included in (False, True)
    )
    assert 0 <= without <= with_help <= 1


@given(st.lists(count, min_size=5, max_size=5).filter(any))
def test_satisfaction_lies_between_0_and_1(ratings):
    assert 0 <= kpis.satisfied_share(ratings) <= 1
    assert -1e-12 <= kpis.mean_satisfaction(ratings) <= 1 + 1e-12
