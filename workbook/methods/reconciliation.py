"""Reconciliation of forecasts: services add up to their total."""

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray


def reconcile_to_total(
    forecasts: npt.ArrayLike,
    variances: npt.ArrayLike,
    volume: npt.ArrayLike,
    totals: npt.ArrayLike,
    ceilings: npt.ArrayLike,
) -> FloatArray:
    """Adjust the forecasts of services so that they add up to the forecast of their total.

    It is trace minimisation (MinT; Wickramasuriya, Athanasopoulos and Hyndman, 2019) with a
    diagonal covariance, for a total that is kept. The adjusted shares b minimise Σ (b − f)² / s²
    subject to Σ v b = T Σ v, with v the volumes, held constant. Without bounds that is b = f + λ v
    s² with one λ: the less certain and the larger a service, the more it moves. Shares stay from 0
    to their ceilings: those that would leave this range stop at its end, and the others make up for
    it. No share falls when λ rises. So the λ of the exact solution is found by interpolation
    between the values at which a share meets an end of its range.

    Args:
        forecasts: Forecast share of each service f, shape (services, horizons).
        variances: Variance of each forecast s², above 0, in the same shape.
        volume: Transactions of each service v, above 0, shape (services,).
        totals: Forecast share of all the services together T, shape (horizons,). A share that the
            ceilings do not allow counts as the highest that they do.
        ceilings: Highest share of each service, shape (services,).

    Returns:
        Adjusted shares, shape (services, horizons).

    Raises:
        ValueError: If there is no service, the shapes do not match, or a variance or a volume is
            not above 0.

    Example:
        Two services of one size: the one with four times the variance moves four times as far.

        >>> shares = reconcile_to_total(
        ...     [[0.5], [0.6]], [[0.04], [0.01]], [100, 100], [0.6], [0.98, 0.98]
        ... )
        >>> shares[:, 0].round(3).tolist()
        [0.58, 0.62]
    """
    share, variance, size, total, ceiling = (
        np.asarray(values, np.float64)
        for values in (forecasts, variances, volume, totals, ceilings)
    )
    _validate_shapes(share, variance, size, total, ceiling)
    slopes = size[:, None] * variance
    adjusted = [
        _solve_horizon(share[:, h], slopes[:, h], size, float(total[h]) * size.sum(), ceiling)
        for h in range(total.size)
    ]
    return np.stack(adjusted, axis=1) if adjusted else np.empty((size.size, 0))


def _solve_horizon(
    share: FloatArray, slope: FloatArray, size: FloatArray, digital: float, ceiling: FloatArray
) -> FloatArray:
    """Shares from 0 to their ceilings with ``digital`` transactions together."""
    ends = np.concatenate([-share / slope, (ceiling - share) / slope])
    ends.sort()
    paths = np.clip(share + np.outer(ends, slope), 0, ceiling)
    multiplier = np.interp(digital, paths @ size, ends)
    return np.asarray(np.clip(share + multiplier * slope, 0, ceiling), np.float64)


def _validate_shapes(
    share: FloatArray,
    variance: FloatArray,
    size: FloatArray,
    total: FloatArray,
    ceiling: FloatArray,
) -> None:
    expected = (size.size, total.size)
    if not size.size or share.shape != expected or variance.shape != expected:
        raise ValueError(
            f"forecasts of shape {share.shape} and variances of shape {variance.shape} do not"
            f" match {size.size} volumes and {total.size} totals"
        )
    if ceiling.shape != size.shape:
        raise ValueError(f"{ceiling.size} ceilings do not match {size.size} volumes")
    if not ((variance > 0).all() and (size > 0).all()):
        raise ValueError("a variance or a volume is not above 0")
