"""Diffusion curves: logistic, Gompertz and Bass, each a level times a shape.

A shape has two parameters. Rates are given as logarithms, so that they are positive whatever value
a search tries. Times are in any unit, and rates are per that unit.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from workbook.methods.arrays import FloatArray

_ShapeWithSlopes = tuple[FloatArray, FloatArray, FloatArray]

_MAXIMUM_EXPONENT = 500.0
"""Largest exponent: e to the power of 500 does not overflow, and larger ones change nothing."""


@dataclass(frozen=True)
class DiffusionCurve:
    """A shape between 0 and 1 with its derivatives and a grid of starting parameters."""

    name: str
    shape: Callable[[FloatArray, FloatArray, FloatArray], _ShapeWithSlopes]
    """(times, first, second) → the shape and its derivatives by the two parameters."""
    natural_parameters: Callable[[float, float], dict[str, float]]
    """(first, second) → the parameters of the usual formula, without the level."""
    rates: Callable[[FloatArray, FloatArray], FloatArray]
    """(first, second), each (fits,) → the parameters that are rates, above 0, (fits, rates)."""
    starting_grid: Callable[[float, float], tuple[FloatArray, FloatArray]]
    """(first time, last time) → starting values of the first and of the second parameter."""


def logistic_shape(
    times: FloatArray, inflection: FloatArray, log_rate: FloatArray
) -> _ShapeWithSlopes:
    """Logistic shape 1 / (1 + exp(−k (t − t0))) and its derivatives.

    Args:
        times: Times t.
        inflection: Time t0 of the fastest growth, broadcast with ``times``.
        log_rate: Logarithm of the rate k, broadcast with ``times``.

    Returns:
        The shape, and its derivatives by ``inflection`` and by ``log_rate``.

    Example:
        A rate of 0.6931 takes take-up from 20% to 80% in four years:

        >>> shape, _, _ = logistic_shape(np.array([-2.0, 0.0, 2.0]), np.array(0.0), np.log(0.6931))
        >>> shape.round(3)
        array([0.2, 0.5, 0.8])
    """
    rate = np.exp(log_rate)
    shape = expit(rate * (times - inflection))
    slope = rate * shape * (1 - shape)
    return shape, -slope, slope * (times - inflection)


def gompertz_shape(
    times: FloatArray, inflection: FloatArray, log_rate: FloatArray
) -> _ShapeWithSlopes:
    """Gompertz shape exp(−b exp(−c t)) with b = exp(c t0), and its derivatives.

    Args:
        times: Times t.
        inflection: Time t0 of the fastest growth, broadcast with ``times``.
        log_rate: Logarithm of the rate c, broadcast with ``times``.

    Returns:
        The shape, and its derivatives by ``inflection`` and by ``log_rate``.
    """
    rate = np.exp(log_rate)
    scaled_decay = np.exp(
        np.clip(-rate * (times - inflection), -_MAXIMUM_EXPONENT, _MAXIMUM_EXPONENT)
    )
    shape = np.exp(-scaled_decay)
    slope = shape * scaled_decay * rate
    return shape, -slope, slope * (times - inflection)


def bass_shape(times: FloatArray, log_p: FloatArray, log_q: FloatArray) -> _ShapeWithSlopes:
    """Bass shape (1 − e^{−(p+q)t}) / (1 + (q/p) e^{−(p+q)t}) and its derivatives (Bass, 1969).

    Args:
        times: Times t since the launch.
        log_p: Logarithm of the rate of innovation p, broadcast with ``times``.
        log_q: Logarithm of the rate of imitation q, broadcast with ``times``.

    Returns:
        The shape, and its derivatives by ``log_p`` and by ``log_q``.

    Example:
        >>> shape, _, _ = bass_shape(np.array(5.0), np.log(0.03), np.log(0.38))
        >>> round(float(shape), 4)
        0.3312
    """
    p, q = np.exp(log_p), np.exp(log_q)
    decay, ratio = np.exp(np.clip(-(p + q) * times, -_MAXIMUM_EXPONENT, _MAXIMUM_EXPONENT)), q / p
    numerator, denominator = 1 - decay, 1 + ratio * decay
    common_slope = times * decay * (denominator + numerator * ratio) / denominator**2
    ratio_slope = numerator * ratio * decay / denominator**2
    return numerator / denominator, common_slope * p + ratio_slope, common_slope * q - ratio_slope


def _single_rate(_: FloatArray, log_rate: FloatArray) -> FloatArray:
    return np.exp(log_rate[:, None])


def _bass_rates(log_p: FloatArray, log_q: FloatArray) -> FloatArray:
    return np.exp(np.stack([log_p, log_q], axis=-1))


def _inflection_grid(first_time: float, last_time: float) -> tuple[FloatArray, FloatArray]:
    span = last_time - first_time
    inflections = np.linspace(first_time - 1.5 * span, last_time + 1.5 * span, 25)
    return inflections, np.log(np.array([1.0, 2.5, 6.0, 15.0]) / span)


def _bass_grid(first_time: float, last_time: float) -> tuple[FloatArray, FloatArray]:
    innovation = np.array([0.01, 0.03, 0.1, 0.3, 1.0, 3.0]) / last_time
    return np.log(innovation), np.log(np.array([0.3, 2.0, 5.0, 12.0]) / (last_time - first_time))


def _logistic_parameters(inflection: float, log_rate: float) -> dict[str, float]:
    return {"midpoint": inflection, "rate": float(np.exp(log_rate))}


def _gompertz_parameters(inflection: float, log_rate: float) -> dict[str, float]:
    rate = float(np.exp(log_rate))
    return {"displacement": float(np.exp(min(rate * inflection, _MAXIMUM_EXPONENT))), "rate": rate}


def _bass_parameters(log_p: float, log_q: float) -> dict[str, float]:
    return {"innovation": float(np.exp(log_p)), "imitation": float(np.exp(log_q))}


LOGISTIC = DiffusionCurve(
    "logistic", logistic_shape, _logistic_parameters, _single_rate, _inflection_grid
)
GOMPERTZ = DiffusionCurve(
    "gompertz", gompertz_shape, _gompertz_parameters, _single_rate, _inflection_grid
)
BASS = DiffusionCurve("bass", bass_shape, _bass_parameters, _bass_rates, _bass_grid)
DIFFUSION_CURVES = {
    diffusion_curve.name: diffusion_curve for diffusion_curve in (LOGISTIC, GOMPERTZ, BASS)
}
