"""Properties of every valid scenario."""

import math
import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.topics.savings.examples import (
    FEW_DRAWS,
    calculate_by_hand,
    error_scale,
    evaluate_example,
    mean_other_channel_cost,
    price_factor,
    valid_scenarios,
)
from workbook.text.numbers import format_share
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.parameters.contact_costs import OTHER_CHANNELS
from workbook.topics.savings.parameters.take_up import HIGHEST_TAKE_UP, LOWEST_TAKE_UP

SMALL = 1e-9
"""Relative tolerance for rounding errors in sums of amounts."""

HIGHEST_CONTACT_COST = 10_000
"""Highest allowed cost of a contact, in pounds."""

EXAMPLES = settings(max_examples=15)


def is_near(actual, expected, scenario):
    return abs(actual - expected) <= SMALL * error_scale(scenario)


@EXAMPLES
@given(valid_scenarios())
@example(Savings(draws=FEW_DRAWS))
def test_the_appraisal_is_consistent(scenario):
    outcome = evaluate_example(scenario)
    matches_the_formulas(outcome)
    fiscal_and_fee_payer_channels_and_years_add_up(outcome)
    years_add_up_to_npv(outcome)
    indicators_have_a_value_or_a_reason(outcome)


def matches_the_formulas(outcome):
    scenario, years = outcome.scenario, outcome.frame("cash_flow")
    worked = calculate_by_hand(scenario)
    assert is_near(outcome["npv"].value, worked.npv, scenario)
    assert is_near((years["saving"] - worked.saving).abs().max(), 0, scenario)
    assert is_near((years["saving"] - years["net"] - worked.cost).abs().max(), 0, scenario)


def fiscal_and_fee_payer_channels_and_years_add_up(outcome):
    scenario = outcome.scenario
    annual, total = (outcome[f"{name}_saving"].value for name in ("annual", "total"))
    fiscal, fee_payer = (outcome[f"{name}_saving"].value for name in ("fiscal", "fee_payer"))
    channels, years = outcome.frame("channels"), outcome.frame("cash_flow")
    assert is_near(fiscal + fee_payer, total, scenario)
    assert is_near(fiscal, scenario.fiscal_share * total, scenario)
    assert is_near(channels["annual_saving"].sum(), annual, scenario)
    assert is_near(channels["total_saving"].sum(), total, scenario)
    assert is_near(years["saving"].sum(), total, scenario)
    assert is_near((years["gross_saving"] - years["assisted_cost"]).sum(), total, scenario)
    assert is_near(years["fiscal_saving"].sum(), fiscal, scenario)
    assert is_near(years["fee_payer_saving"].sum(), fee_payer, scenario)


def years_add_up_to_npv(outcome):
    scenario, npv, years = outcome.scenario, outcome["npv"].value, outcome.frame("cash_flow")
    spent = years["transition_cost"] + years["dual_running_cost"]
    assert is_near((years["saving"] - spent - years["net"]).abs().max(), 0, scenario)
    assert is_near((years["net"] * years["discount_factor"]).sum(), npv, scenario)
    assert is_near(years["present_value"].sum(), npv, scenario)
    assert is_near(years["cumulative"].iloc[-1], years["net"].sum(), scenario)
    assert is_near(years["cumulative_present_value"].iloc[-1], npv, scenario)


def indicators_have_a_value_or_a_reason(outcome):
    for indicator in outcome.indicators:
        assert indicator.value is not None or indicator.missing_reason
        assert (indicator.low is None) == (indicator.high is None)
    ends = [outcome[f"npv_p{end}"].value for end in (10, 50, 90)]
    assert ends == sorted(ends)
    assert (outcome["npv"].low, outcome["npv"].high) == (ends[0], ends[2])
    probability = outcome["probability_npv_positive"].value
    assert (probability is None) == outcome.scenario.target_has_ended
    assert probability is None or 0 <= probability <= 1
    assert outcome.frame("npv_distribution")["draws_share"].sum() == pytest.approx(1)
    assert not {"nan", "inf", "none"} & set(outcome.headline.lower().split())


@EXAMPLES
@given(valid_scenarios())
@example(Savings(draws=FEW_DRAWS))
def test_switching_values_bring_npv_to_zero(scenario):
    outcome = evaluate_example(scenario)
    switching_values_bring_npv_to_zero(outcome)
    without_a_switching_value_no_bound_changes_the_sign(outcome)
    a_break_even_take_up_brings_npv_to_zero(outcome)


def switching_values_bring_npv_to_zero(outcome):
    """Check that NPV is zero at each switching value, rounded for integers."""
    scenario, table = outcome.scenario, outcome.frame("switching")
    declared = scenario.parameters()
    assert table["parameter"].tolist() == [
        declaration.name for declaration in declared.values() if declaration.range
    ]
    for row in table.dropna(subset=["switching_value"]).itertuples():
        value, step = row.switching_value, 0.0
        if declared[row.parameter].kind == "integer":
            value = round(value)
            step = abs(
                npv_with_value(scenario, row, value + 1) - npv_with_value(scenario, row, value - 1)
            )
        most = max(error_scale(scenario), error_scale(scenario.with_value(row.parameter, value)))
        assert abs(npv_with_value(scenario, row, value)) <= step + 1e-6 * most, row


