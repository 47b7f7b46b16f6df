"""What must hold of every valid scenario."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.topics.savings.cases import FEW, amounts, by_hand, cost_of_others, outcome_of, scenarios
from workbook.topics.savings.scenario import CHANNELS, LARGEST, SMALLEST, Savings

SMALL = 1e-9
"""Of the amounts: what rounding may make of a sum of them."""

DEAREST = 10_000
"""Pounds a contact, at most."""

EXAMPLES = settings(max_examples=15)


def near(found, wanted, scenario):
    return abs(found - wanted) <= SMALL * amounts(scenario)


@EXAMPLES
@given(scenarios())
@example(Savings(draws=FEW))
def test_of_any_scenario(scenario):
    outcome = outcome_of(scenario)
    it_is_what_the_formulas_give(outcome)
    fiscal_and_fee_payer_channels_and_years_add_up(outcome)
    years_add_up_to_npv(outcome)
    indicators_are_known_or_say_why_not(outcome)


def it_is_what_the_formulas_give(outcome):
    scenario, years = outcome.scenario, outcome.tables["cash_flow"]
    worked = by_hand(scenario)
    assert near(outcome["npv"].value, worked.npv, scenario)
    assert near((years["saving"] - worked.saving).abs().max(), 0, scenario)
    assert near((years["saving"] - years["net"] - worked.cost).abs().max(), 0, scenario)


def fiscal_and_fee_payer_channels_and_years_add_up(outcome):
    scenario = outcome.scenario
    annual, total = (outcome[f"{name}_saving"].value for name in ("annual", "total"))
    fiscal, fee_payer = (outcome[f"{name}_saving"].value for name in ("fiscal", "fee_payer"))
    channels, years = outcome.tables["channels"], outcome.tables["cash_flow"]
    assert near(fiscal + fee_payer, total, scenario)
    assert near(fiscal, scenario.fiscal_share * total, scenario)
    assert near(channels["annual_saving"].sum(), annual, scenario)
    assert near(channels["total_saving"].sum(), total, scenario)
    assert near(years["saving"].sum(), total, scenario)
    assert near((years["gross_saving"] - years["assisted_cost"]).sum(), total, scenario)
    assert near(years["fiscal_saving"].sum(), fiscal, scenario)
    assert near(years["fee_payer_saving"].sum(), fee_payer, scenario)


def years_add_up_to_npv(outcome):
    scenario, npv, years = outcome.scenario, outcome["npv"].value, outcome.tables["cash_flow"]
    spent = years["transition_cost"] + years["dual_running_cost"]
    assert near((years["saving"] - spent - years["net"]).abs().max(), 0, scenario)
    assert near((years["net"] * years["discount_factor"]).sum(), npv, scenario)
    assert near(years["present_value"].sum(), npv, scenario)
    assert near(years["cumulative"].iloc[-1], years["net"].sum(), scenario)
    assert near(years["cumulative_present_value"].iloc[-1], npv, scenario)


def indicators_are_known_or_say_why_not(outcome):
    for each in outcome.indicators:
        assert each.value is not None or each.reason
        assert (each.low is None) == (each.high is None)
    ends = [outcome[f"npv_p{end}"].value for end in (10, 50, 90)]
    assert ends == sorted(ends)
    assert (outcome["npv"].low, outcome["npv"].high) == (ends[0], ends[2])
    assert 0 <= outcome["probability_npv_positive"].value <= 1
    assert outcome.tables["npv_distribution"]["draws_share"].sum() == pytest.approx(1)
    assert not {"nan", "inf", "none"} & set(outcome.headline.lower().split())


@EXAMPLES
@given(scenarios())
@example(Savings(draws=FEW))
def test_where_it_turns(scenario):
    outcome = outcome_of(scenario)
    switching_values_bring_npv_to_zero(outcome)
    where_there_is_none_no_bound_turns_it(outcome)
    a_break_even_take_up_brings_npv_to_zero(outcome)


def switching_values_bring_npv_to_zero(outcome):
    """Put into the scenario, with whatever must go with it; whole numbers to the nearest."""
    scenario, table = outcome.scenario, outcome.tables["switching"]
    declared = scenario.parameters()
    assert table["parameter"].tolist() == [each.name for each in declared.values() if each.range]
    for row in table.dropna(subset=["switching_value"]).itertuples():
        value, step = row.switching_value, 0.0
        if declared[row.parameter].kind == "integer":
            value = round(value)
            step = abs(worth(scenario, row, value + 1) - worth(scenario, row, value - 1))
        most = max(amounts(scenario), amounts(scenario.varied(row.parameter, value)))
        assert abs(worth(scenario, row, value)) <= step + 1e-6 * most, row


def where_there_is_none_no_bound_turns_it(outcome):
    scenario, table = outcome.scenario, outcome.tables["switching"]
    before = by_hand(scenario).npv
    for row in table[table["switching_value"].isna()].itertuples():
        for bound in scenario.parameters()[row.parameter].bounds:
            after = worth(scenario, row, bound)
            assert after * before >= 0 or abs(after) <= 1e-6 * amounts(scenario), row


def worth(scenario, row, value):
    """NPV with another value of the row's parameter, the nearest that is allowed."""
    low, high = scenario.parameters()[row.parameter].bounds
    return by_hand(scenario.varied(row.parameter, min(max(value, low), high))).npv


