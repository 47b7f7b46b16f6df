"""PAWN indices: analytic cases, and the Kolmogorov–Smirnov test of SciPy."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtri
from scipy.stats import ks_2samp

from workbook.methods.draws import uniform_draws
from workbook.methods.pawn import INTERVAL_COUNT, noise_level, pawn_index

COUNT = 5_000


def uniform_inputs(names, count=COUNT):
    return {name: uniform_draws(count, seed=1, name=name) for name in names}


def test_an_index_is_the_median_of_scipy_s_distances():
    inputs = uniform_inputs("ab", 500)
    result = inputs["a"] ** 2 + 0.5 * inputs["b"]
    groups = np.split(np.argsort(inputs["a"]), INTERVAL_COUNT)
    distances = [ks_2samp(result[group], result).statistic for group in groups]
    assert pawn_index(inputs["a"], result) == pytest.approx(np.median(distances))


def test_the_order_of_a_linear_model_is_that_of_its_coefficients():
    # first-order Sobol’ indices 9 / 14, 4 / 14, 1 / 14 and 0
    inputs = {name: ndtri(draws) for name, draws in uniform_inputs("abcd").items()}
    result = 3 * inputs["a"] + 2 * inputs["b"] + inputs["c"]
    indices = {name: pawn_index(values, result) for name, values in inputs.items()}
    assert sorted(indices, key=indices.get, reverse=True) == ["a", "b", "c", "d"]
    assert indices["c"] > noise_level(COUNT, 2014) > indices["d"]


def test_the_order_of_the_ishigami_function():
    # Pianosi and Wagener (2018), figure 3: the second input first; the dummy below all three.
    inputs = {
        name: np.pi * (2 * draws - 1)
        for name, draws in uniform_inputs(["1", "2", "3", "d"]).items()
    }
    result = (
        np.sin(inputs["1"])
        + 7 * np.sin(inputs["2"]) ** 2
        + 0.1 * inputs["3"] ** 4 * np.sin(inputs["1"])
    )
    indices = {name: pawn_index(values, result) for name, values in inputs.items()}
    assert max(indices, key=indices.get) == "2"
    assert min(indices["1"], indices["2"], indices["3"]) > noise_level(COUNT, 2014) > indices["d"]


def test_an_effect_that_a_correlation_misses_is_found():
    inputs = uniform_inputs("ab")
    result = (inputs["a"] - 0.5) ** 2
    assert abs(np.corrcoef(inputs["a"], result)[0, 1]) < 0.05
    assert pawn_index(inputs["a"], result) > 5 * noise_level(COUNT, 2014)


def test_noise_is_rarely_above_its_level():
    result = np.arange(1_000.0)
    level = noise_level(1_000, 2014)
    above = [
        pawn_index(uniform_draws(1_000, seed=seed, name="noise"), result) > level
        for seed in range(100)
    ]
    assert sum(above) <= 4  # 1 expected


def test_more_simulations_lower_the_level_of_noise():
    assert noise_level(4_000, 1) == pytest.approx(noise_level(1_000, 1) / 2, rel=0.15)


@given(st.lists(st.sampled_from([-np.inf, 0.0, 1.0, np.inf]), min_size=10, max_size=50))
def test_equal_and_infinite_results_give_an_index_from_0_to_1(results):
    assert 0 <= pawn_index(np.arange(len(results)), results) <= 1


def test_a_constant_result_has_no_index():
    assert pawn_index(np.arange(50), np.ones(50)) == 0


def test_too_few_simulations_are_rejected():
    with pytest.raises(ValueError, match="there are 9 simulations"):
        pawn_index(np.arange(9), np.arange(9))
