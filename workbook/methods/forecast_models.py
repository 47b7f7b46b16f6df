"""Forecast models: each forecasts from every origin of a back-test at once."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from workbook.methods import ets
from workbook.methods.arrays import FloatArray, IntArray
from workbook.methods.curve_fitting import (
    CURVE_PARAMETER_COUNT,
    CurveFits,
    WeightedSeries,
    evaluate_curve,
    fit_curves,
)
from workbook.methods.diffusion_curves import DIFFUSION_CURVES
from workbook.methods.origin_forecasts import OriginForecasts, TakeUpSeries, has_moved
from workbook.methods.overlapping_windows import (
    QUARTERS_PER_WINDOW,
    change_degrees_of_freedom,
    change_variance_growth,
    overlap_correlation,
    overlap_correlation_matrix,
)
from workbook.methods.predictive_distribution import moderate_variance

DRIFT_SHARE = 0.5
"""Share of the past drift that is forecast to go on. Of 0.25, 0.5 and 0.75, with damping, half has
the best record over the published services."""
DRIFT_DAMPING = 0.95
"""Factor by which the drift is smaller each quarter: it adds up to at most 19 quarters of drift."""
NO_DRIFT_REASON = "take-up has not changed, so there is no trend"


def origin_ceilings(series: TakeUpSeries, origins: IntArray, ceiling: float) -> FloatArray:
    """The highest share that counts as possible at each origin.

    Args:
        series: Take-up of all windows.
        origins: Number of windows known at each origin, shape (origins,).
        ceiling: The assumed highest share.

    Returns:
        The ceiling, or the latest share where that is above it: an assumption cannot undo what has
        been observed. Shape (origins,).
    """
    return np.maximum(series.shares[origins - 1], ceiling)


def forecast_naive(
    series: TakeUpSeries, origins: IntArray, horizon: int, ceiling: float
) -> OriginForecasts:
    """Forecast no change.

    Errors grow with the horizon as those of overlapping windows do (``change_variance_growth``).

    Args:
        series: Take-up of all windows.
        origins: Number of windows known at each origin, shape (origins,), each at least 1.
        horizon: Number of quarters ahead.
        ceiling: The assumed highest share.

    Returns:
        Forecasts from each origin, of which none fails.
    """
    change_counts = origins - 1
    cumulative_squares = np.concatenate([[0.0], np.cumsum(np.square(np.diff(series.shares)))])
    mean_squares = cumulative_squares[change_counts] / np.maximum(change_counts, 1)
    variance, degrees_of_freedom = moderate_variance(
        mean_squares,
        [change_degrees_of_freedom(int(change_count)) for change_count in change_counts],
    )
    scale = np.sqrt(variance[:, None] * change_variance_growth(np.arange(1, horizon + 1)))
    location = np.repeat(series.shares[origins - 1, None], horizon, axis=1)
    ceilings = origin_ceilings(series, origins, ceiling)
    return OriginForecasts(location, scale, degrees_of_freedom, ("",) * len(origins), ceilings)


def forecast_drift(
    naive: OriginForecasts, series: TakeUpSeries, origins: IntArray
) -> OriginForecasts:
    """Forecast half the past trend (its drift), damped.

    The drift is the mean change a quarter so far. Shrinking it towards 0 guards against a rise that
    ends. Errors are those of the naive forecast, whose squared changes contain the drift.

    Args:
        naive: The naive forecasts from the same origins.
        series: Take-up of all windows.
        origins: Number of windows known at each origin, shape (origins,).

    Returns:
        Forecasts from each origin. It fails where take-up has not moved.
    """
    latest = series.shares[origins - 1]
    drift = (latest - series.shares[0]) / np.maximum(origins - 1, 1)
    damped_sums = np.cumsum(DRIFT_DAMPING ** np.arange(1, naive.location.shape[1] + 1))
    path = latest[:, None] + DRIFT_SHARE * drift[:, None] * damped_sums
    return replace(
        naive,
        location=np.clip(path, 0, naive.ceilings[:, None]),
        failures=_constant_failures(series, origins, NO_DRIFT_REASON),
    )


def forecast_smoothing(
    series: TakeUpSeries, origins: IntArray, horizon: int, ceiling: float
) -> OriginForecasts:
    """Forecast by exponential smoothing with a damped trend on the logit scale.

    Args:
        series: Take-up of all windows.
        origins: Number of windows known at each origin, shape (origins,), each at least 2.
        horizon: Number of quarters ahead.
        ceiling: The assumed highest share.

    Returns:
        Forecasts from each origin. It fails where take-up has not moved.
    """
    ceilings = origin_ceilings(series, origins, ceiling)
    location, scale, degrees_of_freedom = ets.forecast_damped_trend(
        series.shares, origins, horizon, ceilings
    )
    failures = _constant_failures(series, origins, ets.NO_TREND_REASON)
    return OriginForecasts(location, scale, degrees_of_freedom, failures, ceilings)


def _constant_failures(series: TakeUpSeries, origins: IntArray, reason: str) -> tuple[str, ...]:
    return tuple("" if moved else reason for moved in has_moved(series, origins))


def forecast_curves(
    series: TakeUpSeries, origins: IntArray, horizon: int, ceiling: float
) -> dict[str, OriginForecasts]:
    """Forecast by each diffusion curve, fitted to the windows known at each origin.

    The fit is to the shares, each with a variance proportional to 1 / volume and with the
    correlation of overlapping windows. Time 0, the launch, is the first day of the first window.

    Args:
        series: Take-up of all windows.
        origins: Number of windows known at each origin, shape (origins,).
        horizon: Number of quarters ahead.
        ceiling: Value that a curve's level must stay below, and the highest share that counts as
            possible.

    Returns:
        Forecasts from each origin by name of the curve, with the reason where a fit must not be
        used.
    """
    times = np.arange(series.shares.size) + float(QUARTERS_PER_WINDOW)
    weights = series.volume / series.volume.mean()
    data = WeightedSeries.from_values(
        times, series.shares, weights, overlap_correlation_matrix(times.size)
    )
    fits = fit_curves(tuple(DIFFUSION_CURVES.values()), data, origins, ceiling=ceiling)
    ceilings = origin_ceilings(series, origins, ceiling)
    return {
        name: _forecast_from_fits(data, fit, weights, horizon, ceilings)
        for name, fit in zip(DIFFUSION_CURVES, fits, strict=True)
    }


def _forecast_from_fits(
    data: WeightedSeries, fit: CurveFits, weights: FloatArray, horizon: int, ceilings: FloatArray
) -> OriginForecasts:
    """Forecasts of one curve from each origin, by the fits that may be used."""
    shape = (len(fit.point_counts), horizon)
    location, scale, degrees_of_freedom = np.zeros(shape), np.ones(shape), np.ones(shape[0])
    usable = np.array([not failure for failure in fit.failures])
    location[usable], scale[usable], degrees_of_freedom[usable] = _predict_from_fits(
        data, fit, usable, weights, horizon
    )
    location = np.clip(location, 0, ceilings[:, None])
    return OriginForecasts(location, scale, degrees_of_freedom, fit.failures, ceilings)


def _predict_from_fits(
    data: WeightedSeries,
    fit: CurveFits,
    usable: npt.NDArray[np.bool_],
    weights: FloatArray,
    horizon: int,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Best linear prediction from each usable fit, with its error (universal kriging).

    The last residuals carry over to the windows that overlap them. Let V be the covariance of the
    known windows and c their covariance with the window to predict. The prediction is f + c'V⁻¹e.
    Its relative variance is c0 − c'V⁻¹c + d'(J'V⁻¹J)⁻¹d, where d = j − J'V⁻¹c (Cressie, 1993,
    section 3.4; linearised). That assumes that quarters depart from the curve independently. In
    fact they drift: over the published services the variance of an error h quarters ahead is about
    h times as large.
    """
    point_counts, parameters = fit.point_counts[usable], fit.parameters[usable]
    horizons = np.arange(1, horizon + 1)
    future_times = data.times[point_counts - 1, None] + horizons
    observed, last_weights = (
        np.arange(data.times.size) < point_counts[:, None],
        weights[point_counts - 1, None],
    )
    future_values, future_slopes = evaluate_curve(fit.curve, future_times, parameters)
    values, slopes = evaluate_curve(fit.curve, data.times, parameters)
    residuals = ((data.values - values) @ data.whitening_matrix.T) * observed
    whitened_slopes = np.matmul(data.whitening_matrix, slopes) * observed[..., None]
    covariance = overlap_correlation(future_times[..., None] - data.times) / np.sqrt(
        weights * last_weights[..., None]
    )
    whitened_covariance = (covariance @ data.whitening_matrix.T) * observed[:, None]
    slope_differences = future_slopes - np.matmul(whitened_covariance, whitened_slopes)
    inverse = np.linalg.inv(np.matmul(whitened_slopes.transpose(0, 2, 1), whitened_slopes))
    residual_degrees = np.maximum(point_counts - CURVE_PARAMETER_COUNT, 1)
    variance, degrees_of_freedom = moderate_variance(
        fit.residual_squares[usable] / residual_degrees / last_weights[:, 0], residual_degrees
    )
    relative_variance = (
        1
        - last_weights * np.einsum("ohn,ohn->oh", whitened_covariance, whitened_covariance)
        + last_weights * np.einsum("ohi,oij,ohj->oh", slope_differences, inverse, slope_differences)
    )
    scale = np.sqrt(variance[:, None] * relative_variance * horizons)
    return (
        future_values + np.einsum("ohn,on->oh", whitened_covariance, residuals),
        scale,
        degrees_of_freedom,
    )
