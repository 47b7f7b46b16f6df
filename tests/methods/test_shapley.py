"""Shapley values: against the average over every order, and by hand."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from workbook.methods.shapley import order_contributions, sample_orders, shapley_values

FOUR_PLAYERS = arrays(float, (16, 2), elements=st.floats(-1e6, 1e6))


def average_over_all_orders(values):
    """The definition: what a player adds to those before, averaged over all 24 orders."""
    orders = list(itertools.permutations(range(4)))
    return np.mean([order_contributions(dict(enumerate(values)), order) for order in orders], 0)


@given(FOUR_PLAYERS)
def test_they_are_the_average_over_every_order(values):
    assert shapley_values(values) == pytest.approx(average_over_all_orders(values), abs=1e-6)


@given(FOUR_PLAYERS, st.permutations(range(4)))
def test_the_shares_add_up_to_the_whole(values, order):
    whole = pytest.approx(values[-1] - values[0], abs=1e-6)
    assert shapley_values(values).sum(axis=0) == whole
    assert order_contributions(dict(enumerate(values)), order).sum(axis=0) == whole


def test_an_interaction_is_shared_equally():
    # 2 and 5 alone, 10 together: an interaction of 3, half for each
    assert shapley_values([0, 2, 5, 10]).tolist() == [3.5, 6.5]


def test_in_one_order_the_last_has_the_whole_interaction():
    values = {0b00: 0, 0b01: 2, 0b10: 5, 0b11: 10}
    assert order_contributions(values, [0, 1]).tolist() == [2, 8]
    assert order_contributions(values, [1, 0]).tolist() == [5, 5]


def test_a_player_who_adds_nothing_has_nothing():
    assert shapley_values([1, 1, 4, 4]).tolist() == [0, 3]


def test_without_players_there_are_no_shares():
    assert shapley_values([[3.0, 4.0]]).shape == (0, 2)


def test_a_missing_value_makes_its_measure_missing_for_every_player():
    shares = shapley_values([[0, 0], [1, np.nan], [2, 2], [3, 3]])
    assert shares[:, 0].tolist() == [1, 2]
    assert np.isnan(shares[:, 1]).all()


@pytest.mark.parametrize("count", [0, 3, 6])
def test_the_number_of_subsets_must_be_a_power_of_2(count):
    with pytest.raises(ValueError, match=f"{count} subsets"):
        shapley_values([0.0] * count)


def test_random_orders_estimate_the_shares():
    values = dict(enumerate(np.random.default_rng(1).normal(size=256)))
    orders = sample_orders(8, 2_000, seed=3)
    estimate = np.mean([order_contributions(values, order) for order in orders], axis=0)
    assert estimate == pytest.approx(shapley_values(list(values.values())), abs=0.1)


def test_random_orders_are_those_of_their_seed():
    assert sample_orders(6, 5, seed=3) == sample_orders(6, 6, seed=3) != sample_orders(6, 6, seed=4)
    assert len(sample_orders(6, 5, seed=3)) == 6
