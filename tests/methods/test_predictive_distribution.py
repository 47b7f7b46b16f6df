"""Student's t censored at 0 and 1: published tables, nested intervals and shrinkage."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from workbook.methods.predictive_distribution import (
    PRIOR_SCALE,
    PredictiveDistribution,
    moderate_variance,
)


def single_predictive(location=0.5, scale=0.1, freedom=2.0):
    return PredictiveDistribution(np.array([location]), np.array([scale]), freedom)


def test_the_interval_equals_that_of_published_tables():
    # t of 2 degrees of freedom: 1.8856 at 90%
    low, high = single_predictive().prediction_interval(0.8)
    assert (low[0], high[0]) == (
        pytest.approx(0.5 - 0.18856, abs=1e-5),
        pytest.approx(0.5 + 0.18856, abs=1e-5),
    )


def test_the_probability_of_reaching_a_target():
    assert single_predictive().probability_at_least(0.5) == 0.5
    assert single_predictive(freedom=9).probability_at_least(0.62) == pytest.approx(
        stats.t(9).sf(1.2)
    )
    assert single_predictive().probability_at_least(0) == 1


def test_values_beyond_0_and_1_are_moved_to_the_bounds():
    sure = single_predictive(location=1.0, scale=0.2)
    assert sure.share_quantile(0.9) == 1
    assert sure.probability_at_least(1.0) == pytest.approx(0.5)
    assert single_predictive(location=1.3).central_forecast == 1
    assert single_predictive(location=-0.3).central_forecast == 0


@pytest.mark.parametrize("probability", [0, 1, -0.1, float("nan")])
def test_an_invalid_probability_is_rejected(probability):
    with pytest.raises(ValueError, match="must be between 0 and 1"):
        single_predictive().share_quantile(probability)


@pytest.mark.parametrize("target", [-0.1, 1.1, 82, float("nan")])
def test_an_invalid_target_is_rejected(target):
    with pytest.raises(ValueError, match="must be from 0 to 1"):
        single_predictive().probability_at_least(target)


@pytest.mark.parametrize("ceiling", [0.6, 1.0])
@pytest.mark.parametrize("location", [-0.1, 0.0, 0.3, 0.62, 0.95, 1.2])
def test_a_share_lies_in_the_interval_if_it_is_between_its_ends(location, ceiling):
    shares = np.append(np.linspace(0, 1, 21), np.nan)
    distribution = PredictiveDistribution(
        np.full(shares.shape, location), np.full(shares.shape, 0.08), 3.0, ceiling
    )
    low, high = distribution.prediction_interval(0.8)
    expected = (low <= shares) & (shares <= high)
    assert distribution.interval_contains(shares, 0.8).tolist() == expected.tolist()


believed = st.builds(single_predictive, st.floats(-1, 2), st.floats(1e-6, 10), st.floats(1, 50))
probability = st.floats(0.01, 0.99)


@given(believed, probability, probability)
def test_prediction_intervals_are_nested_between_0_and_1(distribution, first, second):
    narrow, wide = (distribution.prediction_interval(level) for level in sorted([first, second]))
    assert 0 <= wide[0] <= narrow[0] <= distribution.central_forecast <= narrow[1] <= wide[1] <= 1


@given(believed, st.floats(0, 1), st.floats(0, 1))
def test_the_probability_falls_as_the_target_rises(distribution, first, second):
    lower, higher = sorted([first, second])
    assert (
        1
        >= distribution.probability_at_least(lower)
        >= distribution.probability_at_least(higher)
        >= 0
    )


@given(believed, st.floats(0.02, 0.98))
def test_the_quantile_inverts_the_probability(distribution, level):
    value = distribution.share_quantile(level)
    if 0 < value < 1:
        assert distribution.probability_at_least(value[0]) == pytest.approx(1 - level, abs=1e-6)


def test_a_variance_is_shrunk_towards_the_prior_as_calculated_by_hand():
    # (2 × 0.01² + 2 × 0.02²) / 4
    variance, freedom = moderate_variance(0.02**2, 2)
    assert (variance, freedom) == (pytest.approx(0.00025), 4)


def test_without_figures_the_prior_variance_is_used():
    variance, freedom = moderate_variance(0.0, 0.0)
    assert (variance, freedom) == (pytest.approx(PRIOR_SCALE**2), 2)
