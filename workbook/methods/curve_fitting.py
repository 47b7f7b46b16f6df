"""Diffusion curves fitted to shares over time by generalised least squares."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.methods import fit_diagnostics
from workbook.methods.arrays import FloatArray, IntArray
from workbook.methods.diffusion_curves import DiffusionCurve
from workbook.methods.least_squares import EXACT_FIT_FRACTION, SearchResults, minimise_squares

CURVE_PARAMETER_COUNT = 3
"""Number of a curve's parameters: the level and two of the shape."""


@dataclass(frozen=True)
class WeightedSeries:
    """Values over time with a matrix that whitens their errors."""

    times: FloatArray
    values: FloatArray
    whitening_matrix: FloatArray
    """W of shape (points, points), lower triangular, with W'W the inverse of the covariance.

    Its leading part whitens the leading points, so one matrix serves every origin of a back-test.
    """

    @classmethod
    def from_values(
        cls,
        times: npt.ArrayLike,
        values: npt.ArrayLike,
        weights: npt.ArrayLike = 1.0,
        correlation: FloatArray | None = None,
    ) -> "WeightedSeries":
        """Make a series from values, weights and a correlation of the errors.

        Args:
            times: Times, shape (points,).
            values: Values, shape (points,).
            weights: Weights of the values, broadcast to (points,). The variance of an error is
                proportional to 1 / weight; for a share, to 1 / volume.
            correlation: Correlation matrix of the errors, shape (points, points). Independent if
                None.

        Returns:
            The series with its whitening matrix.
        """
        time_array, value_array = np.asarray(times, np.float64), np.asarray(values, np.float64)
        weight_root = np.diag(
            np.sqrt(np.broadcast_to(np.asarray(weights, np.float64), value_array.shape))
        )
        if correlation is None:
            return cls(time_array, value_array, weight_root)
        return cls(
            time_array, value_array, np.linalg.solve(np.linalg.cholesky(correlation), weight_root)
        )


@dataclass(frozen=True)
class CurveFits:
    """Fits of one curve to the first points of a series, one fit for each number of points."""

    curve: DiffusionCurve
    point_counts: IntArray
    parameters: FloatArray
    """Level, first and second parameter of the shape, shape (fits, 3)."""
    residual_squares: FloatArray
    """Sum of squared whitened residuals, shape (fits,)."""
    failures: tuple[str, ...]
    """Why each fit must not be used, empty where it may."""

    def natural_parameters(self, index: int = -1) -> dict[str, float]:
        """Parameters of the curve's usual formula.

        Args:
            index: Which fit; the last by default.

        Returns:
            Values by parameter name, with the ``level``.
        """
        level, first, second = self.parameters[index].tolist()
        return {"level": level, **self.curve.natural_parameters(first, second)}


