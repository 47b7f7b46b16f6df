"""Rank correlation of draws: reorder independent draws so that they move together.

Iman, R. L. and Conover, W. J. (1982), "A distribution-free approach to inducing rank correlation
among input variables", Communications in Statistics: Simulation and Computation B11(3), 311–334.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

from workbook.methods.arrays import FloatArray
from workbook.methods.draws import random_stream

_MINIMUM_EIGENVALUE = 1e-9
"""Least eigenvalue of a positive definite matrix: a smaller one may be rounding."""


def induce_rank_correlation(
    draws: Sequence[FloatArray], correlation: npt.ArrayLike, seed: int, names: Sequence[str]
) -> list[FloatArray]:
    """Reorder draws so that their ranks have a given correlation (Iman and Conover, 1982).

    Each array keeps its values, so its distribution does not change.

    Args:
        draws: k arrays of shape (n,).
        correlation: Spearman correlation coefficients, shape (k, k).
        seed: Seed that all draws of a scenario share.
        names: Name of each array, which gives it an order of its own under the seed.

    Returns:
        The k arrays, reordered.

    Raises:
        ValueError: If ``correlation`` is not a correlation matrix, or not positive definite. Also
            if the draws differ in length, share a name or are too few.

    Example:
        >>> from workbook.methods.draws import uniform_draws
        >>> draws = [uniform_draws(1_000, seed=1, name=name) for name in ("phone", "post")]
        >>> phone, post = induce_rank_correlation(draws, [[1, 0.6], [0.6, 1]], 1, ["phone", "post"])
        >>> round(float(np.corrcoef(phone, post)[0, 1]), 1)
        0.6
    """
    target_root = _target_correlation_root(correlation, len(draws))
    ranks = _correlated_ranks(target_root.tobytes(), _count_draws(draws, names), seed, tuple(names))
    return [np.sort(values)[rank] for values, rank in zip(draws, ranks, strict=True)]


@lru_cache(maxsize=1)
def _correlated_ranks(
    target_root: bytes, draw_count: int, seed: int, names: tuple[str, ...]
) -> npt.NDArray[np.intp]:
    """Ranks with the target correlation, shape (k, n), counted from 0.

    They do not depend on the values of the draws, so that a changed value needs no new ones.
    """
    scores = _shuffled_scores(draw_count, seed, names)
    # The rounding of a matrix product may depend on the number of threads; that of einsum does not.
    sample_correlation = np.einsum("in,jn->ij", scores, scores)
    too_few_message = f"{draw_count} draws are too few to correlate {len(names)} arrays of them"
    root = np.frombuffer(target_root).reshape(len(names), len(names))
    mixing_matrix = root @ np.linalg.inv(_cholesky_root(sample_correlation, too_few_message))
    mixed_scores = np.einsum("ij,jn->in", mixing_matrix, scores)
    return np.stack([_rank_values(mixed) for mixed in mixed_scores])


def _rank_values(values: FloatArray) -> npt.NDArray[np.intp]:
    """Rank of each value, counted from 0."""
    ranks = np.empty(len(values), np.intp)
    ranks[np.argsort(values)] = np.arange(len(values))
    return ranks


def _shuffled_scores(count: int, seed: int, names: Sequence[str]) -> FloatArray:
    """Van der Waerden scores Φ⁻¹(i / (n + 1)), shuffled for each name, shape (k, n)."""
    scores = ndtri(np.arange(1, count + 1) / (count + 1))
    return np.stack([random_stream(seed, name, "order").permutation(scores) for name in names])


def _target_correlation_root(correlation: npt.ArrayLike, array_count: int) -> FloatArray:
    """Cholesky root of the correlation of normal scores that gives ranks the target correlation.

    Normal variables with the Spearman coefficient r have the Pearson coefficient 2 sin(πr/6)
    (Pearson, 1907).
    """
    rank_correlations = np.asarray(correlation, np.float64)
    description = f"rank correlations {rank_correlations.tolist()}"
    if rank_correlations.shape != (array_count, array_count):
        raise ValueError(
            f"{description} do not match {array_count} arrays of draws:"
            " each needs a row and a column"
        )
    if not (
        np.allclose(rank_correlations, rank_correlations.T)
        and np.allclose(np.diag(rank_correlations), 1)
    ):
        raise ValueError(f"{description} must be symmetric, with ones on the diagonal")
    impossible_message = f"{description} are not positive definite, so no draws can have them"
    _cholesky_root(rank_correlations, impossible_message)
    return _cholesky_root(2 * np.sin(np.pi * rank_correlations / 6), impossible_message)


def _cholesky_root(matrix: FloatArray, message: str) -> FloatArray:
    """Lower triangle whose product with its transpose is the matrix (Cholesky)."""
    if np.linalg.eigvalsh(matrix)[0] <= _MINIMUM_EIGENVALUE:
        raise ValueError(message)
    return np.asarray(np.linalg.cholesky(matrix), np.float64)


def _count_draws(draws: Sequence[FloatArray], names: Sequence[str]) -> int:
    """Number of draws in each array."""
    shapes = {array.shape for array in draws}
    if len(shapes) != 1 or draws[0].ndim != 1:
        raise ValueError(f"draws have shapes {sorted(shapes)}: all must have the same length")
    if not len(set(names)) == len(names) == len(draws):
        raise ValueError(
            f"names of {len(draws)} arrays of draws are {names}: each array needs its own name"
        )
    return draws[0].size
