"""The candidates of a forecast, each from every origin of its record at once."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.methods import ets
from workbook.methods.arrays import FloatArray, IntArray
from workbook.methods.curves import CURVES
from workbook.methods.diffusion import PARAMETERS, Data, Fits, evaluate, fits
from workbook.methods.overlap import QUARTERS, correlation, correlations, freedom, growth
from workbook.methods.predictive import Predictive, moderated


@dataclass(frozen=True)
class Series:
    """Take-up of consecutive windows and their volumes, arrays (windows,)."""

    shares: FloatArray
    volume: FloatArray


@dataclass(frozen=True)
class Trials:
    """One candidate's forecasts from each origin: (origins, horizons), freedom (origins,)."""

    location: FloatArray
    scale: FloatArray
    freedom: FloatArray
    failures: tuple[str, ...]
    """Why there is none from an origin; empty where there is."""

    def predictive(self, origin: int = -1) -> Predictive:
        """The forecast from one origin."""
        return Predictive(self.location[origin], self.scale[origin], float(self.freedom[origin]))


def naive(series: Series, origins: IntArray, horizon: int) -> Trials:
    """No change. The errors grow as those of overlapping windows do (``overlap.growth``).

    Args:
        series: The windows.
        origins: How many of them each forecast knows, shape (origins,), each at least 1.
        horizon: Quarters ahead.
    """
    changes = origins - 1
    total = np.concatenate([[0.0], np.cumsum(np.square(np.diff(series.shares)))])
    mean = total[changes] / np.maximum(changes, 1)
    variance, known = moderated(mean, [freedom(int(each)) for each in changes])
    scale = np.sqrt(variance[:, None] * growth(np.arange(1, horizon + 1)))
    location = np.repeat(series.shares[origins - 1, None], horizon, axis=1)
    return Trials(location, scale, known, ("",) * len(origins))


def smoothing(series: Series, origins: IntArray, horizon: int) -> Trials:
    """Exponential smoothing with a damped trend, from each origin."""
    location, scale = np.zeros((2, len(origins), horizon))
    known, failures = np.ones(len(origins)), [""] * len(origins)
    for at, windows in enumerate(origins):
        shares = series.shares[:windows]
        if np.ptp(shares) == 0:
            failures[at] = ets.STILL
        else:
            location[at], scale[at], known[at] = ets.smoothed(shares, horizon)
    return Trials(location, scale, known, tuple(failures))


def curve(name: str, series: Series, origins: IntArray, horizon: int, ceiling: float) -> Trials:
    """A curve of diffusion, fitted to the windows that each origin knows.

    Fitted to the shares, each with a variance in proportion to 1 / volume, and with the correlation
    of overlapping windows. The first window's first day is the launch: time 0.
    """
    times = np.arange(series.shares.size) + float(QUARTERS)
    weights = series.volume / series.volume.mean()
    data = Data.of(times, series.shares, weights, correlations(times.size))
    fit = fits(CURVES[name], data, origins, ceiling=ceiling)
    location, scale = np.zeros((2, len(origins), horizon))
    known = np.ones(len(origins))
    sound = np.array([not each for each in fit.failures])
    location[sound], scale[sound], known[sound] = _predicted(data, fit, sound, weights, horizon)
    return Trials(location, scale, known, fit.failures)


def _predicted(
    data: Data, fit: Fits, sound: npt.NDArray[np.bool_], weights: FloatArray, horizon: int
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """The best linear prediction from each sound fit, and its error (universal kriging).

    The last residuals carry over to the windows that overlap theirs: with V the covariance of the
    windows known and c that with the window to come, f + c'V⁻¹e has the relative variance
    c0 − c'V⁻¹c + d'(J'V⁻¹J)⁻¹d, where d = j − J'V⁻¹c (Cressie, 1993, 3.4; linearised). It is that
    of quarters that depart from the curve independently. They wander off, so an error over h
    quarters is given h times that variance; over the published services the errors grow so.
    """
    points, parameters = fit.points[sound], fit.parameters[sound]
    ahead = np.arange(1, horizon + 1)
    times = data.times[points - 1, None] + ahead
    known, last = np.arange(data.times.size) < points[:, None], weights[points - 1, None]
    level, level_slopes = evaluate(fit.curve, times, parameters)
    values, slopes = evaluate(fit.curve, data.times, parameters)
    residuals = ((data.values - values) @ data.whiten.T) * known
    whitened = np.matmul(data.whiten, slopes) * known[..., None]
    covariance = correlation(times[..., None] - data.times) / np.sqrt(weights * last[..., None])
    carried = (covariance @ data.whiten.T) * known[:, None]
    apart = level_slopes - np.matmul(carried, whitened)
    inverse = np.linalg.inv(np.matmul(whitened.transpose(0, 2, 1), whitened))
    left = np.maximum(points - PARAMETERS, 1)
    variance, freedoms = moderated(fit.squares[sound] / left / last[:, 0], left)
    relative = (
        1
        - last * np.einsum("ohn,ohn->oh", carried, carried)
        + last * np.einsum("ohi,oij,ohj->oh", apart, inverse, apart)
    )
    scale = np.sqrt(variance[:, None] * relative * ahead)
    return level + np.einsum("ohn,on->oh", carried, residuals), scale, freedoms
