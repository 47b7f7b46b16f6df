"""Simulations: correlated inputs, and the same appraisal as for a scenario."""

import itertools

import numpy as np
import pytest
from scipy.stats import spearmanr

from tests.topics.savings.examples import (
    FEW_DRAWS,
    apply_formulas,
    evaluate_example,
    green_book_factors,
    price_factor,
)
from workbook.topics.savings.appraisal import appraise_inputs
from workbook.topics.savings.inputs import scenario_inputs
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.parameters.contact_costs import CHANNEL_COST_PARAMETERS
from workbook.topics.savings.sampling import sample_inputs
from workbook.topics.savings.service_inputs import ServiceInputs

SCENARIO = Savings(draws=10_000)


def simulated_inputs(scenario):
    """Simulate the inputs of a scenario without a service."""
    factors, growth = green_book_factors(scenario.horizon), price_factor(scenario.values())
    return sample_inputs(scenario, scenario_inputs(scenario, ServiceInputs(), factors, growth))


@pytest.fixture(scope="module")
def parameter_draws():
    return simulated_inputs(SCENARIO).values


def test_costs_of_other_channels_are_correlated(parameter_draws):
    for one, other in itertools.combinations(CHANNEL_COST_PARAMETERS, 2):
        assert spearmanr(parameter_draws[one], parameter_draws[other]).statistic == pytest.approx(
            0.6, abs=0.01
        )


def test_other_inputs_are_independent(parameter_draws):
    uncertain = [declared.name for declared in Savings.parameters().values() if declared.range]
    together = set(itertools.combinations(CHANNEL_COST_PARAMETERS, 2))
    result = spearmanr(np.stack([parameter_draws[name] for name in uncertain], axis=1)).statistic
    for (probabilities_and_middles, one), (to, other) in itertools.combinations(
        enumerate(uncertain), 2
    ):
        if (one, other) not in together:
            assert abs(result[probabilities_and_middles, to]) < 0.04, (one, other)


def test_levers_are_not_drawn(parameter_draws):
    for name, declared in Savings.parameters().items():
        if not declared.range and not name.endswith("_share"):
            assert parameter_draws[name] == declared.default


def test_shares_add_up_in_every_simulation(parameter_draws):
    total = sum(
        parameter_draws[name] for name in ("phone_share", "post_share", "face_to_face_share")
    )
    assert total == pytest.approx(np.ones(10_000))


def test_each_simulation_is_appraised_like_a_scenario(parameter_draws):
    result = appraise_inputs(simulated_inputs(SCENARIO))["npv"]
    for place in range(0, 10_000, 999):
        one = {
            name: value[place] if isinstance(value, np.ndarray) else value
            for name, value in parameter_draws.items()
        }
        assert result[place] == pytest.approx(apply_formulas(one).npv, abs=1)


def test_intervals_are_p10_and_p90_of_the_simulations(parameter_draws):
    outcome = evaluate_example(SCENARIO)
    gap = sum(
        parameter_draws[f"{n}_share"] * parameter_draws[f"cost_{n}"] for n in ("phone", "post")
    )
    gap += (
        parameter_draws["face_to_face_share"] * parameter_draws["cost_face_to_face"]
        - parameter_draws["cost_digital"]
    )
    saving_per_contact = (
        gap * parameter_draws["realisable_share"]
        - parameter_draws["assisted_share"] * parameter_draws["assisted_cost"]
    )
    moved = parameter_draws["volume"] * (0.82 - parameter_draws["take_up_now"])
    saved = np.sort(moved * saving_per_contact * price_factor(SCENARIO.values()))
    annual = outcome["annual_saving"]
    assert (annual.low, annual.high) == pytest.approx((saved[999], saved[8999]))


def test_the_probability_matches_the_histogram():
    outcome = evaluate_example(SCENARIO)
    bins = outcome.frame("npv_distribution")
    above, through = (bins[bins[name] > 0]["draws_share"] for name in ("npv_from", "npv_to"))
    assert above.sum() <= outcome["probability_npv_positive"].value <= through.sum()


def test_the_range_of_volume_is_relative_to_its_value():
    """The result and its interval are proportional to volume."""
    tenth, whole = (evaluate_example(volume=n)["annual_saving"] for n in (90_920_000, 909_200_000))
    assert tenth.value == pytest.approx(whole.value / 10)
    assert (tenth.low, tenth.high) == pytest.approx((whole.low / 10, whole.high / 10))


def test_the_number_of_draws_is_that_of_the_scenario():
    assert simulated_inputs(Savings(draws=FEW_DRAWS)).draw_count == FEW_DRAWS
