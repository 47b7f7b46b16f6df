"""Curves of diffusion: logistic, Gompertz and Bass, as a level times a shape.

A shape has two parameters, a place in time and the logarithm of a rate, or two logarithms: so
rates are positive whatever a search tries. Times are in any unit; rates are per that unit.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from workbook.methods.arrays import FloatArray

Slopes = tuple[FloatArray, FloatArray, FloatArray]

CUT = 500.0
"""Exponents are cut here: e to the 500th is a number still, and nothing differs beyond it."""


@dataclass(frozen=True)
class Curve:
    """A shape between 0 and 1 with its slopes, and where to look for its parameters."""

    name: str
    shape: Callable[[FloatArray, FloatArray, FloatArray], Slopes]
    """(times, first, second) → the shape and its derivatives by the two parameters."""
    natural: Callable[[float, float], dict[str, float]]
    """(first, second) → the parameters of the usual formula, less the level."""
    rates: Callable[[FloatArray, FloatArray], FloatArray]
    """(first, second), each (fits,) → those that are rates and have a bound at 0, (fits, rates)."""
    grid: Callable[[float, float], tuple[FloatArray, FloatArray]]
    """(first time, last time) → values of the first, and of the second parameter to begin from."""


def logistic(times: FloatArray, place: FloatArray, log_rate: FloatArray) -> Slopes:
    """1 / (1 + exp(−k (t − t0))) with t0 the place and k = exp(log_rate)."""
    rate = np.exp(log_rate)
    shape = expit(rate * (times - place))
    slope = rate * shape * (1 - shape)
    return shape, -slope, slope * (times - place)


def gompertz(times: FloatArray, place: FloatArray, log_rate: FloatArray) -> Slopes:
    """exp(−b exp(−c t)) with c = exp(log_rate) and b = exp(c t0), t0 where growth is fastest."""
    rate = np.exp(log_rate)
    inner = np.exp(np.clip(-rate * (times - place), -CUT, CUT))
    shape = np.exp(-inner)
    slope = shape * inner * rate
    return shape, -slope, slope * (times - place)


def bass(times: FloatArray, log_p: FloatArray, log_q: FloatArray) -> Slopes:
    """(1 − e^{−(p+q)t}) / (1 + (q/p) e^{−(p+q)t}), t from the launch (Bass, 1969)."""
    p, q = np.exp(log_p), np.exp(log_q)
    decay, ratio = np.exp(np.clip(-(p + q) * times, -CUT, CUT)), q / p
    above, below = 1 - decay, 1 + ratio * decay
    common = times * decay * (below + above * ratio) / below**2
    turned = above * ratio * decay / below**2
    return above / below, common * p + turned, common * q - turned


def _one_rate(_: FloatArray, log_rate: FloatArray) -> FloatArray:
    return np.exp(log_rate[:, None])


def _two_rates(log_p: FloatArray, log_q: FloatArray) -> FloatArray:
    return np.exp(np.stack([log_p, log_q], axis=-1))


def _located(first: float, last: float) -> tuple[FloatArray, FloatArray]:
    span = last - first
    places = np.linspace(first - 1.5 * span, last + 1.5 * span, 25)
    return places, np.log(np.array([1.0, 2.5, 6.0, 15.0]) / span)


def _innovating(first: float, last: float) -> tuple[FloatArray, FloatArray]:
    innovation = np.array([0.01, 0.03, 0.1, 0.3, 1.0, 3.0]) / last
    return np.log(innovation), np.log(np.array([0.3, 2.0, 5.0, 12.0]) / (last - first))


def _midpoint(place: float, log_rate: float) -> dict[str, float]:
    return {"midpoint": place, "rate": float(np.exp(log_rate))}


def _displacement(place: float, log_rate: float) -> dict[str, float]:
    rate = float(np.exp(log_rate))
    return {"displacement": float(np.exp(min(rate * place, CUT))), "rate": rate}


def _innovation(log_p: float, log_q: float) -> dict[str, float]:
    return {"innovation": float(np.exp(log_p)), "imitation": float(np.exp(log_q))}


LOGISTIC = Curve("logistic", logistic, _midpoint, _one_rate, _located)
GOMPERTZ = Curve("gompertz", gompertz, _displacement, _one_rate, _located)
BASS = Curve("bass", bass, _innovation, _two_rates, _innovating)
CURVES = {each.name: each for each in (LOGISTIC, GOMPERTZ, BASS)}