def fit_curves(
    curves: Sequence[DiffusionCurve],
    data: WeightedSeries,
    point_counts: IntArray,
    *,
    ceiling: float = np.inf,
) -> list[CurveFits]:
    """Fit curves to the first points of a series, for each number of points.

    The search ignores the ceiling. A fit with its level at or above the ceiling counts as failed.
    Each fit starts from several rates, each with the position and level that fit best. All searches
    of all curves run at once.

    Args:
        curves: Curves to fit.
        data: Series with the whitening of its errors.
        point_counts: Number of leading points of each fit, shape (fits,).
        ceiling: Value that the level must stay below.

    Returns:
        For each curve: parameters and residuals of each fit, and why a fit must not be used.
    """
    starts = [_build_starting_parameters(curve, data, point_counts) for curve in curves]
    included = np.concatenate(
        [
            np.repeat(np.arange(data.times.size) < point_counts[:, None], start.shape[1], axis=0)
            for start in starts
        ]
    )
    whitened_values = data.whitening_matrix @ data.values
    ends = np.cumsum([start.shape[0] * start.shape[1] for start in starts])

    def residuals_and_slopes(
        problems: IntArray, trial_parameters: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        values = np.empty((len(problems), data.times.size))
        # By parameter first, so that one product whitens all of them.
        slopes = np.empty((len(problems), CURVE_PARAMETER_COUNT, data.times.size))
        # A trial may overflow. The search then rejects it.
        with np.errstate(all="ignore"):
            for curve, part in zip(
                curves, _slices_to(np.searchsorted(problems, ends)), strict=True
            ):
                _fill_curve(curve, data.times, trial_parameters[part], values[part], slopes[part])
            whitened = slopes.reshape(-1, data.times.size) @ data.whitening_matrix.T
            residuals = whitened_values - values @ data.whitening_matrix.T
            is_included = included[problems]
            return residuals * is_included, whitened.reshape(slopes.shape) * is_included[:, None]

    data_squares = np.square(included * whitened_values).sum(axis=1)
    searches = minimise_squares(
        residuals_and_slopes,
        np.concatenate([start.reshape(-1, CURVE_PARAMETER_COUNT) for start in starts]),
        data_squares,
    )
    slopes = residuals_and_slopes(np.arange(len(included)), searches.parameters)[1].swapaxes(1, 2)
    return [
        _choose_best_fits(
            curve,
            data,
            point_counts,
            searches.select_searches(part),
            slopes[part],
            data_squares[part],
            ceiling,
        )
        for curve, part in zip(curves, _slices_to(ends), strict=True)
    ]


def _slices_to(ends: IntArray) -> list[slice]:
    """Consecutive slices with these ends."""
    return [slice(start, end) for start, end in zip([0, *ends[:-1]], ends, strict=True)]


def _choose_best_fits(
    curve: DiffusionCurve,
    data: WeightedSeries,
    point_counts: IntArray,
    searches: SearchResults,
    slopes: FloatArray,
    data_squares: FloatArray,
    ceiling: float,
) -> CurveFits:
    """The best search of each fit of one curve, and why it must not be used."""
    best_searches = _select_best_searches(searches, len(point_counts))
    parameters = searches.parameters[best_searches]
    failures = fit_diagnostics.failure_reasons(
        curve,
        parameters,
        slopes[best_searches],
        ceiling=ceiling,
        span=data.times[point_counts - 1] - data.times[0],
        step=float(np.diff(data.times).min()),
        converged=searches.converged[best_searches],
        agree=_check_agreement(searches, EXACT_FIT_FRACTION * data_squares[best_searches]),
    )
    return CurveFits(
        curve, point_counts, parameters, searches.residual_squares[best_searches], failures
    )


def evaluate_curve(
    curve: DiffusionCurve, times: FloatArray, parameters: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Evaluate a curve and its derivatives.

    Args:
        curve: Curve to evaluate.
        times: Times, shape (times,) or (fits, times).
        parameters: Level and two shape parameters of each fit, shape (fits, 3).

    Returns:
        Values, shape (fits, times), and derivatives by parameter, shape (fits, times, 3).
    """
    values = np.empty((len(parameters), times.shape[-1]))
    slopes = np.empty((len(parameters), CURVE_PARAMETER_COUNT, times.shape[-1]))
    with np.errstate(all="ignore"):
        _fill_curve(curve, times, parameters, values, slopes)
    return values, slopes.swapaxes(1, 2)


def _fill_curve(
    curve: DiffusionCurve,
    times: FloatArray,
    parameters: FloatArray,
    values: FloatArray,
    slopes: FloatArray,
) -> None:
    """Fill in a curve's values, (fits, times), and its slopes, (fits, 3, times)."""
    level, first, second = parameters.T[..., np.newaxis]
    shape, first_slope, second_slope = curve.shape(times, first, second)
    np.multiply(level, shape, out=values)
    slopes[:, 0] = shape
    np.multiply(level, first_slope, out=slopes[:, 1])
    np.multiply(level, second_slope, out=slopes[:, 2])


def _build_starting_parameters(
    curve: DiffusionCurve, data: WeightedSeries, point_counts: IntArray
) -> FloatArray:
    """Starting parameters of each fit, shape (fits, starts, 3).

    There is a start for each second parameter in the grid, with the best first parameter and level.
    The level is linear, so its best value follows from the other two (Golub and Pereyra, 1973).
    Running sums over the whitened points give it for every number of points.
    """
    first_values, second_values = curve.starting_grid(float(data.times[0]), float(data.times[-1]))
    first, second = np.meshgrid(first_values, second_values, indexing="ij")
    shape = (
        curve.shape(data.times, first[..., None], second[..., None])[0] @ data.whitening_matrix.T
    )
    whitened_values = data.whitening_matrix @ data.values
    projections = np.cumsum(shape * whitened_values, axis=-1)[..., point_counts - 1]
    shape_squares = np.maximum(
        np.cumsum(shape**2, axis=-1)[..., point_counts - 1], np.finfo(np.float64).tiny
    )
    best_indices = np.argmax(np.where(projections > 0, projections**2 / shape_squares, 0.0), axis=0)
    levels = np.take_along_axis(projections / shape_squares, best_indices[None], axis=0)[0]
    return np.stack(
        [
            levels.T,
            first_values[best_indices.T],
            np.broadcast_to(second_values, best_indices.T.shape),
        ],
        axis=-1,
    )


def _select_best_searches(searches: SearchResults, fit_count: int) -> IntArray:
    """Index of the search with the least sum of squares of each fit, shape (fits,)."""
    squares = searches.residual_squares.reshape(fit_count, -1)
    return np.asarray(np.arange(fit_count) * squares.shape[1] + np.argmin(squares, axis=1), np.intp)


def _check_agreement(searches: SearchResults, exact_squares: FloatArray) -> npt.NDArray[np.bool_]:
    """Whether the searches of each fit ended at the same parameters, shape (fits,)."""
    squares = searches.residual_squares.reshape(len(exact_squares), -1)
    return fit_diagnostics.searches_agree(
        squares, searches.converged.reshape(squares.shape), exact_squares
    )
