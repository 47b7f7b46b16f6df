"""Inputs of an appraisal: splitting simulations into blocks, and changing values."""

import numpy as np
import pytest

from tests.topics.savings.examples import green_book_factors
from workbook.topics.savings.inputs import scenario_inputs
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.sampling import sample_inputs
from workbook.topics.savings.service_inputs import ServiceInputs

SCENARIO = Savings(draws=10_000)
FACTORS = green_book_factors(SCENARIO.horizon)


def test_blocks_hold_every_simulation_once_and_in_order():
    inputs = sample_inputs(SCENARIO, scenario_inputs(SCENARIO, ServiceInputs(), FACTORS))
    blocks = list(inputs.split_draws(3_000))
    assert [block.draw_count for block in blocks] == [3_000, 3_000, 3_000, 1_000]
    assert np.array_equal(np.concatenate([block["volume"] for block in blocks]), inputs["volume"])
    assert {block["take_up_target"] for block in blocks} == {SCENARIO.take_up_target}


def test_changed_values_change_the_take_up_path():
    inputs = scenario_inputs(SCENARIO, ServiceInputs(), FACTORS)
    assert inputs.final_take_up == pytest.approx(0.82)
    changed = inputs.with_values({"take_up_target": np.array([0.8, 0.9])})
    assert changed.final_take_up == pytest.approx([0.8, 0.9])
    assert inputs.final_take_up == pytest.approx(0.82)


def test_inputs_know_their_horizon_and_number_of_simulations():
    inputs = scenario_inputs(SCENARIO, ServiceInputs(), FACTORS)
    assert inputs.last_year == SCENARIO.horizon
    assert inputs.draw_count == 1
    assert inputs.initial_take_up == pytest.approx(SCENARIO.take_up_now)
