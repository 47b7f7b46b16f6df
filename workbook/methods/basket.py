"""Cost of a matched basket of services, and who drives its index."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray
from workbook.methods.counts import aligned


@dataclass(frozen=True)
class Without:
    """The index without one service."""

    position: int
    """The service's place in the arrays that were given."""
    cost_share: float
    """Its share of the basket's cost before, as a fraction of 1."""
    index: float | None
    """None if it alone had a cost."""


@dataclass(frozen=True)
class Basket:
    """Costs of the services that have volume and cost per transaction in both windows, in £."""

    services: int
    total_before: float | None
    total_after: float | None
    index: float | None
    """Σ v0 c1 / Σ v0 c0: 1 is no change. None without a service, or where the cost was 0."""
    without: tuple[Without, ...]
    """The largest by cost before, each left out alone, the largest first."""


def basket(
    volume_before: npt.ArrayLike,
    cost_before: npt.ArrayLike,
    volume_after: npt.ArrayLike,
    cost_after: npt.ArrayLike,
    *,
    largest: int = 3,
) -> Basket:
    """Cost of a matched basket between two windows, with its fixed-volume (Laspeyres) index.

    Args:
        volume_before: Transactions of each service, shape (services,), NaN where not reported.
        cost_before: Cost per transaction in £, aligned with it.
        volume_after: As before, in the later window; the same services in the same order.
        cost_after: As before, in the later window.
        largest: How many of the largest services are left out, one at a time.

    Raises ValueError for arrays that are not aligned.
    """
    v0, c0, v1, c1 = aligned(volume_before, cost_before, volume_after, cost_after)
    held = (v0 > 0) & (v1 > 0) & ~np.isnan(c0) & ~np.isnan(c1)
    fixed_before, fixed_after = v0[held] * c0[held], v0[held] * c1[held]
    return Basket(
        services=int(held.sum()),
        total_before=float(fixed_before.sum()) if held.any() else None,
        total_after=float(v1[held] @ c1[held]) if held.any() else None,
        index=_index(fixed_after.sum(), fixed_before.sum()),
        without=_without(np.flatnonzero(held), fixed_before, fixed_after, largest),
    )


def _without(
    places: npt.NDArray[np.intp], before: FloatArray, after: FloatArray, largest: int
) -> tuple[Without, ...]:
    """The index without each of the ``largest`` services by cost before."""
    total = float(before.sum())
    if not total > 0:
        return ()
    order = np.argsort(-before, kind="stable")[:largest]
    return tuple(
        Without(
            position=int(places[each]),
            cost_share=float(before[each] / total),
            index=_index(*(float(np.delete(side, each).sum()) for side in (after, before))),
        )
        for each in order
    )


def _index(after: float, before: float) -> float | None:
    return float(after / before) if before > 0 else None
