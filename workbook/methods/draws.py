"""Seeded random draws from the distributions of assumptions."""

import zlib
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.interpolate import CubicHermiteSpline
from scipy.special import beta, betaincinv, expit

from workbook.methods.arrays import FloatArray

MAXIMUM_CACHED_DRAWS = 200_000
"""Largest number of draws that is cached, so that a change of a lever draws nothing again."""

_QUANTILE_KNOTS: FloatArray = expit(np.linspace(-8.0, 8.0, 1025))
"""Probabilities at which quantiles are exact; between them they are interpolated.

Near its ends a quantile function is close to a power of the probability. Knots at equal steps of
the logit make it equally smooth everywhere.
"""


def draw_pert(
    low: float, mode: float, high: float, *, count: int, seed: int, name: str
) -> FloatArray:
    """Draw from a PERT distribution with λ = 4 (Malcolm and others, 1959).

    PERT is the beta distribution on [low, high] with α = 1 + 4 (mode − low) / (high − low) and β =
    1 + 4 (high − mode) / (high − low). The draws are a Latin hypercube (McKay, Beckman and Conover,
    1979): one from each of ``count`` strips of equal probability, in random order. They represent
    the distribution better than independent draws, and change smoothly when the mode changes.

    Args:
        low: Lowest value.
        mode: Most likely value.
        high: Highest value.
        count: Number of draws.
        seed: Seed that all assumptions of a scenario share.
        name: Name of the assumption, which gives it an order of its own under the seed.

    Returns:
        Draws in the unit of the bounds, shape (count,), read-only.

    Raises:
        ValueError: If low ≤ mode ≤ high does not hold.

    Example:
        >>> draws = draw_pert(0.1, 0.3, 0.5, count=1_000, seed=2014, name="dropout")
        >>> round(float(draws.mean()), 3), bool((draws >= 0.1).all() and (draws <= 0.5).all())
        (0.3, True)
    """
    if not low <= mode <= high:
        msg = f"low, mode and high are {low}, {mode} and {high}: they must be low ≤ mode ≤ high"
        raise ValueError(msg)
    draw = _draw_pert_cached if count <= MAXIMUM_CACHED_DRAWS else _draw_pert
    return draw(float(low), float(mode), float(high), count, seed, name)


def uniform_draws(count: int, seed: int, name: str) -> FloatArray:
    """Draw from the uniform distribution between 0 and 1, as a Latin hypercube.

    Args:
        count: Number of draws.
        seed: Seed that all draws of a scenario share.
        name: Name of these draws, which gives them an order of their own under the seed.

    Returns:
        Draws, shape (count,).

    Example:
        Each tenth holds exactly one of ten draws:

        >>> sorted((uniform_draws(10, seed=1, name="x") * 10).astype(int).tolist())
        [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    """
    strips, probabilities = _latin_hypercube_strips(count, seed, name)
    return probabilities[strips]


def random_stream(seed: int, *words: str) -> np.random.Generator:
    """Random number generator for a seed and a sequence of words.

    Args:
        seed: Seed that all streams of a scenario share.
        *words: Words that name the stream. Other words give an independent stream.

    Returns:
        A generator that gives the same numbers for the same seed and words.
    """
    word_hashes = [zlib.crc32(word.encode()) for word in words]
    return np.random.Generator(np.random.PCG64([seed, *word_hashes]))


def _draw_pert(
    low: float, mode: float, high: float, count: int, seed: int, name: str
) -> FloatArray:
    """PERT draws, computed anew."""
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
    """Strip of each draw in random order, and the probability drawn from each strip."""
    generator = random_stream(seed, name)
    strips = generator.permutation(count)
    probabilities = np.empty(count)
    probabilities[strips] = (strips + generator.random(count)) / count
    return strips, probabilities


def _beta_quantiles(a: float, probabilities: FloatArray) -> FloatArray:
    """Quantiles of the beta distribution with α = a and β = 6 − a, to within 1e-10.

    Between the knots a cubic spline has the values and slopes of the quantile function; its slope
    is 1 / density. The few probabilities outside the knots are computed exactly. Probabilities may
    have any order, but rising ones are found twice as fast.
    """
    b = 6 - a
    knot_quantiles = betaincinv(a, b, _QUANTILE_KNOTS)
    slopes = beta(a, b) / (knot_quantiles ** (a - 1) * (1 - knot_quantiles) ** (b - 1))
    values = CubicHermiteSpline(_QUANTILE_KNOTS, knot_quantiles, slopes)(probabilities)
    outside = (probabilities < _QUANTILE_KNOTS[0]) | (probabilities > _QUANTILE_KNOTS[-1])
    values[outside] = betaincinv(a, b, probabilities[outside])
    return np.asarray(values, np.float64)


_draw_pert_cached = lru_cache(maxsize=32)(_draw_pert)
