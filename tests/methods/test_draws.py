"""Draws from a PERT distribution: textbook moments, and one random stream for each name."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.special import betaincinv, expit

from workbook.methods import draws
from workbook.methods.draws import draw_pert

COUNT = 10_000


def draw_example(low=0.1, mode=0.3, high=0.5, **options):
    return draw_pert(low, mode, high, **{"count": COUNT, "seed": 2014, "name": "dropout"} | options)


@pytest.mark.parametrize(
    ("low", "mode", "high"),
    [(0.1, 0.3, 0.5), (0.1, 0.25, 0.6), (47, 79.5, 319), (0, 0, 0.1), (500e3, 1e6, 1e6)],
)
def test_mean_and_variance_equal_the_textbook_formulas(low, mode, high):
    values = draw_example(low, mode, high)
    mean = (low + 4 * mode + high) / 6
    assert values.mean() == pytest.approx(mean, rel=1e-3)
    assert values.var() == pytest.approx((mean - low) * (high - mean) / 7, rel=1e-2)


def test_quantiles_equal_those_of_the_beta_distribution():
    # low 0, mode 1/2, high 1: alpha = beta = 1 + 4 / 2 = 3
    values = draw_example(0, 0.5, 1)
    assert stats.kstest(values, stats.beta(3, 3).cdf).statistic < 1 / COUNT + 1e-9


def test_draws_are_stratified():
    strips = np.floor(stats.beta(3, 3).cdf(draw_example(0, 0.5, 1, count=1000)) * 1000)
    assert sorted(strips) == list(range(1000))


@given(
    st.floats(1, 5) | st.sampled_from([1, np.nextafter(1, 2), 5, np.nextafter(5, 1)]),
    st.lists(
        st.sampled_from([0.0, 1.0]) | st.floats(-50, 50).map(expit),
        min_size=1,
        max_size=50,
    ),
)
def test_quantiles_are_accurate_to_ten_digits_in_any_order(alpha, probabilities):
    middles = expit(np.arange(-8.01, 8.02, 0.01))  # between the knots and on them
    probabilities_and_middles = np.concatenate([probabilities, middles])
    assert draws._beta_quantiles(alpha, probabilities_and_middles) == pytest.approx(
        betaincinv(alpha, 6 - alpha, probabilities_and_middles), abs=1e-10
    )


@given(st.floats(1, 5))
def test_quantiles_rise_with_the_probability(alpha):
    result = draws._beta_quantiles(alpha, expit(np.linspace(-20, 20, 5000)))
    assert (np.diff(result) >= -np.spacing(1.0)).all()


ends = st.lists(st.floats(-1e9, 1e9), min_size=3, max_size=3).map(sorted)


@given(ends, st.integers(0, 2**32 - 1))
def test_draws_lie_within_their_range(low_mode_high, seed):
    low, mode, high = low_mode_high
    values = draw_example(low, mode, high, count=100, seed=seed)
    width = np.spacing(max(abs(low), abs(high)))
    assert np.isfinite(values).all()
    assert values.min() >= low - width
    assert values.max() <= high + width


def test_a_range_without_width_gives_a_constant():
    assert (draw_example(5, 5, 5) == 5).all()


@pytest.mark.parametrize(
    "low_mode_high", [(0.5, 0.3, 0.6), (0.1, 0.7, 0.6), (0.1, float("nan"), 0.6)]
)
def test_a_mode_outside_the_range_is_rejected(low_mode_high):
    with pytest.raises(ValueError, match="low ≤ mode ≤ high"):
        draw_example(*low_mode_high)


def test_draws_depend_only_on_the_seed():
    assert (draw_example() == draw_example()).all()
    assert (draw_example() != draw_example(seed=2015)).any()


def test_each_name_has_an_independent_stream():
    first, second = draw_example(name="dropout"), draw_example(name="deadweight")
    assert sorted(first) != sorted(second)
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.03


def test_cached_draws_equal_new_draws(monkeypatch):
    remembered = draw_example(count=500)
    monkeypatch.setattr(draws, "MAXIMUM_CACHED_DRAWS", 0)
    assert (draw_example(count=500) == remembered).all()


@pytest.mark.parametrize("cache_size", [0, 1000])
def test_draws_are_read_only(monkeypatch, cache_size):
    monkeypatch.setattr(draws, "MAXIMUM_CACHED_DRAWS", cache_size)
    with pytest.raises(ValueError, match="read-only"):
        draw_example(count=100)[0] = 1
