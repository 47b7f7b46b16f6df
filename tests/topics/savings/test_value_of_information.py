"""Value of information of a savings scenario, compared with nested simulation."""

import numpy as np
import pytest

from tests.topics.savings.examples import evaluate_example, set_up_example
from workbook.topics.savings.appraisal import simulate_npv
from workbook.topics.savings.charts import draw_value_of_information
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.uncertain_inputs import simulated_inputs
from workbook.topics.savings.value_of_information import value_of_information_table

OUTER, INNER = 400, 2000
TRANSITION = ("transition_cost", "optimism_bias")
DOUBTFUL = {"transition_cost": 850_000_000}
"""A transition that costs about as much as it saves, so that information is worth much."""


@pytest.fixture(scope="module")
def doubtful():
    return set_up_example(**DOUBTFUL)


@pytest.fixture(scope="module")
def table(doubtful):
    frame = value_of_information_table(doubtful.sampled, simulate_npv(doubtful.sampled))
    return frame.set_index("parameter")


def nested_value(setup, *names):
    """Value of knowing some inputs, by an expectation over the others at each of their values."""
    sampled, draws = setup.sampled, simulated_inputs(setup.sampled)
    generator = np.random.default_rng(5)
    outer = generator.choice(draws[names[0]].size, OUTER, replace=False)
    inner = generator.choice(draws[names[0]].size, INNER, replace=False)
    others = {
        name: np.tile(values[inner], OUTER)
        for name, values in sampled.values.items()
        if isinstance(values, np.ndarray) and values.ndim
    }
    known = {name: np.repeat(draws[name][outer], INNER) for name in names}
    npv = simulate_npv(sampled.with_values({**others, **known})).reshape(OUTER, INNER)
    expected = npv.mean(axis=1)
    return np.maximum(expected, 0).mean() - max(expected.mean(), 0)


@pytest.mark.parametrize(
    "names", [("take_up_now",), ("optimism_bias",), ("realisable_share",), TRANSITION]
)
def test_each_value_equals_a_nested_simulation(doubtful, table, names):
    nested = nested_value(doubtful, *names)
    assert table.loc["+".join(names), "evppi"] == pytest.approx(nested, rel=0.15, abs=3e6)


def test_perfect_information_avoids_every_loss(doubtful, table):
    npv = simulate_npv(doubtful.sampled)
    assert table.loc["everything", "evppi"] == pytest.approx(
        np.where(npv > 0, npv, 0).mean() - max(npv.mean(), 0)
    )
    assert table.loc["everything", "evppi"] == evaluate_example(Savings(**DOUBTFUL))["evpi"].value


def test_no_assumption_is_worth_more_than_all(table):
    assert table["evppi"].between(0, table.loc["everything", "evppi"]).all()
    assert table["evppi_share"].between(0, 1).all()
    parts = table.loc[list(TRANSITION), "evppi"]
    assert table.loc["+".join(TRANSITION), "evppi"] > parts.max()
    assert table.loc["fiscal_share", "evppi"] == pytest.approx(0, abs=2e6)


def test_a_sure_loss_needs_no_information():
    loss = set_up_example(take_up_target=0.6)
    frame = value_of_information_table(loss.sampled, simulate_npv(loss.sampled))
    assert (frame["evppi"] == 0).all()
    assert frame["evppi_share"].isna().all()
    drawn = draw_value_of_information(frame)
    assert drawn.title.startswith("No assumption could change the decision")


def test_a_decision_that_has_passed_is_dated(table):
    assert "as appraised" not in draw_value_of_information(table.reset_index()).subtitle
    subtitle = draw_value_of_information(table.reset_index(), "2014-15").subtitle
    assert "before the decision, as appraised in 2014-15, £" in subtitle


def test_the_title_names_the_most_valuable(table):
    frame = table.reset_index()
    first = frame.iloc[1]["label"]
    assert f"“{first}”" in draw_value_of_information(frame).title
