"""Sobol' indices of a savings scenario, compared with conditional variances."""

import numpy as np
import pandas as pd
import pytest

from tests.chart_specs import unlisted_colours
from tests.topics.savings.examples import evaluate_example, load_tables, set_up_example
from workbook.methods.draws import draw_pert
from workbook.topics.savings import topic
from workbook.topics.savings.appraisal import simulate_npv
from workbook.topics.savings.charts import draw_global_sensitivity
from workbook.topics.savings.global_sensitivity import global_sensitivity_table
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.uncertain_inputs import simulated_inputs


@pytest.fixture(scope="module")
def default_setup():
    return set_up_example()


@pytest.fixture(scope="module")
def table(default_setup):
    return global_sensitivity_table(default_setup.inputs, default_setup.sampled, 2014).set_index(
        "parameter"
    )


def conditional_variance_share(values, result, bins=50):
    """Share of a result's variance between bins of one input: its first-order index."""
    groups = pd.Series(result).groupby(pd.qcut(values, bins, labels=False, duplicates="drop"))
    within = groups.transform("mean")
    return float(np.var(within) / np.var(result))


@pytest.mark.parametrize("name", ["take_up_now", "face_to_face_share", "optimism_bias"])
def test_first_order_indices_are_shares_of_the_variance(default_setup, table, name):
    values = simulated_inputs(default_setup.sampled)[name]
    share = conditional_variance_share(values, simulate_npv(default_setup.sampled))
    assert table.loc[name, "first_order"] == pytest.approx(share, abs=0.025)


def test_the_audit_of_the_former_default():
    # Indices that an independent calculation gave for the former conventions and ranges
    former = set_up_example(take_up_convention="year-end", convert_prices="no")
    draws = {"count": 10_000, "seed": 1}
    sampled = former.sampled.with_values(
        {
            "transition_cost": draw_pert(250e6, 500e6, 1e9, name="transition_cost", **draws),
            "optimism_bias": draw_pert(0.1, 0.5, 2.0, name="optimism_bias", **draws),
        }
    )
    indices = global_sensitivity_table(former.inputs, sampled, 1).set_index("parameter")
    expected = {
        "take_up_now": 0.245,
        "face_to_face_share": 0.182,
        "transition_cost": 0.178,
        "realisable_share": 0.149,
        "optimism_bias": 0.103,
    }
    for name, index in expected.items():
        assert indices.loc[name, "first_order"] == pytest.approx(index, abs=0.02)
    assert indices["first_order"].sum() == pytest.approx(0.98, abs=0.02)


def test_the_total_includes_interactions(table):
    for prefix in ("", "gain_"):
        first, total = table[f"{prefix}first_order"], table[f"{prefix}total_order"]
        assert (total >= first - 0.02).all()
        assert first.sum() < 1.03
    # Whether there is a gain depends on several assumptions at once
    assert table["gain_total_order"].sum() > 1.5 * table["gain_first_order"].sum()


def test_what_does_not_affect_the_result_has_no_index(table):
    assert table.loc["fiscal_share", ["first_order", "total_order"]].abs().max() < 1e-9
    assert table.loc["cost_post", "total_order"] == pytest.approx(0, abs=1e-9)


def test_the_same_seed_gives_the_same_indices(default_setup, table):
    again = global_sensitivity_table(default_setup.inputs, default_setup.sampled, 2014).set_index(
        "parameter"
    )
    pd.testing.assert_frame_equal(again, table)


def test_a_sure_loss_has_no_index_for_its_sign():
    loss = set_up_example(take_up_target=0.6)
    frame = global_sensitivity_table(loss.inputs, loss.sampled, 1)
    assert (frame["gain_first_order"] == 0).all()
    assert frame["first_order"].sum() > 0.5
    assert draw_global_sensitivity(frame).description


def test_a_forecast_counts_as_an_assumption():
    followed = set_up_example(curve="forecast", quarter="2017-Q3", draws=1000)
    # "forecast_level" is drawn where any quarter of the forecast has been tested
    assert ("forecast_level" in simulated_inputs(followed.sampled)) == (
        followed.inputs.service.forecast.tested_quarters > 0
    )


@pytest.fixture(scope="module")
def deferred_results():
    outcome = evaluate_example(Savings(draws=200))
    return {
        name: [result for result in analysis(load_tables(), outcome) if result]
        for name, analysis in topic.deferred.items()
    }


def test_each_deferred_analysis_has_one_result_of_its_name(deferred_results):
    assert set(deferred_results) == {"global_sensitivity", "value_of_information"}
    for name, [result] in deferred_results.items():
        assert result.name == name


def test_charts_are_described_and_in_the_palette(deferred_results):
    for [result] in deferred_results.values():
        assert len(result.chart.description) > 50
        assert not unlisted_colours(result.chart)


def test_the_title_names_the_assumption_that_explains_most(deferred_results):
    [result] = deferred_results["global_sensitivity"]
    first = result.table.frame.iloc[0]
    assert f"“{first['label']}” explains {first['first_order']:.0%}" in result.chart.title
