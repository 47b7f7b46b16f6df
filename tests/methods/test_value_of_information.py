"""Value of information: normal net benefits with a known answer, and nested simulation."""

import numpy as np
import pytest
from scipy import stats

from workbook.methods.value_of_information import (
    expected_value_of_partial_information,
    expected_value_of_perfect_information,
)

SIMULATIONS = 20_000


def normal_scores(name):
    """Standard normal values in random order, one from each strip of equal probability."""
    strips = np.random.default_rng(name).permutation(SIMULATIONS)
    return stats.norm.ppf((strips + 0.5) / SIMULATIONS)


def unit_normal_loss(mean, spread):
    """E[max(b, 0)] − max(mean, 0) of a normal b (Raiffa and Schlaifer, 1961)."""
    score = mean / spread
    gain = spread * stats.norm.pdf(score) + mean * stats.norm.cdf(score)
    return gain - max(mean, 0)


@pytest.mark.parametrize("mean", [-1.5, -0.2, 0.0, 0.7, 3.0])
def test_normal_net_benefits_equal_the_unit_normal_loss(mean):
    first, second = normal_scores(1), normal_scores(2)
    benefit = mean + 1.2 * first + 0.5 * second
    assert expected_value_of_perfect_information(benefit) == pytest.approx(
        unit_normal_loss(mean, 1.3), abs=0.01
    )
    for values, spread in ((first, 1.2), (second, 0.5)):
        assert expected_value_of_partial_information(benefit, values) == pytest.approx(
            unit_normal_loss(mean, spread), abs=0.015
        )


def test_a_curved_effect_is_found():
    # The conditional mean x² − 1 has no correlation with x
    values, noise = normal_scores(1), normal_scores(2)
    benefit = values**2 - 1 + noise
    expected = np.maximum(values**2 - 1, 0).mean()
    assert expected_value_of_partial_information(benefit, values) == pytest.approx(
        expected, abs=0.02
    )


def test_order_of_simulations_does_not_matter():
    values, noise = normal_scores(1), normal_scores(2)
    benefit = 0.3 + values + noise
    shuffled = np.random.default_rng(3).permutation(SIMULATIONS)
    assert expected_value_of_partial_information(
        benefit[shuffled], values[shuffled]
    ) == pytest.approx(expected_value_of_partial_information(benefit, values))


def test_what_does_not_vary_has_no_value():
    benefit = 0.1 + normal_scores(1)
    assert expected_value_of_partial_information(benefit, 3.0) == 0


def test_a_decision_that_cannot_change_needs_no_information():
    benefit = 10 + 0.1 * normal_scores(1)
    assert expected_value_of_perfect_information(benefit) == 0
    assert expected_value_of_partial_information(benefit, benefit) == 0


@pytest.mark.parametrize("values", [[0.0, 1.0], np.arange(5.0)])
def test_few_distinct_values_are_possible(values):
    assumption = np.resize(values, SIMULATIONS)
    middle = np.mean(values)
    benefit = assumption - middle + 0.1 * normal_scores(1)
    expected = np.maximum(values - middle, 0).mean()
    assert expected_value_of_partial_information(benefit, assumption) == pytest.approx(
        expected, abs=0.02
    )


def test_too_few_simulations_are_refused():
    with pytest.raises(ValueError, match="there are 49 simulations"):
        expected_value_of_partial_information(np.arange(49.0), np.arange(49.0))
