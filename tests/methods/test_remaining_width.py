"""Remaining width: normal inputs, for which it is known exactly."""

import numpy as np
import pytest
from scipy.special import ndtri

from workbook.methods.draws import uniform_draws
from workbook.methods.remaining_width import expected_remaining_width, interval_width

WIDTH = 2 * ndtri(0.9)
"""Width from P10 to P90 of a standard normal variable."""


def normal_draws(name, count=10_000):
    return ndtri(uniform_draws(count, seed=3, name=name))


def test_the_width_holds_80_percent():
    assert interval_width(normal_draws("a")) == pytest.approx(WIDTH, rel=0.01)


def test_what_is_left_is_the_width_of_the_other_input():
    first, second = normal_draws("a"), normal_draws("b")
    result = 3 * first + second
    assert expected_remaining_width(first, result) == pytest.approx(WIDTH, rel=0.05)
    assert expected_remaining_width(second, result) == pytest.approx(3 * WIDTH, rel=0.03)


def test_nothing_is_left_if_the_result_is_the_input():
    values = normal_draws("a")
    assert expected_remaining_width(values, 5 * values - 2) == pytest.approx(0, abs=1e-9)


def test_an_input_without_effect_leaves_all():
    result = normal_draws("a")
    remaining = expected_remaining_width(normal_draws("b"), result)
    assert remaining == pytest.approx(interval_width(result), rel=0.02)
    assert remaining <= interval_width(result)


def test_a_constant_input_leaves_all():
    result = normal_draws("a", 1_000)
    remaining = expected_remaining_width(np.ones(1_000), result)
    assert remaining == pytest.approx(interval_width(result), rel=0.1)


def test_an_interaction_is_left():
    # Known to be positive or negative, the product still has the whole width.
    first, second = np.sign(normal_draws("a")), normal_draws("b")
    result = first * second
    assert expected_remaining_width(first, result) == pytest.approx(WIDTH, rel=0.03)


def test_too_few_simulations_are_rejected():
    with pytest.raises(ValueError, match="there are 99 simulations"):
        expected_remaining_width(np.arange(99), np.arange(99))
