"""Appraisal: the Green Book's discount factors, a worked example, and properties."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.methods.appraisal import (
    annuity_factor,
    benefit_cost_ratio,
    discount_factors,
    discounted_payback_years,
    net_present_value,
    payback_years,
)

GREEN_BOOK = [0.035] * 30 + [0.03] * 45 + [0.025] * 50
FACTORS = discount_factors(GREEN_BOOK)
INVESTMENT = np.array([-1_000_000.0] + [300_000.0] * 5)


@pytest.mark.parametrize(
    ("year", "factor"),
    [(0, 1), (1, 0.966184), (5, 0.841973), (10, 0.708919), (30, 0.356278), (31, 0.345901)],
)
def test_discount_factors_equal_those_of_the_green_book(year, factor):
    assert FACTORS[year] == pytest.approx(factor, abs=5e-7)


def test_there_is_a_factor_for_year_0_and_for_each_rate():
    assert FACTORS.shape == (126,)
    assert discount_factors([]).tolist() == [1]


def test_each_year_is_discounted_at_its_rate():
    # 1 / 1.25 = 0.8, then divided by 2. A negative rate raises the factor of a later year.
    assert discount_factors([0.25, 1.0, -0.5]).tolist() == [1, 0.8, 0.4, 0.8]


def test_the_net_present_value_of_a_ten_year_annuity():
    assert annuity_factor(FACTORS[:11]) == pytest.approx(8.316605, abs=5e-7)
    assert annuity_factor([1.0]) == 0


def test_the_appraisal_of_a_million_pounds_for_five_years_of_300000():
    factors = FACTORS[:6]
    gain, cost = np.maximum(INVESTMENT, 0), np.maximum(-INVESTMENT, 0)
    assert net_present_value(INVESTMENT, factors) == pytest.approx(354_515.71, abs=0.005)
    assert benefit_cost_ratio(gain, cost, factors) == pytest.approx(1.354516, abs=5e-7)
    assert payback_years(INVESTMENT) == pytest.approx(3.3333, abs=5e-5)
    assert discounted_payback_years(INVESTMENT, factors) == pytest.approx(3.6101, abs=5e-5)


def test_the_benefit_cost_ratio_without_costs_is_missing():
    ratios = benefit_cost_ratio([[0, 0], [5, 5]], [[0, 2], [0, 0]], FACTORS[:2])
    assert ratios == pytest.approx([np.nan, 5 * FACTORS[1] / 2], nan_ok=True)


def test_simulated_benefits_are_divided_by_certain_costs():
    ratios = benefit_cost_ratio([[0, 0], [50, 100]], [100, 0], [1, 0.9])
    assert ratios.tolist() == [0.45, 0.9]


@pytest.mark.parametrize(
    ("flows", "years"),
    [
        ([10, 10, 10], 0),  # never negative
        ([-10, 10, 0], 1),  # a balance of zero counts as paid back
        ([-10, 4, 4, 4], 2.5),  # 2 of the third year's 4
        ([5, -10, 10], 1.5),  # positive at first: the last rise to zero counts
        ([-10, 20, -20, 40], 2.25),  # negative again: 10 of the last year's 40
        ([-10, 20, -20], np.inf),  # negative at the end
        ([-10, 4, 4], np.inf),
        ([0, 0], 0),
        ([-1], np.inf),
        ([-10, np.nan, 40], np.nan),
    ],
)
def test_payback_periods_calculated_by_hand(flows, years):
    assert payback_years(flows) == pytest.approx(years, nan_ok=True)


amount = st.floats(-1e9, 1e9).map(lambda value: round(value, 2))
rate = st.floats(-0.5, 2)
cases = st.integers(1, 8).flatmap(
    lambda years: st.tuples(
        st.lists(rate, min_size=years - 1, max_size=years - 1),
        st.lists(
            st.lists(amount, min_size=years, max_size=years),
            min_size=1,
            max_size=5,
        ),
    )
)


@given(cases)
def test_an_array_of_cases_equals_single_cases(case):
    rates, draws = case
    factors, flows = discount_factors(rates), np.array(draws).T
    for method in (net_present_value, discounted_payback_years):
        one_at_a_time = [float(method(draw, factors)) for draw in draws]
        assert method(flows, factors).tolist() == one_at_a_time


def test_further_axes_may_follow_the_years():
    flows = np.arange(24.0).reshape(4, 3, 2) - 11
    for method in (net_present_value, discounted_payback_years):
        result = method(flows, FACTORS[:4])
        assert result.shape == (3, 2)
        assert result[1, 1] == method(flows[:, 1, 1], FACTORS[:4])


@given(
    st.floats(1, 1e9),
    st.lists(st.floats(1, 1e9), min_size=1, max_size=20),
    rate,
    st.floats(0.001, 1),
)
def test_a_higher_discount_rate_lowers_the_net_present_value(spent, gained, lower, more):
    flows = [-spent, *gained]
    values_by_rate = [
        net_present_value(flows, discount_factors([rate] * len(gained)))
        for rate in (lower, lower + more)
    ]
    assert values_by_rate[1] < values_by_rate[0]


@given(st.lists(amount, min_size=1, max_size=10))
def test_the_balance_is_not_negative_after_the_payback_period(flows):
    position = np.interp(payback_years(flows), np.arange(len(flows)), np.cumsum(flows))
    after = np.cumsum(flows)[int(np.ceil(min(payback_years(flows), len(flows)))) :]
    assert (after >= 0).all()
    if 0 < payback_years(flows) < np.inf:
        assert position == pytest.approx(0, abs=1e-6 * np.abs(flows).max())


@pytest.mark.parametrize("worth", [[-1.0], [0.5, -2], [float("nan")]])
def test_a_discount_rate_of_minus_1_or_less_is_rejected(worth):
    with pytest.raises(ValueError, match=rf"discount rate in year {len(worth)} is {worth[-1]:g}"):
        discount_factors(worth)


def test_discount_rates_must_be_one_for_each_year():
    with pytest.raises(
        ValueError, match=r"discount rates have shape \(1, 2\): it must be \(years,\)"
    ):
        discount_factors([[0.1, 0.2]])


@pytest.mark.parametrize(
    ("flows", "factors"),
    [([1, 2, 3], [1, 0.9]), ([[1, 2], [3, 4]], [1]), ([1], [[1]]), (1, 1), (1, [1])],
)
def test_flows_and_factors_of_different_lengths_are_rejected(flows, factors):
    for method in (net_present_value, discounted_payback_years):
        with pytest.raises(ValueError, match="both must cover the same years"):
            method(flows, factors)
    with pytest.raises(ValueError, match="both must cover the same years"):
        benefit_cost_ratio(flows, flows, factors)