def a_break_even_take_up_brings_npv_to_zero(outcome):
    """The scenario's own, and those of other cost gaps."""
    scenario, table = outcome.scenario, outcome.tables["break_even"]
    own, other = table["take_up"].iloc[0], cost_of_others(scenario.values())
    assert outcome["break_even_take_up"].value == (None if math.isnan(own) else own)
    for row in table.dropna().itertuples():
        assert scenario.take_up_now <= row.take_up <= LARGEST
        scale = (row.cost_gap + scenario.cost_digital) / other if other else 1.0
        costs = {f"cost_{name}": getattr(scenario, f"cost_{name}") * scale for name in CHANNELS}
        if min(costs.values()) < 0 or max(costs.values()) > DEAREST:
            continue  # a gap that no scenario may have
        turned = scenario.replace(take_up_target=row.take_up, **costs)
        assert abs(by_hand(turned).npv) <= 1e-6 * max(amounts(turned), amounts(scenario)), row


@settings(max_examples=8)
@given(
    scenarios(plausible=True, take_up_target=0.95, dual_running_years=0.0),
    st.floats(0, 0.1),
    st.floats(0.001, 0.1),
)
def test_npv_falls_as_the_discount_rate_rises_for_an_investment(scenario, rate, more):
    """An investment costs first and saves later: here until the transition is paid for.

    Where it is worth nothing at the higher rate, that rate may also make the cost smaller.
    """
    lower, higher = (outcome_of(scenario, rates(each)) for each in (rate, rate + more))
    net = lower.tables["cash_flow"]["net"].to_numpy()
    assume(net[0] < 0 < net[-1])
    assert (np.diff(np.sign(net)) >= 0).all()
    if higher["npv"].value >= 0:
        assert higher["npv"].value < lower["npv"].value


def test_of_a_cost_today_npv_falls_at_any_rate():
    scenario = Savings(draws=FEW, transition_years=1, dual_running_years=0.0)
    found = [outcome_of(scenario, rates(rate))["npv"].value for rate in (0, 0.02, 0.1, 0.3, 1)]
    assert found == sorted(set(found), reverse=True)
    assert found[0] > 0 > found[-1]


def rates(rate):
    """A table of one discount rate for every year and day."""
    row = ("green-book", "1900-01-01", None, 1, 125, rate, "Ours")
    columns = ["schedule", "valid_from", "valid_to", "from_year", "to_year", "rate", "source"]
    return {"discount_rates": pd.DataFrame([row], columns=columns)}


@settings(max_examples=8)
@given(
    scenarios(plausible=True),
    st.tuples(*[st.floats(SMALLEST, LARGEST)] * 2).map(sorted),
)
def test_a_loss_is_a_loss(scenario, ends):
    """Fewer people online is a loss by as much as a move of one saves, and it is said."""
    target, now = ends
    assume(now - target > 1e-6)
    outcome = outcome_of(scenario, take_up_now=now, take_up_target=target)
    saved = outcome["saving_per_point"].value
    assume(saved > 0)
    annual = outcome["annual_saving"].value
    assert annual < 0
    assert annual == pytest.approx(-saved * 100 * (now - target))
    assert outcome["total_saving"].value < 0
    assert outcome["npv"].value < 0
    assert "is a loss of" in outcome.headline
    assert outcome["payback_years"].value is None
