"""Conversion between prices of different years."""

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
        (2012, 2014, 137.5),  # 100 × 1.1 × 1.25: growth in 2012 is not used
        (2011, 2012, 102),
        (2014, 2013, 80),  # 100 / 1.25
        (2013, 2013, 100),
        (1901, 1901, 100),  # no growth rate is needed
    ],
)
def test_conversion_calculated_by_hand(year, to, expected):
    assert convert_price_year(100.0, year, to, GROWTH) == pytest.approx(expected)


def test_an_array_of_amounts_is_converted():
    result = convert_price_year(np.array([100.0, 200.0]), 2013, 2014, GROWTH)
    assert result.tolist() == [125, 250]


year = st.integers(2000, 2020)
growths = st.lists(st.floats(-0.5, 1), min_size=21, max_size=21).map(
    lambda rates: dict(zip(range(2000, 2021), rates, strict=True))
)


@given(st.floats(-1e9, 1e9), year, year, year, growths)
def test_converting_through_another_year_equals_converting_directly(
    amount, first, second, third, growth
):
    there = convert_price_year(amount, first, second, growth)
    further = convert_price_year(there, second, third, growth)
    assert further == pytest.approx(convert_price_year(amount, first, third, growth), rel=1e-9)
    assert convert_price_year(there, second, first, growth) == pytest.approx(amount, rel=1e-9)


@pytest.mark.parametrize(
    ("year", "to", "missing"),
    [(2013, 2016, 2015), (2016, 2013, 2015), (2009, 2014, 2010), (2014, 2009, 2010)],
)
def test_the_message_names_the_first_year_without_a_growth_rate(year, to, missing):
    with pytest.raises(ValueError, match=f"deflator has no growth for {missing}, .*{year} to"):
        convert_price_year(100.0, year, to, GROWTH)
