"""Forecast models, compared with calculation by hand or another library."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit
from statsmodels.tsa.exponential_smoothing.ets import ETSModel

from workbook.methods import ets
from workbook.methods.curve_fitting import WeightedSeries, evaluate_curve, fit_curve
from workbook.methods.diffusion_curves import LOGISTIC
from workbook.methods.forecast_models import (
    TakeUpSeries,
    forecast_curve,
    forecast_naive,
    forecast_smoothing,
)
from workbook.methods.overlapping_windows import overlap_correlation, overlap_correlation_matrix


def make_series(shares, volume=1e6):
    shares = np.asarray(shares, float)
    return TakeUpSeries(shares, np.broadcast_to(np.asarray(volume, float), shares.shape))


def test_the_naive_forecast_is_the_last_share_with_growing_errors():
    trials = forecast_naive(make_series([0.1, 0.12, 0.1, 0.12, 0.1]), np.array([5]), 4)
    # Four changes of 2 points count as 16 / 8.5; the prior counts as 2 changes of 1 point.
    variance = (2 * 0.01**2 + 16 / 8.5 * 0.02**2) / (2 + 16 / 8.5)
    assert trials.location.tolist() == [[0.1] * 4]
    assert trials.scale[0] == pytest.approx(np.sqrt(variance * np.array([1, 3.5, 7, 11])))
    assert trials.degrees_of_freedom[0] == pytest.approx(2 + 16 / 8.5)


def test_the_naive_forecast_from_one_window_uses_the_prior_variance():
    trials = forecast_naive(make_series([0.4]), np.array([1]), 2)
    assert trials.scale[0] == pytest.approx(0.01 * np.sqrt([1, 3.5]))
    assert trials.degrees_of_freedom[0] == 2


def growing_shares(windows=10):
    quarter = np.arange(windows)
    return 0.9 * expit(0.4 * (quarter - 4)) + 0.01 * np.sin(2.1 * quarter)


def test_a_curve_forecasts_by_universal_kriging():
    volume, horizon = np.linspace(1e5, 3e5, 10), 6
    shares = growing_shares()
    trials = forecast_curve("logistic", make_series(shares, volume), np.array([10]), horizon, 1.0)
    assert trials.failures == ("",)

    weights = volume / volume.mean()
    times = np.arange(10) + 4.0
    data = WeightedSeries.from_values(times, shares, weights, overlap_correlation_matrix(10))
    parameters = fit_curve(LOGISTIC, data, np.array([10])).parameters
    values, slopes = (time[0] for time in evaluate_curve(LOGISTIC, times, parameters))
    root = 1 / np.sqrt(weights)
    inverse = np.linalg.inv(root[:, None] * overlap_correlation_matrix(10) * root)
    error = shares - values
    variance = error @ inverse @ error / 7
    # Shrunk towards the prior of 1 point for the last window, whose variance is 1 / weight.
    expected_variance = (2 * 0.01**2 * weights[-1] + 7 * variance) / 9
    for h in range(1, horizon + 1):
        forecast_value, forecast_slopes = (
            slope[0] for slope in evaluate_curve(LOGISTIC, times[-1:] + h, parameters)
        )
        covariance = overlap_correlation(times[-1] + h - times) * root * root[-1]
        slope_residual = forecast_slopes[0] - slopes.T @ inverse @ covariance
        normal = np.linalg.inv(slopes.T @ inverse @ slopes)
        relative = (
            1 / weights[-1]
            - covariance @ inverse @ covariance
            + slope_residual @ normal @ slope_residual
        )
        assert trials.location[0, h - 1] == pytest.approx(
            forecast_value[0] + covariance @ inverse @ error
        )
        assert trials.scale[0, h - 1] == pytest.approx(np.sqrt(expected_variance * relative * h))
    assert trials.degrees_of_freedom[0] == 9


def test_a_curve_at_its_bounds_gives_no_forecast():
    trials = forecast_curve("logistic", make_series(growing_shares()), np.array([10]), 4, 0.5)
    assert trials.failures[0]
    assert not trials.location.any()


def fit_with_statsmodels(shares):
    index = pd.period_range("2014Q1", periods=len(shares), freq="Q")
    return ETSModel(
        pd.Series(shares, index),
        error="add",
        trend="add",
        damped_trend=True,
        initialization_method="known",
        initial_level=shares[0],
        initial_trend=0.0,
    )


def test_smoothing_uses_the_most_likely_grid_point_and_its_exact_variance():
    shares = growing_shares()
    model = fit_with_statsmodels(shares)
    likeliest = max(ets.PARAMETER_GRID, key=model.loglike)
    expected_fit = model.smooth(likeliest).get_prediction(start=10, end=15)
    location, scale, freedom = ets.forecast_damped_trend(shares, 6)
    assert location == pytest.approx(expected_fit.predicted_mean.to_numpy())
    growth = expected_fit.forecast_variance / expected_fit.forecast_variance[0]
    assert scale / scale[0] == pytest.approx(np.sqrt(growth))
    # Nine changes less two parameters, plus two degrees of freedom of the prior.
    assert freedom == 7 + 2


def test_smoothing_follows_and_damps_a_trend():
    location, _, _ = ets.forecast_damped_trend(np.linspace(0.2, 0.5, 12), 8)
    steps = np.diff(location)
    assert location[0] > 0.5
    assert (steps > 0).all()
    assert (np.diff(steps) < 0).all()


def test_a_constant_series_cannot_be_smoothed():
    trials = forecast_smoothing(make_series([0.3] * 6 + [0.4]), np.array([5, 6, 7]), 2)
    assert trials.failures == (ets.NO_TREND_REASON, ets.NO_TREND_REASON, "")
