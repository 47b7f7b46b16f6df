"""Prices: worked by hand, there and back."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.methods.prices import convert_price_year

GROWTH = {2012: 0.02, 2013: 0.10, 2014: 0.25}


@pytest.mark.parametrize(
    ("year", "to", "expected"),
    [
        (2013, 2014, 125),  # 100 × 1.25
        (2012, 2014, 137.5),  # 100 × 1.1 × 1.25: growth in 2012 itself plays no part
        (2011, 2012, 102),
        (2014, 2013, 80),  # 100 / 1.25
        (2013, 2013, 100),
        (1901, 1901, 100),  # nothing is needed
    ],
)
def test_by_hand(year, to, expected):
    assert convert_price_year(100.0, year, to, GROWTH) == pytest.approx(expected)


def test_many_amounts_at_once():
    result = convert_price_year(np.array([100.0, 200.0]), 2013, 2014, GROWTH)
    assert result.tolist() == [125, 250]


year = st.integers(2000, 2020)
growths = st.lists(st.floats(-0.5, 1), min_size=21, max_size=21).map(
    lambda each: dict(zip(range(2000, 2021), each, strict=True))
)


@given(st.floats(-1e9, 1e9), year, year, year, growths)
def test_a_way_round_is_the_way_straight(amount, first, second, third, growth):
    there = convert_price_year(amount, first, second, growth)
    further = convert_price_year(there, second, third, growth)
    assert further == pytest.approx(convert_price_year(amount, first, third, growth), rel=1e-9)
    assert convert_price_year(there, second, first, growth) == pytest.approx(amount, rel=1e-9)


@pytest.mark.parametrize(
    ("year", "to", "missing"),
    [(2013, 2016, 2015), (2016, 2013, 2015), (2009, 2014, 2010), (2014, 2009, 2010)],
)
def test_the_first_year_without_growth_is_named(year, to, missing):
    with pytest.raises(ValueError, match=f"deflator has no growth for {missing}, .*{year} to"):
        convert_price_year(100.0, year, to, GROWTH)
