"""Calibration by horizon: an even spread, a known distortion, and too few cases."""

import numpy as np
import pytest
from scipy import stats

from workbook.methods.calibration import (
    LEVEL_BINS,
    LONGEST_HORIZON,
    MINIMUM_TESTED_CASES,
    UNCALIBRATED,
    Calibration,
    spread_levels,
)
from workbook.methods.predictive_distribution import PredictiveDistribution


def calibration_of(levels, horizons=1, windows=5):
    """Calibration from the same levels at every horizon."""
    counts, _ = np.histogram(levels, bins=LEVEL_BINS, range=(0, 1))
    return Calibration.from_counts(np.tile(counts, (horizons, 1)), np.full(horizons, windows))


def test_an_even_spread_changes_nothing():
    calibration = calibration_of((np.arange(1000) + 0.5) / 1000)
    levels = np.array([0.0, 0.03, 0.5, 0.77, 1.0])
    for level in levels:
        assert calibration.calibrate_levels(np.array([level]))[0] == pytest.approx(level)
    assert calibration.find_levels(0.9, 1) == pytest.approx([0.9])


def test_forecasts_that_are_too_low_and_too_narrow_are_corrected():
    # Forecasts are N(0, 1) and outcomes N(1, 2): the calibrated forecast is nearly the latter.
    outcomes = stats.norm(1, 2).ppf((np.arange(100_000) + 0.5) / 100_000)
    calibration = calibration_of(stats.norm.cdf(outcomes))
    distribution = PredictiveDistribution(
        np.array([0.0]), np.array([1.0]), 1e9, ceiling=np.inf, calibration=calibration
    )
    assert distribution.probability_at_least(0.5)[0] == pytest.approx(
        stats.norm(1, 2).sf(0.5), abs=0.01
    )
    assert distribution.probability_at_least(1.0)[0] == pytest.approx(0.5, abs=0.01)


def test_the_median_can_be_kept_while_the_spread_is_calibrated():
    outcomes = stats.norm(0.4, 1.2).ppf((np.arange(100_000) + 0.5) / 100_000)
    calibration = calibration_of(stats.norm.cdf(outcomes))
    kept = calibration.keep_median()
    assert (calibration.moves_median, kept.moves_median) == (True, False)
    assert kept.tested_horizon == calibration.tested_horizon
    distribution = PredictiveDistribution(
        np.array([0.0]), np.array([1.0]), 1e9, ceiling=np.inf, calibration=kept
    )
    assert distribution.probability_at_least(0.0001)[0] == pytest.approx(0.5, abs=1e-3)
    # A fifth lies outside, although more of it above than below.
    inside = distribution.interval_contains(outcomes[:, None], 0.8).mean()
    assert inside == pytest.approx(0.8, abs=0.01)


def test_levels_and_probabilities_are_inverse():
    calibration = calibration_of(np.random.default_rng(1).beta(2, 5, 5000), horizons=3)
    for probability in (0.02, 0.1, 0.5, 0.9, 0.98):
        levels = calibration.find_levels(probability, 3)
        assert calibration.calibrate_levels(levels) == pytest.approx([probability] * 3)


@pytest.mark.parametrize(
    ("cases", "windows", "tested"),
    [
        ([MINIMUM_TESTED_CASES] * 3, [2, 2, 2], 3),
        ([MINIMUM_TESTED_CASES, MINIMUM_TESTED_CASES - 1, 500], [5, 5, 5], 1),
        ([500, 500, 500], [2, 1, 2], 1),
        ([MINIMUM_TESTED_CASES - 1] * 3, [9, 9, 9], 0),
    ],
)
def test_a_horizon_needs_cases_and_windows(cases, windows, tested):
    counts = np.array(cases, float)[:, None] / LEVEL_BINS * np.ones(LEVEL_BINS)
    calibration = Calibration.from_counts(counts, windows)
    assert calibration.tested_horizon == tested
    assert (calibration == UNCALIBRATED) == (tested == 0)


def test_beyond_the_tested_horizons_forecasts_lead_over_to_uncalibrated_ones():
    calibration = calibration_of(np.full(500, 0.99), horizons=2)
    levels = calibration.find_levels(0.5, 40)
    assert levels[0] > levels[10] > levels[25] > 0.5
    assert levels[39] == pytest.approx(0.5, abs=0.01)


def test_an_outcome_at_a_bound_is_shared_between_its_levels():
    # A share of 0 has every level up to 0.1: half in each of the first two bins.
    shares = spread_levels(np.array([0.0, 0.42]), np.array([0.1, 0.42]))
    assert shares[0, :3] == pytest.approx([0.5, 0.5, 0])
    assert shares[1, 8] == pytest.approx(1)
    assert shares.sum(axis=1) == pytest.approx([1, 1])


def test_past_the_top_level_nothing_is_lost():
    assert spread_levels(np.array([1.0]), np.array([1.0])).sum() == pytest.approx(1)


def test_a_record_beyond_the_longest_horizon_is_cut_there():
    levels = (np.arange(1000) + 0.5) / 1000
    calibration = calibration_of(levels, horizons=LONGEST_HORIZON + 10)
    assert calibration.tested_horizon == LONGEST_HORIZON
    assert calibration.find_levels(0.5, LONGEST_HORIZON) == pytest.approx([0.5] * LONGEST_HORIZON)
