"""Curve fitting: NIST's certified values, comparison with another library, and failures."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import curve_fit
from scipy.special import expit

from workbook.methods import fit_diagnostics, least_squares
from workbook.methods.curve_fitting import WeightedSeries, evaluate_curve, fit_curves
from workbook.methods.diffusion_curves import BASS, DIFFUSION_CURVES, GOMPERTZ, LOGISTIC
from workbook.methods.overlapping_windows import overlap_correlation_matrix

# NIST StRD, Rat42 (Ratkowsky, 1983): pasture yield, y = b1 / (1 + exp(b2 − b3 x)).
RAT42_X = [9.0, 14, 21, 28, 42, 57, 63, 70, 79]
RAT42_Y = [8.93, 10.8, 18.59, 22.33, 39.35, 56.11, 61.73, 64.62, 67.08]


def fit_example(curve, values, *, times=None, points=None, ceiling=np.inf, **options):
    times = np.arange(len(values)) + 4.0 if times is None else times
    points = np.array([len(values)] if points is None else points)
    series = WeightedSeries.from_values(times, values, **options)
    # Every curve is searched at once, and the others must not change it.
    fits = fit_curves(tuple(DIFFUSION_CURVES.values()), series, points, ceiling=ceiling)
    return fits[list(DIFFUSION_CURVES).index(curve.name)]


def curve_values(curve, parameters, windows=12):
    return evaluate_curve(curve, np.arange(windows) + 4.0, np.array([parameters]))[0][0]


def test_rat42_agrees_with_the_values_certified_by_nist():
    result = fit_example(LOGISTIC, RAT42_Y, times=RAT42_X)
    usual = result.natural_parameters()
    assert result.failures == ("",)
    assert usual["level"] == pytest.approx(72.462237576, rel=1e-8)
    assert usual["rate"] * usual["midpoint"] == pytest.approx(2.6180768402, rel=1e-8)
    assert usual["rate"] == pytest.approx(0.067359200066, rel=1e-8)
    assert result.residual_squares[0] == pytest.approx(8.0565229338, rel=1e-9)


TRUE = {
    "logistic": (0.85, 8.0, np.log(0.4)),
    "gompertz": (0.85, 6.0, np.log(0.3)),
    "bass": (0.85, np.log(0.02), np.log(0.5)),
}


@pytest.mark.parametrize("name", DIFFUSION_CURVES)
def test_a_curve_without_errors_is_recovered(name):
    result = fit_example(
        DIFFUSION_CURVES[name], curve_values(DIFFUSION_CURVES[name], TRUE[name]), ceiling=0.98
    )
    assert result.failures == ("",)
    assert result.parameters[0] == pytest.approx(TRUE[name], rel=1e-5)


def noisy_logistic(windows=12):
    wave = 0.02 * np.sin(1.7 * np.arange(windows))
    return curve_values(LOGISTIC, TRUE["logistic"], windows) + wave


@pytest.mark.parametrize("name", DIFFUSION_CURVES)
def test_the_fit_equals_generalised_least_squares_of_another_library(name):
    values, weights = noisy_logistic(), np.linspace(1, 3, 12)
    result = fit_example(
        DIFFUSION_CURVES[name], values, weights=weights, correlation=overlap_correlation_matrix(12)
    )
    root = 1 / np.sqrt(weights)

    def model(times, *values):
        return evaluate_curve(DIFFUSION_CURVES[name], times, np.array([values]))[0][0]

    expected_fit, _ = curve_fit(
        model,
        np.arange(12) + 4.0,
        values,
        p0=np.array(TRUE[name]),
        sigma=root[:, None] * overlap_correlation_matrix(12) * root,
    )
    assert result.failures == ("",)
    assert result.parameters[0] == pytest.approx(expected_fit, rel=1e-4)


def test_a_fit_of_the_first_points_ignores_later_ones():
    values, weights = noisy_logistic(), np.linspace(1, 3, 12)
    together = fit_example(
        LOGISTIC,
        values,
        points=[8, 10, 12],
        weights=weights,
        correlation=overlap_correlation_matrix(12),
    )
    for row_index, points in enumerate(together.point_counts):
        alone = fit_example(
            LOGISTIC,
            values[:points],
            weights=weights[:points],
            correlation=overlap_correlation_matrix(points),
        )
        assert together.parameters[row_index] == pytest.approx(alone.parameters[0], rel=1e-5)
        assert together.residual_squares[row_index] == pytest.approx(alone.residual_squares[0])


@settings(max_examples=25)
@given(st.sampled_from([0.125, 8, 1024]))
def test_the_scale_of_the_weights_does_not_change_the_fit(scale):
    one, other = (
        fit_example(GOMPERTZ, noisy_logistic(), weights=factor) for factor in (1.0, scale)
    )
    assert one.failures == other.failures
    assert one.parameters == pytest.approx(other.parameters, rel=1e-5)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (curve_values(LOGISTIC, (0.99, 8, np.log(0.4))), fit_diagnostics.LEVEL_AT_CEILING),
        (np.zeros(12), fit_diagnostics.LEVEL_NOT_POSITIVE),
        (np.repeat([0.0, 0.6], 6), fit_diagnostics.RATE_AT_BOUND),
    ],
)
def test_a_fit_at_its_bounds_fails(values, reason):
    assert fit_example(LOGISTIC, values, ceiling=0.98).failures == (reason,)


@pytest.mark.parametrize("name", DIFFUSION_CURVES)
@pytest.mark.parametrize(
    "values",
    [np.linspace(0.8, 0.3, 12), np.full(12, 0.6), np.linspace(0.2, 0.9, 12) ** 0.2],
    ids=["falling", "still", "level"],
)
def test_a_series_unlike_the_curve_fails(name, values):
    assert fit_example(DIFFUSION_CURVES[name], values, ceiling=0.98).failures != ("",)


def test_a_search_with_too_few_steps_has_not_converged(monkeypatch):
    monkeypatch.setattr(least_squares, "MAXIMUM_ITERATIONS", 1)
    assert fit_example(LOGISTIC, noisy_logistic()).failures == (
        fit_diagnostics.SEARCH_NOT_CONVERGED,
    )


def fit_failure(**options):
    sound = {
        "parameters": np.array([[0.8, 8.0, np.log(0.4)]]),
        "slopes": np.eye(5)[None, :, :3],
        "ceiling": 0.98,
        "span": np.array([11.0]),
        "step": 1.0,
        "converged": np.array([True]),
        "agree": np.array([True]),
    }
    (reason,) = fit_diagnostics.failure_reasons(LOGISTIC, **sound | options)
    return reason


def test_a_good_fit_has_no_failure_reason():
    assert fit_failure() == ""


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"parameters": np.array([[-0.1, 8, -1]])}, fit_diagnostics.LEVEL_NOT_POSITIVE),
        ({"parameters": np.array([[0.98, 8, -1]])}, fit_diagnostics.LEVEL_AT_CEILING),
        ({"parameters": np.array([[0.8, 8, -9]])}, fit_diagnostics.RATE_AT_BOUND),
        ({"parameters": np.array([[0.8, 8, 4]])}, fit_diagnostics.RATE_AT_BOUND),
        ({"converged": np.array([False])}, fit_diagnostics.SEARCH_NOT_CONVERGED),
        ({"slopes": np.ones((1, 5, 3))}, fit_diagnostics.PARAMETERS_UNDETERMINED),
        ({"slopes": np.zeros((1, 5, 3))}, fit_diagnostics.PARAMETERS_UNDETERMINED),
        ({"agree": np.array([False])}, fit_diagnostics.SEARCHES_DISAGREE),
    ],
    ids=["level", "ceiling", "rate", "step", "search", "alike", "nothing", "starts"],
)
def test_each_failure_has_its_reason(options, reason):
    assert fit_failure(**options) == reason


def test_a_bass_curve_fails_if_either_rate_is_0():
    rows = np.array([[0.8, np.log(0.02), -9], [0.8, -9, np.log(0.5)], [0.8, -3, -1]])
    reason = fit_diagnostics.failure_reasons(
        BASS,
        rows,
        np.repeat(np.eye(5)[None, :, :3], 3, axis=0),
        ceiling=0.98,
        span=np.full(3, 11.0),
        step=1.0,
        converged=np.ones(3, bool),
        agree=np.ones(3, bool),
    )
    assert reason == (fit_diagnostics.RATE_AT_BOUND, fit_diagnostics.RATE_AT_BOUND, "")


@pytest.mark.parametrize(
    ("squares", "converged", "agree"),
    [
        ([1, 1, 1], [True, True, True], True),
        ([1, 1, 9], [True, True, False], True),
        ([1, 1, 9], [True, True, True], False),
        ([1, 2, 9], [True, False, False], False),
        ([0, 1e-33, 0], [True, True, True], True),
    ],
    ids=["all", "one ran away", "one came to rest elsewhere", "alone", "exact"],
)
def test_searches_agree_if_their_errors_are_close(squares, converged, agree):
    result = fit_diagnostics.searches_agree(
        np.array([squares], float), np.array([converged]), np.array([1e-20])
    )
    assert result.tolist() == [agree]


@settings(max_examples=50)
@given(
    st.sampled_from(sorted(DIFFUSION_CURVES)),
    st.lists(st.floats(0, 1), min_size=5, max_size=21),
    st.lists(st.floats(1, 1e9), min_size=21, max_size=21),
)
def test_every_fit_is_good_or_has_a_failure_reason(name, values, weights):
    result = fit_example(
        DIFFUSION_CURVES[name],
        values,
        points=range(5, len(values) + 1),
        ceiling=0.98,
        weights=weights[: len(values)],
        correlation=overlap_correlation_matrix(len(values)),
    )
    sound = np.array([not fit_failure for fit_failure in result.failures])
    assert np.isfinite(result.parameters[sound]).all()
    level = result.parameters[sound, 0]
    assert ((level > 0) & (level < 0.98)).all()


def test_a_steep_curve_does_not_overflow():
    assert expit(800) == evaluate_curve(LOGISTIC, np.array([800.0]), np.array([[1, 0, 0.0]]))[0]
