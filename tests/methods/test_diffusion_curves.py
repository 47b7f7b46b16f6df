"""Diffusion curves: textbook figures, and slopes compared with finite differences."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbook.methods.curve_fitting import evaluate_curve
from workbook.methods.diffusion_curves import BASS, DIFFUSION_CURVES, GOMPERTZ, LOGISTIC


def bass_curve(times, innovation=0.03, imitation=0.38):
    return BASS.shape(np.asarray(times, float), np.log(innovation), np.log(imitation))[0]


def test_the_bass_curve_of_a_consumer_durable_after_five_years():
    # p = 0.03 and q = 0.38, the averages that are usually quoted
    assert bass_curve(5.0) == pytest.approx(0.3312, abs=5e-5)
    assert bass_curve(0.0) == 0


def test_the_bass_curve_peaks_at_the_time_of_the_formula():
    times = np.arange(0, 15, 0.0001)
    peak = times[np.argmax(np.diff(bass_curve(times)))]
    assert peak == pytest.approx(math.log(0.38 / 0.03) / 0.41, abs=1e-3)
    assert peak == pytest.approx(6.1926, abs=1e-3)


def test_the_logistic_curve_rises_from_20_to_80_percent_in_four_years():
    shape = LOGISTIC.shape(np.array([-2.0, 0, 2]), np.array(0.0), np.log(0.6931))[0]
    assert shape == pytest.approx([0.2, 0.5, 0.8], abs=1e-4)


def test_the_gompertz_curve_equals_the_textbook_formula():
    times = np.arange(12.0)
    level, offset, log_rate = 0.9, 4.0, math.log(0.3)
    usual = GOMPERTZ.natural_parameters(offset, log_rate)
    b, c = usual["displacement"], usual["rate"]
    expected = level * np.exp(-b * np.exp(-c * times))
    result, _ = evaluate_curve(GOMPERTZ, times, np.array([[level, offset, log_rate]]))
    assert result[0] == pytest.approx(expected)


def test_parameters_are_converted_to_those_of_the_textbook_formulas():
    assert LOGISTIC.natural_parameters(3.0, math.log(0.2)) == {
        "midpoint": 3,
        "rate": pytest.approx(0.2),
    }
    assert BASS.natural_parameters(math.log(0.03), math.log(0.38)) == pytest.approx(
        {"innovation": 0.03, "imitation": 0.38}
    )


curve = st.sampled_from(sorted(DIFFUSION_CURVES))
parameters = st.tuples(st.floats(0.1, 1), st.floats(-3, 3), st.floats(-3, 0.5))


@given(curve, parameters)
def test_slopes_equal_finite_differences(name, curve_parameters):
    times, step = np.arange(1, 12.0), 1e-6
    _, slopes = evaluate_curve(DIFFUSION_CURVES[name], times, np.array([curve_parameters]))
    for index in range(3):
        step_vector = step * np.eye(3)[index]
        above, below = (
            evaluate_curve(DIFFUSION_CURVES[name], times, np.array([curve_parameters]) + shift)
            for shift in (step_vector, -step_vector)
        )
        difference = (above[0] - below[0]) / (2 * step)
        assert slopes[0, :, index] == pytest.approx(difference[0], abs=1e-7, rel=1e-5)


@given(curve, st.tuples(st.just(1.0), st.floats(-50, 50), st.floats(-50, 6)))
def test_a_curve_rises_between_0_and_its_ceiling(name, curve_parameters):
    values, _ = evaluate_curve(
        DIFFUSION_CURVES[name], np.arange(30.0), np.array([curve_parameters])
    )
    values = values[np.isfinite(values)]
    assert ((values >= 0) & (values <= 1)).all()
    assert (np.diff(values) >= -1e-12).all()
