"""Seeded draws from the distributions that assumptions are given as."""

import zlib
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv

FloatArray = npt.NDArray[np.float64]

KEPT = 200_000
"""Draws of up to this many are remembered, so that moving a lever draws nothing anew."""


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
    draw = _kept if count <= KEPT else _drawn
    return draw(float(low), float(mode), float(high), count, seed, name)


def _drawn(low: float, mode: float, high: float, count: int, seed: int, name: str) -> FloatArray:
    if low == high:
        values = np.full(count, low)
    else:
        width = high - low
        alpha, beta = 1 + 4 * (mode - low) / width, 1 + 4 * (high - mode) / width
        values = low + width * betaincinv(alpha, beta, _strips(count, seed, name))
    values.flags.writeable = False
    return values


def _strips(count: int, seed: int, name: str) -> FloatArray:
    """A probability within each of ``count`` equal strips, in random order."""
    stream = np.random.Generator(np.random.PCG64([seed, zlib.crc32(name.encode())]))
    return (stream.permutation(count) + stream.random(count)) / count


_kept = lru_cache(maxsize=32)(_drawn)
