"""Search for zeros: the first change of sign counts, and none gives a missing value."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.methods.zero_crossings import find_first_zeros

POINTS = np.linspace(-1.05, 10, 120)


def search(function, *parameters, **options):
    """Zeros of a function of a candidate and one parameter, for each parameter."""
    values = np.array(parameters)
    points = np.repeat(POINTS[:, np.newaxis], len(values), axis=1)
    return find_first_zeros(
        lambda candidates, indices: function(candidates, values[indices]), points, **options
    )


@given(st.lists(st.floats(0, 9), min_size=1, max_size=20))
def test_each_row_has_the_zero_of_its_function(zeros):
    assert search(lambda x, zero: (x - zero) ** 3, *zeros) == pytest.approx(zeros, abs=1e-4)


def test_a_function_without_a_change_of_sign_has_a_missing_zero():
    assert np.isnan(search(lambda x, shift: x**2 + shift, 1.0, 2.0)).all()


def test_the_first_of_several_zeros_is_returned():
    assert search(lambda x, scale: scale * (x - 2) * (x - 5), 1.0, 3.0) == pytest.approx([2, 2])


def test_falling_zeros_can_be_ignored():
    zeros = search(lambda x, scale: scale * (x - 2) * (x - 5), 1.0, -1.0, rising=True)
    assert zeros == pytest.approx([5, 2])


def test_a_constant_function_is_broadcast():
    points = np.repeat(POINTS[:, np.newaxis], 2, axis=1)
    assert np.isnan(find_first_zeros(lambda *_: 1.0, points)).all()
