"""Price index of a fixed basket of services, and its sensitivity to single services."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray
from workbook.methods.counts import align_arrays


@dataclass(frozen=True)
class LeaveOneOutIndex:
    """Index without one service."""

    position: int
    """Position of the service in the arrays."""
    cost_share: float
    """Its share of the basket's earlier cost, as a fraction of 1."""
    index: float | None
    """Index of the other services, or None if they had no cost."""


@dataclass(frozen=True)
class FixedBasketIndex:
    """Cost in £ of the services with a volume and a cost per transaction in both windows."""

    service_count: int
    total_before: float | None
    total_after: float | None
    index: float | None
    """Σ v0 c1 / Σ v0 c0: 1 is no change. None without a service or an earlier cost."""
    leave_one_out: tuple[LeaveOneOutIndex, ...]
    """Index without each of the costliest services, the costliest first."""


def laspeyres_index(
    volume_before: npt.ArrayLike,
    cost_before: npt.ArrayLike,
    volume_after: npt.ArrayLike,
    cost_after: npt.ArrayLike,
    *,
    largest: int = 3,
) -> FixedBasketIndex:
    """Cost of a matched basket in two windows and its Laspeyres index, Σ v0 c1 / Σ v0 c0.

    Volumes are fixed at those of the earlier window (Laspeyres, 1871).

    Args:
        volume_before: Transactions of each service, shape (services,), NaN where not reported.
        cost_before: Cost per transaction in £, in the same order.
        volume_after: Transactions in the later window, for the same services in the same order.
        cost_after: Cost per transaction in £ in the later window, in the same order.
        largest: Number of the costliest services to leave out, one at a time.

    Returns:
        Totals in £, the index (1 is no change) and the index without each of the costliest
        services.

    Raises:
        ValueError: If the arrays do not all have one shape (services,).

    Example:
        >>> basket = laspeyres_index([100, 50], [2.0, 4.0], [120, 40], [1.5, 4.0])
        >>> basket.total_before, basket.total_after, basket.index
        (400.0, 340.0, 0.875)
    """
    v0, c0, v1, c1 = align_arrays(volume_before, cost_before, volume_after, cost_after)
    in_basket = (v0 > 0) & (v1 > 0) & ~np.isnan(c0) & ~np.isnan(c1)
    fixed_before, fixed_after = v0[in_basket] * c0[in_basket], v0[in_basket] * c1[in_basket]
    return FixedBasketIndex(
        service_count=int(in_basket.sum()),
        total_before=float(fixed_before.sum()) if in_basket.any() else None,
        total_after=float(v1[in_basket] @ c1[in_basket]) if in_basket.any() else None,
        index=_index_ratio(fixed_after.sum(), fixed_before.sum()),
        leave_one_out=_leave_one_out_indices(
            np.flatnonzero(in_basket), fixed_before, fixed_after, largest
        ),
    )


def _leave_one_out_indices(
    positions: npt.NDArray[np.intp], before: FloatArray, after: FloatArray, largest: int
) -> tuple[LeaveOneOutIndex, ...]:
    """Index without each of the costliest services, one at a time."""
    total = float(before.sum())
    if not total > 0:
        return ()
    order = np.argsort(-before, kind="stable")[:largest]
    return tuple(
        LeaveOneOutIndex(
            position=int(positions[service]),
            cost_share=float(before[service] / total),
            index=_index_ratio(
                *(float(np.delete(costs, service).sum()) for costs in (after, before))
            ),
        )
        for service in order
    )


def _index_ratio(after: float, before: float) -> float | None:
    """Cost after divided by cost before, or None where there was no cost."""
    return float(after / before) if before > 0 else None
