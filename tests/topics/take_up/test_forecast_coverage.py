"""Forecasts of simulated rolling years of known shape: coverage of the 80% interval."""

import numpy as np
import pytest

from workbook.methods.forecast import forecast_take_up
from workbook.topics.take_up.record_tables import forecast_record_table
from workbook.topics.take_up.reliability import read_calibrations

YEAR = 4
HORIZON = 12
VOLUME = 100_000
LEAST_COVERAGE = 0.65
SHAPES = ("logistic", "gompertz", "bass", "random walk", "random walk with drift")


def quarterly_shares(shape, generator, quarters):
    """Take-up by quarter of one service: a curve with errors of half a point, or a random walk."""
    times = np.arange(quarters)
    level = generator.uniform(0.6, 0.95)
    if shape == "logistic":
        rate, midpoint = generator.uniform(0.1, 0.35), generator.uniform(6, 24)
        path = level / (1 + np.exp(-rate * (times - midpoint)))
    elif shape == "gompertz":
        rate = generator.uniform(0.08, 0.25)
        path = level * np.exp(-np.exp(rate * (generator.uniform(4, 18) - times)))
    elif shape == "bass":
        innovation, imitation = generator.uniform(0.0025, 0.015), generator.uniform(0.15, 0.25)
        decay = np.exp(-(innovation + imitation) * times)
        path = level * (1 - decay) / (1 + imitation / innovation * decay)
    else:
        drift, start = (0.008, 0.1) if shape.endswith("drift") else (0.0, 0.2)
        steps = generator.normal(drift, 0.02, quarters)
        return np.clip(generator.uniform(start, start + 0.4) + np.cumsum(steps), 0, 1)
    return np.clip(path + generator.normal(0, 0.005, quarters), 0, 1)


def rolling_years(shape, generator, windows):
    digital = generator.binomial(
        VOLUME // YEAR, quarterly_shares(shape, generator, windows + YEAR - 1)
    )
    return np.convolve(digital, np.ones(YEAR), "valid") / VOLUME


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_intervals_of_known_shapes_hold(shape):
    assert interval_coverage(shape, windows=16, paths=40) >= LEAST_COVERAGE


@pytest.mark.parametrize("windows", [6, 10])
@pytest.mark.parametrize("shape", SHAPES)
def test_a_record_that_is_too_short_gives_no_tested_interval(shape, windows):
    # Six windows are too few, and ten do not reach back twelve quarters.
    assert interval_coverage(shape, windows, paths=1) is None


def interval_coverage(shape, windows, paths):
    """Share of simulated paths that end in their interval; None where no interval is tested.

    ``tests/soak/soak_forecast.py`` simulates more paths.
    """
    calibrations = read_calibrations(forecast_record_table.load_table("2018-Q4"))
    generator = np.random.default_rng(2014)
    inside = []
    for _ in range(paths):
        path = rolling_years(shape, generator, windows + HORIZON)
        forecast = forecast_take_up(
            path[:windows] * VOLUME, np.full(windows, VOLUME), calibrations=calibrations
        )
        if forecast.longest_tested_horizon < HORIZON:
            return None
        low, high = forecast.distribution.prediction_interval(0.8)
        inside.append(low[-1] <= path[-1] <= high[-1])
    return np.mean(inside)
