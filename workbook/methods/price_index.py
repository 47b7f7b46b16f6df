"""Cost of a matched basket of services, and who drives its index."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray
from workbook.methods.counts import align_arrays


@dataclass(frozen=True)
class LeaveOneOutIndex:
    """The index without one service."""

    position: int
    """The service's place in the arrays that were given."""
    cost_share: float
    """Its share of the basket's cost before, as a fraction of 1."""
    index: float | None
    """None if it alone had a cost."""


@dataclass(frozen=True)
class FixedBasketIndex:
    """Costs of the services that have volume and cost per transaction in both windows, in £."""

    service_count: int
    total_before: float | None
    total_after: float | None
    index: float | None
    """Σ v0 c1 / Σ v0 c0: 1 is no change. None without a service, or where the cost was 0."""
    leave_one_out: tuple[LeaveOneOutIndex, ...]
    """The largest by cost before, each left out alone, the largest first."""


def laspeyres_index(
    volume_before: npt.ArrayLike,
    cost_before: npt.ArrayLike,
    volume_after: npt.ArrayLike,
    cost_after: npt.ArrayLike,
    *,
    largest: int = 3,
) -> FixedBasketIndex:
    """Cost of a matched basket between two windows, with its fixed-volume (Laspeyres) index.

    Args:
        volume_before: Transactions of each service, shape (services,), NaN where not reported.
        cost_before: Cost per transaction in £, aligned with it.
        volume_after: As before, in the later window; the same services in the same order.
        cost_after: As before, in the later window.
        largest: How many of the largest services are left out, one at a time.

    Raises ValueError for arrays that are not aligned.
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
    """The index without each of the ``largest`` services by cost before."""
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
    return float(after / before) if before > 0 else None