def without_a_switching_value_no_bound_changes_the_sign(outcome):
    scenario, table = outcome.scenario, outcome.frame("switching")
    before = calculate_by_hand(scenario).npv
    for row in table[table["switching_value"].isna()].itertuples():
        for bound in scenario.parameters()[row.parameter].bounds:
            after = npv_with_value(scenario, row, bound)
            assert after * before >= 0 or abs(after) <= 1e-6 * error_scale(scenario), row


def npv_with_value(scenario, row, value):
    """NPV with another value of the row's parameter, limited to its bounds."""
    low, high = scenario.parameters()[row.parameter].bounds
    return calculate_by_hand(scenario.with_value(row.parameter, min(max(value, low), high))).npv


def a_break_even_take_up_brings_npv_to_zero(outcome):
    """Check the scenario's break-even take-up and those of other cost gaps."""
    scenario, table = outcome.scenario, outcome.frame("break_even")
    scenario_take_up, other = table["take_up"].iloc[0], mean_other_channel_cost(scenario.values())
    assert outcome["break_even_take_up"].value == (
        None if math.isnan(scenario_take_up) else scenario_take_up
    )
    for row in table.dropna().itertuples():
        assert scenario.take_up_now <= row.take_up <= HIGHEST_TAKE_UP
        gap = row.cost_gap / price_factor(scenario.values())
        scale = (gap + scenario.cost_digital) / other if other else 1.0
        costs = {
            f"cost_{name}": getattr(scenario, f"cost_{name}") * scale for name in OTHER_CHANNELS
        }
        if min(costs.values()) < 0 or max(costs.values()) > HIGHEST_CONTACT_COST:
            continue  # no valid scenario has this gap
        turned = scenario.replace(take_up_target=row.take_up, **costs)
        assert abs(calculate_by_hand(turned).npv) <= 1e-6 * max(
            error_scale(turned), error_scale(scenario)
        ), row


@settings(max_examples=8)
@given(
    valid_scenarios(plausible=True, take_up_target=0.95, dual_running_years=0.0),
    st.floats(0, 0.1),
    st.floats(0.001, 0.1),
)
def test_npv_of_an_investment_falls_as_the_discount_rate_rises(scenario, rate, more):
    """An investment costs first and saves later.

    If NPV is negative at the higher rate, that rate may reduce the cost more than the saving.
    """
    lower, higher = (
        evaluate_example(scenario, single_rate_table(discount_rate))
        for discount_rate in (rate, rate + more)
    )
    net = lower.frame("cash_flow")["net"].to_numpy()
    assume(net[0] < 0 < net[-1])
    assert (np.diff(np.sign(net)) >= 0).all()
    if higher["npv"].value >= 0:
        assert higher["npv"].value < lower["npv"].value


def test_npv_falls_at_any_higher_rate_if_the_cost_comes_first():
    scenario = Savings(draws=FEW_DRAWS, transition_years=1, dual_running_years=0.0)
    actual = [
        evaluate_example(scenario, single_rate_table(rate))["npv"].value
        for rate in (0, 0.02, 0.1, 0.3, 1)
    ]
    assert actual == sorted(set(actual), reverse=True)
    assert actual[0] > 0 > actual[-1]


def single_rate_table(rate):
    """Make a table with one discount rate for all years and days."""
    row = ("green-book", "1900-01-01", None, 1, 125, rate, "Ours")
    columns = ["schedule", "valid_from", "valid_to", "from_year", "to_year", "rate", "source"]
    return {"discount_rates": pd.DataFrame([row], columns=columns)}


@settings(max_examples=8)
@given(
    valid_scenarios(plausible=True),
    st.tuples(*[st.floats(LOWEST_TAKE_UP, HIGHEST_TAKE_UP)] * 2).map(sorted),
)
def test_moving_away_from_digital_is_a_loss(scenario, ends):
    """Moving people away from digital loses what moving them to digital saves."""
    target, now = ends
    assume(now - target > 1e-6)
    outcome = evaluate_example(scenario, take_up_now=now, take_up_target=target)
    saved = outcome["saving_per_point"].value
    assume(saved > 0)
    annual = outcome["annual_saving"].value
    assert annual < 0
    assert annual == pytest.approx(-saved * 100 * (now - target))
    assert outcome["total_saving"].value < 0
    assert outcome["npv"].value < 0
    if format_share(now) != format_share(target):
        assert re.search("Moving people back would (have )?cost £", outcome.headline)
    assert outcome["payback_years"].value is None
