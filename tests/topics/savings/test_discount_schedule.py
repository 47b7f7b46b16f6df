"""Discount factors from dated schedules: the Green Book's, and errors in other schedules."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.topics.savings.bundled_tables import load_bundled
from workbook.scenario import ScenarioError
from workbook.topics.savings.data import discount_rates
from workbook.topics.savings.discount_schedule import (
    describe_expiry,
    rates_for_day,
    scheduled_discount_factors,
)

DAY = date(2014, 6, 30)
HEADER = "schedule,valid_from,valid_to,from_year,to_year,rate,source"


def rates_table(*rows):
    report = discount_rates.check_csv("\n".join([HEADER, *rows]).encode())
    assert not report.errors
    return report.frame


def green_book_factors(horizon, day=DAY):
    return scheduled_discount_factors(load_bundled(discount_rates), "green-book", horizon, day)


def invalid_parameter(rates, schedule, horizon, day=DAY):
    """The invalid parameter and the error message."""
    with pytest.raises(ScenarioError) as refused:
        scheduled_discount_factors(rates, schedule, horizon, day)
    (problem,) = refused.value.problems
    assert problem.value == (schedule if problem.name == "discount_schedule" else horizon)
    return problem.name, problem.message


class TestGreenBook:
    @pytest.mark.parametrize(
        ("year", "factor"),
        [(0, 1), (1, 0.966184), (5, 0.841973), (10, 0.708919), (30, 0.356278), (31, 0.345901)],
    )
    def test_factors_of_the_method(self, year, factor):
        assert green_book_factors(year)[year] == pytest.approx(factor, abs=5e-7)

    def test_the_annuity_of_ten_years(self):
        assert green_book_factors(10)[1:].sum() == pytest.approx(8.316605, abs=5e-7)

    def test_rates_continue_to_year_125(self):
        by_hand = 1.035**-30 * 1.03**-45 * 1.025**-50
        assert green_book_factors(125)[125] == pytest.approx(by_hand, rel=1e-12)

    def test_a_horizon_of_zero_gives_year_0_alone(self):
        assert green_book_factors(0).tolist() == [1.0]

    @pytest.mark.parametrize("day", [date(2003, 1, 1), date(2026, 6, 30)])
    def test_rates_are_valid_on_the_first_and_last_day(self, day):
        assert green_book_factors(1, day)[1] == pytest.approx(1 / 1.035)

    @given(st.integers(0, 125), st.integers(0, 125))
    def test_a_longer_horizon_changes_no_factor(self, one, other):
        shared = min(one, other) + 1
        assert np.array_equal(green_book_factors(one)[:shared], green_book_factors(other)[:shared])


class TestDates:
    TWO = rates_table(
        "a,2003-01-01,2014-06-30,1,50,0.04,old",
        "a,2014-07-01,,1,50,0.02,new",
    )

    @pytest.mark.parametrize(
        ("day", "rate"),
        [(date(2014, 6, 30), 0.04), (date(2014, 7, 1), 0.02), (date(2199, 12, 31), 0.02)],
    )
    def test_rates_valid_on_the_day_are_used(self, day, rate):
        assert scheduled_discount_factors(self.TWO, "a", 1, day)[1] == pytest.approx(1 / (1 + rate))

    def test_a_day_before_the_first_period_is_invalid(self):
        day = date(2002, 12, 31)
        assert invalid_parameter(load_bundled(discount_rates), "green-book", 10, day) == (
            "discount_schedule",
            (
                'discount_schedule is "green-book": it is valid from 1 January 2003 to 30 June '
                "2026 (HM Treasury Green Book; valid until a review reported on 30 June 2026), but "
                "the quarter ends on 31 December 2002, before it starts. Choose a later quarter, "
                "or add rates for that day to the table of discount rates."
            ),
        )

    def test_the_last_rates_are_used_after_their_review_date(self):
        rates = load_bundled(discount_rates)
        day = date(2026, 9, 30)
        factors = scheduled_discount_factors(rates, "green-book", 125, day)
        assert np.array_equal(factors, green_book_factors(125))
        used = rates_for_day(rates, "green-book", day)
        assert describe_expiry(used, day) == (
            "The discount rates were due for review by 30 June 2026. The last rates are used for "
            "30 September 2026, because the table of discount rates has no newer ones."
        )
        assert not describe_expiry(used, date(2026, 6, 30))

    def test_between_two_periods_the_earlier_rates_are_the_last(self):
        rates = rates_table("a,2003-01-01,2010-12-31,1,50,0.04,S", "a,2012-01-01,,1,50,0.02,S")
        used = rates_for_day(rates, "a", date(2011, 6, 30))
        assert used["rate"].tolist() == [0.04]
        assert "31 December 2010" in describe_expiry(used, date(2011, 6, 30))
        assert not describe_expiry(rates_for_day(rates, "a", DAY), DAY)

    def test_the_error_lists_every_period(self):
        _, sentence = invalid_parameter(self.TWO, "a", 10, date(2000, 3, 31))
        assert "from 1 January 2003 to 30 June 2014 and from 1 July 2014 (old; new)" in sentence


class TestErrors:
    GAP = rates_table("a,2003-01-01,,1,30,0.03,S", "a,2003-01-01,,33,75,0.02,S")

    def test_an_unknown_schedule_is_invalid(self):
        rates = rates_table("a,2003-01-01,,1,30,0.03,S", "b,2003-01-01,,1,30,0.02,S")
        assert invalid_parameter(rates, "red-book", 10) == (
            "discount_schedule",
            (
                'discount_schedule is "red-book": it is not in the table of discount rates.'
                " Choose from: a; b."
            ),
        )

    def test_a_table_without_schedules_is_invalid(self):
        _, sentence = invalid_parameter(rates_table("a,2003-01-01,,1,30,0.03,S")[:0], "a", 10)
        assert sentence.endswith("There are none to choose from.")

    def test_a_horizon_beyond_the_last_year_is_invalid(self):
        assert invalid_parameter(load_bundled(discount_rates), "green-book", 126) == (
            "horizon",
            'horizon is 126: the schedule "green-book" ends with year 125. Choose 125 or less.',
        )

    def test_a_gap_between_years_is_invalid(self):
        assert invalid_parameter(self.GAP, "a", 40) == (
            "horizon",
            (
                'horizon is 40: the schedule "a" has rates for the years 1 to 30 and 33 to 75, but '
                "not for year 31. Add a rate to the table of discount rates, or choose 30 or less."
            ),
        )

    def test_a_gap_after_the_horizon_is_allowed(self):
        assert scheduled_discount_factors(self.GAP, "a", 30, DAY)[30] == pytest.approx(1.03**-30)

    def test_a_gap_before_the_first_year_is_invalid(self):
        assert invalid_parameter(rates_table("a,2003-01-01,,2,30,0.03,S"), "a", 10) == (
            "horizon",
            (
                'horizon is 10: the schedule "a" has rates for the years 2 to 30, but not for '
                "year 1. Add a rate to the table of discount rates."
            ),
        )

    def test_a_row_with_reversed_years_gives_no_rates(self):
        name, _ = invalid_parameter(rates_table("a,2003-01-01,,30,1,0.03,S"), "a", 10)
        assert name == "horizon"

    def test_two_rates_for_a_year_are_invalid(self):
        rates = rates_table(
            "a,2003-01-01,,30,75,0.03,S",
            "a,2003-01-01,2026-06-30,1,30,0.035,S",
        )
        assert invalid_parameter(rates, "a", 10) == (
            "discount_schedule",
            (
                'discount_schedule is "a": it has two rates for year 30: 3.5% for the '
                "years 1 to 30 (valid from 1 January 2003 to 30 June 2026) and 3% for the years "
                "30 to 75 (valid from 1 January 2003). Keep one."
            ),
        )

    def test_two_reviews_valid_on_one_day_are_invalid(self):
        rates = rates_table("a,2003-01-01,,1,30,0.035,S", "a,2014-01-01,,1,30,0.03,S")
        name, sentence = invalid_parameter(rates, "a", 10)
        assert name == "discount_schedule"
        assert "from 1 January 2003" in sentence
        assert "from 1 January 2014" in sentence
