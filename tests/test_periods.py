"""Quarters and the periods that published figures describe."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.periods import (
    decimal_year,
    is_month,
    is_period,
    last_day_of_quarter,
    month_from_index,
    month_index,
    months_between,
    period_end,
    shift_month,
)


@pytest.mark.parametrize(
    ("quarter", "day"),
    [
        ("2014-Q1", date(2014, 3, 31)),
        ("2014-Q2", date(2014, 6, 30)),
        ("2014-Q3", date(2014, 9, 30)),
        ("2014-Q4", date(2014, 12, 31)),
    ],
)
def test_a_quarter_ends_with_its_third_month(quarter, day):
    assert last_day_of_quarter(quarter) == day


@pytest.mark.parametrize(
    "quarter",
    ["", "2014", "2014-Q0", "2014-Q5", "2014Q2", "2014-q2", "14-Q2", "2014-Q2\n", "1899-Q4"],
)
def test_text_that_is_not_a_quarter_is_an_error_with_an_example(quarter):
    with pytest.raises(ValueError, match="such as 2014-Q2") as caught:
        last_day_of_quarter(quarter)
    assert f'"{quarter}" is not a quarter' in str(caught.value)


def test_a_quarter_in_digits_of_another_script_is_an_error():
    with pytest.raises(ValueError, match="not a quarter"):
        last_day_of_quarter("٢٠١٤-Q2")


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2014", date(2014, 12, 31)),
        ("2014-04", date(2014, 4, 30)),
        ("2012-02", date(2012, 2, 29)),
        ("2013-02", date(2013, 2, 28)),
        ("2014-Q1", date(2014, 3, 31)),
        ("2014-07-24", date(2014, 7, 24)),
    ],
)
def test_a_period_ends_on_its_last_day(period, day):
    assert period_end(period) == day
    assert is_period(period)


@pytest.mark.parametrize(
    "period",
    [
        "",
        "2014-13",
        "2014-00",
        "2014-4",
        "2014-06-31",
        "20140630",
        "2014-W26-1",
        "June 2014",
        "٢٠١٤",
    ],
)
def test_text_that_is_not_a_period_is_an_error(period):
    assert not is_period(period)
    with pytest.raises(ValueError, match=r"period|day|quarter"):
        period_end(period)


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ("2014-Q2", 2014.5),
        ("2014-06", 2014.5),
        ("2014-06-30", 2014.5),
        ("2014-06-15", 2014 + 5.5 / 12),
        ("2016-02", 2016 + 2 / 12),
        ("2014", 2015.0),
    ],
)
def test_the_end_of_a_period_is_converted_to_a_decimal_year(period, year):
    assert decimal_year(period) == pytest.approx(year, abs=1e-12)


def test_each_quarter_ends_exactly_at_a_quarter_of_the_year():
    decimal_years = [decimal_year(f"2014-Q{quarter}") for quarter in (1, 2, 3, 4)]
    assert decimal_years == [2014.25, 2014.5, 2014.75, 2015.0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2014-06", True),
        ("0001-12", True),
        ("0000-01", False),
        ("2014-13", False),
        ("2014-6", False),
        ("2014-06-30", False),
        ("2014-Q2", False),
        (2014, False),
    ],
)
def test_a_month_is_a_year_and_two_digits_from_01_to_12(text, expected):
    assert is_month(text) is expected


@given(st.integers(1, 9_999), st.integers(1, 12), st.integers(-100, 100))
def test_months_can_be_counted_and_shifted(year, number, count):
    month = f"{year:04d}-{number:02d}"
    assert month_from_index(month_index(month)) == month
    if 12 < month_index(month) + count < 12 * 10_000:
        shifted = shift_month(month, count)
        assert is_month(shifted)
        assert months_between(month, shifted) == count


def test_months_are_shifted_across_years():
    assert shift_month("2014-06", 7) == "2015-01"
    assert shift_month("2014-01", -1) == "2013-12"
    assert months_between("2014-02", "2014-06") == 4
    assert months_between("2014-06", "2013-12") == -6
