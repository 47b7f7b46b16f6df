"""Curves of diffusion fitted to shares over time by generalised least squares."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.methods import soundness
from workbook.methods.arrays import FloatArray, IntArray
from workbook.methods.curves import Curve
from workbook.methods.fitting import EXACT, Searches, search

PARAMETERS = 3
"""Of a curve: its level and two of its shape."""


@dataclass(frozen=True)
class Data:
    """Values over time, and what whitens their errors."""

    times: FloatArray
    values: FloatArray
    whiten: FloatArray
    """W of shape (points, points), lower triangular, with W'W the inverse of the covariance.

    Its leading part whitens the leading points, so that one serves every origin of a record.
    """

    @classmethod
    def of(
        cls,
        times: npt.ArrayLike,
        values: npt.ArrayLike,
        weights: npt.ArrayLike = 1.0,
        correlation: FloatArray | None = None,
    ) -> "Data":
        """Data with independent errors of one variance, unless weights or a correlation are given.

        An error's variance is in proportion to 1 / weight: a share's to 1 / volume.
        """
        when, what = np.asarray(times, np.float64), np.asarray(values, np.float64)
        root = np.diag(np.sqrt(np.broadcast_to(np.asarray(weights, np.float64), what.shape)))
        if correlation is None:
            return cls(when, what, root)
        return cls(when, what, np.linalg.solve(np.linalg.cholesky(correlation), root))


@dataclass(frozen=True)
class Fits:
    """One curve fitted to the first ``points`` of the data, for each number of points given."""

    curve: Curve
    points: IntArray
    parameters: FloatArray
    """Level, first and second parameter of the shape, shape (fits, 3)."""
    squares: FloatArray
    """Sum of squared whitened residuals, shape (fits,)."""
    failures: tuple[str, ...]
    """Why each fit must not be used; empty where it may."""

    def natural(self, which: int = -1) -> dict[str, float]:
        """The parameters of the usual formula."""
        level, first, second = self.parameters[which].tolist()
        return {"level": level, **self.curve.natural(first, second)}


def fits(curve: Curve, data: Data, points: IntArray, *, ceiling: float = np.inf) -> Fits:
    """Fit the curve to the first points of the data, for each number in ``points``.

    The search is free of the ceiling: a best fit whose level lies above would lie on the ceiling if
    it were held there, and a fit on a bound has failed either way. Each fit begins from several
    rates, with the place and level that fit best under each.
    """
    starts = _starts(curve, data, points)
    known = np.repeat(np.arange(data.times.size) < points[:, None], starts.shape[1], axis=0)
    target = data.whiten @ data.values

    def model(who: IntArray, at: FloatArray) -> tuple[FloatArray, FloatArray]:
        values, slopes = evaluate(curve, data.times, at)
        # A trial may run out of numbers: the search turns it down.
        with np.errstate(invalid="ignore", over="ignore"):
            slopes = np.matmul(data.whiten, slopes) * known[who, :, None]
            return (target - values @ data.whiten.T) * known[who], slopes

    size = np.square(known * target).sum(axis=1)
    found = search(model, starts.reshape(-1, PARAMETERS), size)
    best = _best(found, len(points))
    parameters = found.parameters[best]
    failures = soundness.failures(
        curve,
        parameters,
        model(best, parameters)[1],
        ceiling=ceiling,
        span=data.times[points - 1] - data.times[0],
        step=float(np.diff(data.times).min()),
        converged=found.converged[best],
        agree=_agree(found, EXACT * size[best]),
    )
    return Fits(curve, points, parameters, found.squares[best], failures)


def evaluate(
    curve: Curve, times: FloatArray, parameters: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """The curve, shape (fits, times), and its slopes, shape (fits, times, 3)."""
    level, first, second = (parameters[:, each, None] for each in range(PARAMETERS))
    with np.errstate(all="ignore"):
        shape, by_first, by_second = curve.shape(times, first, second)
        return level * shape, np.stack([shape, level * by_first, level * by_second], axis=-1)


def _starts(curve: Curve, data: Data, points: IntArray) -> FloatArray:
    """For each fit and each second parameter the best first one and its level: (fits, starts, 3).

    The level is linear, so its best value under the other two is known (Golub and Pereyra, 1973);
    running sums over the whitened points give it for every number of points.
    """
    firsts, seconds = curve.grid(float(data.times[0]), float(data.times[-1]))
    first, second = np.meshgrid(firsts, seconds, indexing="ij")
    shape = curve.shape(data.times, first[..., None], second[..., None])[0] @ data.whiten.T
    target = data.whiten @ data.values
    along = np.cumsum(shape * target, axis=-1)[..., points - 1]
    own = np.maximum(np.cumsum(shape**2, axis=-1)[..., points - 1], np.finfo(np.float64).tiny)
    best = np.argmax(np.where(along > 0, along**2 / own, 0.0), axis=0)
    level = np.take_along_axis(along / own, best[None], axis=0)[0]
    return np.stack([level.T, firsts[best.T], np.broadcast_to(seconds, best.T.shape)], axis=-1)


def _best(found: Searches, count: int) -> IntArray:
    """Which search of each fit ended lowest, shape (fits,)."""
    squares = found.squares.reshape(count, -1)
    return np.asarray(np.arange(count) * squares.shape[1] + np.argmin(squares, axis=1), np.intp)


def _agree(found: Searches, exact: FloatArray) -> npt.NDArray[np.bool_]:
    """Whether each fit's searches ended at one answer, shape (fits,)."""
    squares = found.squares.reshape(len(exact), -1)
    return soundness.agree(squares, found.converged.reshape(squares.shape), exact)
