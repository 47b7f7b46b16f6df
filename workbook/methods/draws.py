"""Seeded draws from the distributions that assumptions are given as."""

import zlib
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.interpolate import CubicHermiteSpline
from scipy.special import beta, betaincinv, expit

from workbook.methods.arrays import FloatArray

MAXIMUM_CACHED_DRAWS = 200_000
"""Draws of up to this many are remembered, so that moving a lever draws nothing anew."""

_QUANTILE_KNOTS: FloatArray = expit(np.linspace(-8.0, 8.0, 1025))
"""Probabilities at which quantiles are exact, and between which they are interpolated.

Towards its ends a quantile function goes as a power of the probability: it is equally smooth
between knots in equal proportion, as those at equal steps of the logit are.
"""


def pert(low: float, mode: float, high: float, *, count: int, seed: int, name: str) -> FloatArray:
    """Draws from a PERT distribution (λ = 4), shape (count,), read-only.

    PERT is the beta distribution on [low, high] with α = 1 + 4 (mode − low) / (high − low) and
    β = 1 + 4 (high − mode) / (high − low). The draws are a Latin hypercube: one from each of
    ``count`` strips of equal probability, in an order of the ``name``'s own under one ``seed``.
    They lie closer to the distribution than independent ones, and move smoothly when the mode
    moves.
    Raises ValueError unless low ≤ mode ≤ high.
    """
    if not low <= mode <= high:
        msg = f"a PERT distribution needs low ≤ mode ≤ high: {low}, {mode}, {high} are not"
        raise ValueError(msg)
    draw = _draw_pert_cached if count <= MAXIMUM_CACHED_DRAWS else _draw_pert
    return draw(float(low), float(mode), float(high), count, seed, name)


def uniform_draws(count: int, seed: int, name: str) -> FloatArray:
    """Draws between 0 and 1, shape (count,), a Latin hypercube as those of ``pert``."""
    strips, probabilities = _latin_hypercube_strips(count, seed, name)
    return probabilities[strips]


def random_stream(seed: int, *words: str) -> np.random.Generator:
    """Random numbers under one ``seed`` that belong to these words and no others."""
    word_hashes = [zlib.crc32(word.encode()) for word in words]
    return np.random.Generator(np.random.PCG64([seed, *word_hashes]))


def _draw_pert(
    low: float, mode: float, high: float, count: int, seed: int, name: str
) -> FloatArray:
    if low == high:
        values = np.full(count, low)
    else:
        strips, probabilities = _latin_hypercube_strips(count, seed, name)
        width = high - low
        values = low + width * _beta_quantiles(1 + 4 * (mode - low) / width, probabilities)[strips]
    values.flags.writeable = False
    return values


def _latin_hypercube_strips(
    count: int, seed: int, name: str
) -> tuple[npt.NDArray[np.int64], FloatArray]:
    """The strip of each draw, in random order, and the probability drawn from each strip."""
    generator = random_stream(seed, name)
    strips = generator.permutation(count)
    probabilities = np.empty(count)
    probabilities[strips] = (strips + generator.random(count)) / count
    return strips, probabilities


def _beta_quantiles(a: float, probabilities: FloatArray) -> FloatArray:
    """Quantiles of the beta distribution with α = a and β = 6 − a, to within 1e-10.

    Between the knots a cubic has the quantile function's values and slopes, 1 over the density;
    the few probabilities outside them are worked out. ``probabilities`` may have any order: where
    they rise, the knots beside one are those beside the last, which halves the time.
    """
    b = 6 - a
    knot_quantiles = betaincinv(a, b, _QUANTILE_KNOTS)
    slopes = beta(a, b) / (knot_quantiles ** (a - 1) * (1 - knot_quantiles) ** (b - 1))
    values = CubicHermiteSpline(_QUANTILE_KNOTS, knot_quantiles, slopes)(probabilities)
    outside = (probabilities < _QUANTILE_KNOTS[0]) | (probabilities > _QUANTILE_KNOTS[-1])
    values[outside] = betaincinv(a, b, probabilities[outside])
    return np.asarray(values, np.float64)


_draw_pert_cached = lru_cache(maxsize=32)(_draw_pert)
