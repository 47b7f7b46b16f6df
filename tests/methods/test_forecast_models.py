"""Forecast models, compared with calculation by hand or another library."""

import numpy as np
import pytest
from scipy.special import expit

from workbook.methods import ets
from workbook.methods.curve_fitting import WeightedSeries, evaluate_curve, fit_curves
from workbook.methods.diffusion_curves import LOGISTIC
from workbook.methods.forecast_models import (
    DRIFT_DAMPING,
    NO_DRIFT_REASON,
    forecast_curves,
    forecast_drift,
    forecast_naive,
    forecast_smoothing,
)
from workbook.methods.origin_forecasts import TakeUpSeries
from workbook.methods.overlapping_windows import overlap_correlation, overlap_correlation_matrix


def make_series(shares, volume=1e6):
    shares = np.asarray(shares, float)
    return TakeUpSeries(shares, np.broadcast_to(np.asarray(volume, float), shares.shape))


def test_the_naive_forecast_is_the_last_share_with_growing_errors():
    trials = forecast_naive(make_series([0.1, 0.12, 0.1, 0.12, 0.1]), np.array([5]), 4, 0.98)
    # Four changes of 2 points count as 16 / 8.5; the prior counts as 2 changes of 1 point.
    variance = (2 * 0.01**2 + 16 / 8.5 * 0.02**2) / (2 + 16 / 8.5)
    assert trials.location.tolist() == [[0.1] * 4]
    assert trials.scale[0] == pytest.approx(np.sqrt(variance * np.array([1, 3.5, 7, 11])))
    assert trials.degrees_of_freedom[0] == pytest.approx(2 + 16 / 8.5)


def test_the_naive_forecast_from_one_window_uses_the_prior_variance():
    trials = forecast_naive(make_series([0.4]), np.array([1]), 2, 0.98)
    assert trials.scale[0] == pytest.approx(0.01 * np.sqrt([1, 3.5]))
    assert trials.degrees_of_freedom[0] == 2


def growing_shares(windows=10):
    quarter = np.arange(windows)
    return 0.9 * expit(0.4 * (quarter - 4)) + 0.01 * np.sin(2.1 * quarter)


def forecast_logistic(series, horizon, ceiling):
    return forecast_curves(series, np.array([10]), horizon, ceiling)["logistic"]


def test_a_curve_forecasts_by_universal_kriging():
    volume, horizon = np.linspace(1e5, 3e5, 10), 6
    shares = growing_shares()
    trials = forecast_logistic(make_series(shares, volume), horizon, 1.0)
    assert trials.failures == ("",)

    weights = volume / volume.mean()
    times = np.arange(10) + 4.0
    data = WeightedSeries.from_values(times, shares, weights, overlap_correlation_matrix(10))
    parameters = fit_curves((LOGISTIC,), data, np.array([10]))[0].parameters
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
    trials = forecast_logistic(make_series(growing_shares()), 4, 0.5)
    assert trials.failures[0]
    assert not trials.location.any()


def damped_trend_by_hand(shares, smoothing, damping, ceiling):
    """Holt's damped trend on the logit scale, one number at a time: errors of shares, then path."""
    scaled = [0.05 + 0.9 * share / ceiling for share in shares]
    level, trend, errors = np.log(scaled[0] / (1 - scaled[0])), 0.0, []
    for share, value in zip(shares[1:], scaled[1:], strict=True):
        expected = level + damping * trend
        errors.append(share - ceiling * (1 / (1 + np.exp(-expected)) - 0.05) / 0.9)
        latest = np.log(value / (1 - value))
        trend = damping * trend + smoothing * (latest - expected)
        level = latest
    path, step = [], damping * trend
    for _ in range(6):
        level, step = level + step, damping * step
        path.append(ceiling * (1 / (1 + np.exp(-level)) - 0.05) / 0.9)
    return errors, path


def test_smoothing_takes_the_grid_point_with_the_least_squared_errors():
    shares, ceiling = growing_shares(), 0.98
    grid = [(b, p) for b in ets.TREND_SMOOTHING_VALUES for p in ets.DAMPING_VALUES]
    fits = {point: damped_trend_by_hand(shares, *point, ceiling) for point in grid}
    smoothing, damping = min(grid, key=lambda point: np.square(fits[point][0]).sum())
    errors, path = fits[smoothing, damping]
    trials = forecast_smoothing(make_series(shares), np.array([10]), 6, ceiling)
    assert trials.location[0] == pytest.approx(path)
    # Nine changes less two parameters, plus two degrees of freedom of the prior.
    assert trials.degrees_of_freedom[0] == 7 + 2
    variance = (2 * 0.01**2 + np.square(errors).sum()) / 9
    weights = 1 + smoothing * np.cumsum(damping ** np.arange(1, 6))
    growth = 1 + np.concatenate([[0], np.cumsum(weights**2)])
    assert trials.scale[0] == pytest.approx(np.sqrt(variance * growth))


def test_every_origin_is_smoothed_as_if_it_were_the_last():
    shares = growing_shares()
    together = forecast_smoothing(make_series(shares), np.array([5, 8, 10]), 4, 0.98)
    for position, windows in enumerate([5, 8, 10]):
        alone = forecast_smoothing(make_series(shares[:windows]), np.array([windows]), 4, 0.98)
        assert together.location[position] == pytest.approx(alone.location[0])
        assert together.scale[position] == pytest.approx(alone.scale[0])


def test_smoothing_follows_a_trend_and_stays_below_the_ceiling():
    trials = forecast_smoothing(make_series(np.linspace(0.5, 0.9, 12)), np.array([12]), 40, 0.95)
    steps = np.diff(trials.location[0])
    assert trials.location[0, 0] > 0.9
    assert (steps >= 0).all()
    assert (np.diff(steps) <= 0).all()
    assert trials.location[0, -1] <= 0.95


@pytest.mark.parametrize("share", [0.0, 0.3, 0.98, 1.0])
def test_the_bounded_logit_is_finite_and_has_an_inverse(share):
    ceiling = np.array(max(share, 0.98))
    logits = ets.bounded_logit(np.array(share), ceiling)
    assert np.isfinite(logits)
    assert ets.inverse_bounded_logit(logits, ceiling) == pytest.approx(share)


def test_a_constant_series_cannot_be_smoothed():
    series = make_series([0.3] * 6 + [0.4])
    trials = forecast_smoothing(series, np.array([5, 6, 7]), 2, 0.98)
    assert trials.failures == (ets.NO_TREND_REASON, ets.NO_TREND_REASON, "")


def test_the_drift_forecast_goes_on_with_half_the_mean_change_damped():
    series, origins = make_series([0.2, 0.35, 0.25, 0.3, 0.4]), np.array([5])
    naive = forecast_naive(series, origins, 3, 0.98)
    trials = forecast_drift(naive, series, origins)
    drift = (0.4 - 0.2) / 4 / 2
    damped = np.array([0.95, 0.95 + 0.95**2, 0.95 + 0.95**2 + 0.95**3])
    assert DRIFT_DAMPING == 0.95
    assert trials.location[0] == pytest.approx(0.4 + drift * damped)
    assert trials.scale[0] == pytest.approx(naive.scale[0])


def test_the_drift_forecast_stops_at_the_ceiling_and_needs_a_change():
    series, origins = make_series([0.3, 0.3, 0.6, 0.9]), np.array([2, 4])
    trials = forecast_drift(forecast_naive(series, origins, 12, 0.95), series, origins)
    assert trials.location[1].max() == 0.95
    assert trials.failures == (NO_DRIFT_REASON, "")
