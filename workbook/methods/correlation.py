"""Draws that move together: reordered so that their ranks correlate, each array's values its own.

Iman, R. L. and Conover, W. J. (1982), "A distribution-free approach to inducing rank correlation
among input variables", Communications in Statistics: Simulation and Computation B11(3), 311–334.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from workbook.methods.arrays import FloatArray
from workbook.methods.draws import stream

LEAST_EIGENVALUE = 1e-9
"""A matrix with one no greater is not positive definite: less is not told from rounding."""


def correlated(
    draws: Sequence[FloatArray], correlation: npt.ArrayLike, seed: int, names: Sequence[str]
) -> list[FloatArray]:
    """The ``draws``, k arrays of shape (n,), each in another order so that their ranks correlate.

    ``correlation`` holds the Spearman coefficients that are wanted, shape (k, k). The order comes
    from a stream of each name's own under one ``seed``; which one the draws had does not matter.
    Raises ValueError where ``correlation`` is not symmetric and positive definite with ones on its
    diagonal, and where the draws differ in length, share a name or are too few.
    """
    wanted = _wanted(correlation, len(draws))
    scores = _scores(_count(draws, names), seed, names)
    # Sums by einsum: how a matrix product rounds may depend on how many threads share it.
    found = np.einsum("in,jn->ij", scores, scores)
    too_few = f"{scores.shape[1]} draws are too few to correlate {len(draws)} arrays of them"
    mixing = wanted @ np.linalg.inv(_root(found, too_few))
    mixed = np.einsum("ij,jn->in", mixing, scores)
    return [_reordered(*each) for each in zip(draws, mixed, strict=True)]


def _reordered(values: FloatArray, like: FloatArray) -> FloatArray:
    """The values in the order that gives them the ranks of ``like``."""
    placed = np.empty_like(values)
    placed[np.argsort(like)] = np.sort(values)
    return placed


def _scores(count: int, seed: int, names: Sequence[str]) -> FloatArray:
    """Van der Waerden scores Φ⁻¹(i / (n + 1)), shuffled for each name, shape (k, n)."""
    scores = ndtri(np.arange(1, count + 1) / (count + 1))
    return np.stack([stream(seed, name, "order").permutation(scores) for name in names])


def _wanted(correlation: npt.ArrayLike, arrays: int) -> FloatArray:
    """The root of what the scores' correlations must be for their ranks to have those given.

    Normal variables whose Spearman coefficient is r have Pearson's 2 sin(πr/6) (Pearson, 1907).
    """
    ranks = np.asarray(correlation, np.float64)
    said = f"rank correlations {ranks.tolist()}"
    if ranks.shape != (arrays, arrays):
        raise ValueError(f"{said} for {arrays} arrays of draws: there must be a row for each")
    if not (np.allclose(ranks, ranks.T) and np.allclose(np.diag(ranks), 1)):
        raise ValueError(f"{said} must be symmetric, with ones on the diagonal")
    impossible = f"{said} are not positive definite: no draws have them"
    _root(ranks, impossible)
    return _root(2 * np.sin(np.pi * ranks / 6), impossible)


def _root(matrix: FloatArray, otherwise: str) -> FloatArray:
    """The lower triangle that gives the matrix when multiplied by its transpose (Cholesky)."""
    if np.linalg.eigvalsh(matrix)[0] <= LEAST_EIGENVALUE:
        raise ValueError(otherwise)
    return np.asarray(np.linalg.cholesky(matrix), np.float64)


def _count(draws: Sequence[FloatArray], names: Sequence[str]) -> int:
    shapes = {each.shape for each in draws}
    if len(shapes) != 1 or draws[0].ndim != 1:
        raise ValueError(f"draws to correlate must be of one length: {sorted(shapes)} are not")
    if not len(set(names)) == len(names) == len(draws):
        raise ValueError(
            f"{len(draws)} arrays of draws need a name each of its own: {names} are not"
        )
    return draws[0].size
