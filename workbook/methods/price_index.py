"""Price indices of the same services in two windows, and their sensitivity to single services."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import FloatArray
from workbook.methods.counts import align_arrays


@dataclass(frozen=True)
class PriceIndex:
    """Change of the cost of a transaction in a basket of services: 1 is no change."""

    laspeyres: float | None
    """Σ v0 c1 / Σ v0 c0, at the earlier volumes. None where these cost nothing before."""
    paasche: float | None
    """Σ v1 c1 / Σ v1 c0, at the later volumes. None where these cost nothing before."""

    @property
    def fisher(self) -> float | None:
        """Geometric mean of the two (Fisher, 1922), or None without both."""
        if self.laspeyres is None or self.paasche is None:
            return None
        return math.sqrt(self.laspeyres * self.paasche)

    def in_real_terms(self, price_level: float) -> "PriceIndex":
        """The index in real terms.

        Args:
            price_level: General price level of the later window, with the earlier one as 1.

        Returns:
            Both indices divided by the price level.
        """
        laspeyres, paasche = (
            None if index is None else index / price_level
            for index in (self.laspeyres, self.paasche)
        )
        return PriceIndex(laspeyres, paasche)


@dataclass(frozen=True)
class LeaveOneOutIndex:
    """Index without one service."""

    position: int
    """Position of the service in the arrays."""
    cost_share: float
    """Its share of the basket's earlier cost, as a fraction of 1."""
    index: PriceIndex
    """Index of the other services."""


@dataclass(frozen=True)
class MatchedBasket:
    """Cost in £ of the services with a volume and a cost per transaction in both windows."""

    service_count: int
    total_before: float | None
    total_after: float | None
    index: PriceIndex
    leave_one_out: tuple[LeaveOneOutIndex, ...]
    """Index without each service in turn, the costliest first."""

    def find_reversals(self, price_level: float = 1.0) -> tuple[LeaveOneOutIndex, ...]:
        """Find the services without which the Fisher index changes direction.

        Args:
            price_level: General price level of the later window, with the earlier one as 1: the
                directions are then those in real terms.

        Returns:
            The indices without each of them, in cash, the costliest service first.
        """
        return tuple(
            exclusion
            for exclusion in self.leave_one_out
            if _is_opposite(self.index.fisher, exclusion.index.fisher, price_level)
        )

    def depends_on_volumes(self, price_level: float = 1.0) -> bool:
        """Whether the Laspeyres and the Paasche index have opposite directions.

        Args:
            price_level: As for ``find_reversals``.
        """
        return _is_opposite(self.index.laspeyres, self.index.paasche, price_level)


def compare_matched_costs(
    volume_before: npt.ArrayLike,
    cost_before: npt.ArrayLike,
    volume_after: npt.ArrayLike,
    cost_after: npt.ArrayLike,
) -> MatchedBasket:
    """Cost of the same services in two windows, and its price index.

    The index is that of Laspeyres (1871), with the volumes of the earlier window, and that of
    Paasche (1874), with those of the later window.

    Args:
        volume_before: Transactions of each service, shape (services,), NaN where not reported.
        cost_before: Cost per transaction in £, in the same order.
        volume_after: Transactions in the later window, for the same services in the same order.
        cost_after: Cost per transaction in £ in the later window, in the same order.

    Returns:
        Totals in £, the index (1 is no change) and the index without each service in turn.

    Raises:
        ValueError: If the arrays do not all have one shape (services,).

    Example:
        >>> basket = compare_matched_costs([100, 50], [2.0, 4.0], [120, 40], [1.5, 4.0])
        >>> basket.total_before, basket.total_after, basket.index.laspeyres
        (400.0, 340.0, 0.875)
        >>> round(basket.index.paasche, 3), round(basket.index.fisher, 3)
        (0.85, 0.862)
    """
    v0, c0, v1, c1 = align_arrays(volume_before, cost_before, volume_after, cost_after)
    in_basket = (v0 > 0) & (v1 > 0) & ~np.isnan(c0) & ~np.isnan(c1)
    volumes = np.stack([v0[in_basket], v1[in_basket]])
    earlier_costs, later_costs = volumes * c0[in_basket], volumes * c1[in_basket]
    return MatchedBasket(
        service_count=int(in_basket.sum()),
        total_before=float(earlier_costs[0].sum()) if in_basket.any() else None,
        total_after=float(later_costs[1].sum()) if in_basket.any() else None,
        index=_price_index(earlier_costs.sum(axis=1), later_costs.sum(axis=1)),
        leave_one_out=_leave_one_out_indices(np.flatnonzero(in_basket), earlier_costs, later_costs),
    )


def _leave_one_out_indices(
    positions: npt.NDArray[np.intp], before: FloatArray, after: FloatArray
) -> tuple[LeaveOneOutIndex, ...]:
    """Index without each of the services, one at a time."""
    costs = before[0]
    total = float(costs.sum())
    if not total > 0:
        return ()
    before_without, after_without = _sums_without_each(before), _sums_without_each(after)
    return tuple(
        LeaveOneOutIndex(
            position=int(positions[service]),
            cost_share=float(costs[service] / total),
            index=_price_index(before_without[:, service], after_without[:, service]),
        )
        for service in np.argsort(-costs, kind="stable")
    )


def _sums_without_each(costs: FloatArray) -> FloatArray:
    """Sum of each row without each column, shape (2, services). Exactly 0 without the only one."""
    start = np.zeros((len(costs), 1))
    before = np.cumsum(costs[:, :-1], axis=1)
    after = np.cumsum(costs[:, :0:-1], axis=1)[:, ::-1]
    sums: FloatArray = np.hstack([start, before]) + np.hstack([after, start])
    return sums


def _price_index(before: FloatArray, after: FloatArray) -> PriceIndex:
    """Index from total costs at the earlier and at the later volumes, each of shape (2,)."""
    laspeyres, paasche = (
        float(later / earlier) if earlier > 0 else None
        for earlier, later in zip(before, after, strict=True)
    )
    return PriceIndex(laspeyres, paasche)


def _is_opposite(index: float | None, other: float | None, price_level: float) -> bool:
    """Whether one index shows a rise and the other a fall, at a general price level."""
    if index is None or other is None:
        return False
    return (index - price_level) * (other - price_level) < 0
