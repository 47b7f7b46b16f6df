"""Discount factors by a dated schedule: the Green Book's, and what is wrong with others."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.topics.savings.bundled_tables import load_bundled
from workbook.scenario import ScenarioError
from workbook.topics.savings.data import discount_rates
from workbook.topics.savings.discount_schedule import scheduled_discount_factors

DAY = date(2014, 6, 30)
HEADER = "schedule,valid_from,valid_to,from_year,to_year,rate,source"


def rates_table(*rows):
    report = discount_rates.check_csv("\n".join([HEADER, *rows]).encode())
    assert not report.errors
    return report.frame


def green_book_factors(horizon, day=DAY):
    return scheduled_discount_factors(load_bundled(discount_rates), "green-book", horizon, day)


def refused_parameter(rates, schedule, horizon, day=DAY):
    """The parameter at which it was refused, and the sentence."""
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
    def test_the_factor_of_a_year(self, year, factor):
        assert green_book_factors(year)[year] == pytest.approx(factor, abs=5e-7)

    def test_the_annuity_of_ten_years(self):
        assert green_book_factors(10)[1:].sum() == pytest.approx(8.316605, abs=5e-7)

    def test_it_goes_on_to_year_125(self):
        by_hand = 1.035**-30 * 1.03**-45 * 1.025**-50
        assert green_book_factors(125)[125] == pytest.approx(by_hand, rel=1e-12)

    def test_a_horizon_of_no_years_is_year_0_alone(self):
        assert green_book_factors(0).tolist() == [1.0]

    @pytest.mark.parametrize("day", [date(2003, 1, 1), date(2026, 6, 30)])
    def test_it_is_valid_on_its_first_and_on_its_last_day(self, day):
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
    def test_the_rates_of_the_day_count(self, day, rate):
        assert scheduled_discount_factors(self.TWO, "a", 1, day)[1] == pytest.approx(1 / (1 + rate))

    @pytest.mark.parametrize(
        ("day", "said"),
        [(date(2002, 12, 31), "31 December 2002"), (date(2026, 7, 1), "1 July 2026")],
    )
    def test_a_day_outside_every_period(self, day, said):
        assert refused_parameter(load_bundled(discount_rates), "green-book", 10, day) == (
            "discount_schedule",
            (
                'discount_schedule is "green-book": it is valid from 1 January 2003 to 30 June '
                "2026 (HM Treasury Green Book; valid until a review reported on 30 June 2026), but "
                f"the quarter ends on {said}. Choose a quarter that ends while it is valid, or "
                "add rates for that day to the table of discount rates."
            ),
        )

    def test_every_period_is_told(self):
        _, sentence = refused_parameter(self.TWO, "a", 10, date(2000, 3, 31))
        assert "from 1 January 2003 to 30 June 2014 and from 1 July 2014 (old; new)" in sentence


class TestRefusals:
    GAP = rates_table("a,2003-01-01,,1,30,0.03,S", "a,2003-01-01,,33,75,0.02,S")

    def test_an_unknown_schedule(self):
        rates = rates_table("a,2003-01-01,,1,30,0.03,S", "b,2003-01-01,,1,30,0.02,S")
        assert refused_parameter(rates, "red-book", 10) == (
            "discount_schedule",
            (
                'discount_schedule is "red-book": it is not in the table of discount rates.'
                " Choose from: a; b."
            ),
        )

    def test_a_table_without_any(self):
        _, sentence = refused_parameter(rates_table("a,2003-01-01,,1,30,0.03,S")[:0], "a", 10)
        assert sentence.endswith("There is none to choose from.")

    def test_a_horizon_beyond_the_last_year(self):
        assert refused_parameter(load_bundled(discount_rates), "green-book", 126) == (
            "horizon",
            'horizon is 126: the schedule "green-book" ends with year 125. Choose 125 or less.',
        )

    def test_a_gap_between_years(self):
        assert refused_parameter(self.GAP, "a", 40) == (
            "horizon",
            (
                'horizon is 40: the schedule "a" has rates for the years 1 to 30 and 33 to 75, but '
                "not for year 31. Add a rate to the table of discount rates, or choose 30 or less."
            ),
        )

    def test_a_gap_after_the_horizon_matters_to_nobody(self):
        assert scheduled_discount_factors(self.GAP, "a", 30, DAY)[30] == pytest.approx(1.03**-30)

    def test_a_gap_before_the_first_year(self):
        assert refused_parameter(rates_table("a,2003-01-01,,2,30,0.03,S"), "a", 10) == (
            "horizon",
            (
                'horizon is 10: the schedule "a" has rates for the years 2 to 30, but not for '
                "year 1. Add a rate to the table of discount rates."
            ),
        )

    def test_a_row_whose_years_are_the_wrong_way_round_gives_none(self):
        name, _ = refused_parameter(rates_table("a,2003-01-01,,30,1,0.03,S"), "a", 10)
        assert name == "horizon"

    def test_two_rates_for_a_year(self):
        rates = rates_table(
            "a,2003-01-01,,30,75,0.03,S",
            "a,2003-01-01,2026-06-30,1,30,0.035,S",
        )
        assert refused_parameter(rates, "a", 10) == (
            "discount_schedule",
            (
                'discount_schedule is "a": it has two rates for year 30: 3.5% for the '
                "years 1 to 30 (valid from 1 January 2003 to 30 June 2026) and 3% for the years "
                "30 to 75 (valid from 1 January 2003). Keep one."
            ),
        )

    def test_two_reviews_that_are_valid_on_one_day(self):
        rates = rates_table("a,2003-01-01,,1,30,0.035,S", "a,2014-01-01,,1,30,0.03,S")
        name, sentence = refused_parameter(rates, "a", 10)
        assert name == "discount_schedule"
        assert "from 1 January 2003" in sentence
        assert "from 1 January 2014" in sentence
