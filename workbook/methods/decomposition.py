"""Decomposition of a change in take-up between two windows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import BoolArray, FloatArray
from workbook.methods.counts import align_arrays


@dataclass(frozen=True)
class Decomposition:
    """Take-up before and after, and five effects that add up to the change of the headline.

    Shares and effects are fractions of 1. The headline covers every service that reports in a
    window. ``matched`` covers the services that report in both windows. A field is None where there
    is nothing to divide by: without a matched service there are no effects.
    """

    headline_before: float | None
    headline_after: float | None
    matched_before: float | None
    matched_after: float | None
    within: float | None
    """Change of take-up within the services, at the earlier shares of volume."""
    mix: float | None
    """Shift of volume between the services, at their earlier take-up."""
    interaction: float | None
    """Both at once: a shift of volume towards services whose take-up rose."""
    entry: float | None
    """Effect of services that started to report."""
    exit: float | None
    """Effect of services that stopped reporting."""
    services_before: int
    services_after: int
    services_matched: int
    volume_covered: float | None
    """Volume of the matched services as a share of all volume, in the later window."""


def is_reporting(volume: npt.ArrayLike, digital: npt.ArrayLike) -> BoolArray:
    """Whether each service reports: its volume is above 0 and its digital count is not blank.

    Args:
        volume: Transactions, NaN where not reported, any shape.
        digital: Digital transactions in the same shape.

    Returns:
        True or False for each service, in that shape.
    """
    return (np.asarray(volume, np.float64) > 0) & ~np.isnan(np.asarray(digital, np.float64))


def decompose_change(
    volume_before: npt.ArrayLike,
    digital_before: npt.ArrayLike,
    volume_after: npt.ArrayLike,
    digital_after: npt.ArrayLike,
) -> Decomposition:
    """Decompose the change of take-up between two windows.

    Let w be a service's share of the matched volume, t its take-up, T matched take-up and H the
    headline. The matched change T1 − T0 has three parts (Foster, Haltiwanger and Krizan, 2001):

    - the within-service effect Σ w0 (t1 − t0);
    - the mix effect Σ (w1 − w0) t0;
    - the interaction Σ (w1 − w0)(t1 − t0).

    The entry effect is H1 − T1 and the exit effect T0 − H0.

    Args:
        volume_before: Transactions of each service, shape (services,), NaN where not reported.
        digital_before: Digital transactions in the same order. A count above the volume is kept as
            published.
        volume_after: Transactions in the later window, for the same services in the same order.
        digital_after: Digital transactions in the later window, in the same order.

    Returns:
        Take-up in both windows, the five effects and the numbers of services.

    Raises:
        ValueError: If the arrays do not all have one shape (services,).

    Example:
        >>> change = decompose_change([100, 100], [50, 80], [100, 300], [60, 240])
        >>> round(change.headline_before, 3), round(change.headline_after, 3)
        (0.65, 0.75)
        >>> round(change.within, 3), round(change.mix, 3), round(change.interaction, 3)
        (0.05, 0.075, -0.025)
    """
    v0, d0, v1, d1 = align_arrays(volume_before, digital_before, volume_after, digital_after)
    reporting_before, reporting_after = is_reporting(v0, d0), is_reporting(v1, d1)
    reporting_both = reporting_before & reporting_after
    h0, h1 = (
        _aggregate_take_up(v0, d0, reporting_before),
        _aggregate_take_up(v1, d1, reporting_after),
    )
    t0, t1 = _aggregate_take_up(v0, d0, reporting_both), _aggregate_take_up(v1, d1, reporting_both)
    within, mix, interaction = _matched_effects(
        v0[reporting_both], d0[reporting_both], v1[reporting_both], d1[reporting_both]
    )
    return Decomposition(
        headline_before=h0,
        headline_after=h1,
        matched_before=t0,
        matched_after=t1,
        within=within,
        mix=mix,
        interaction=interaction,
        entry=None if h1 is None or t1 is None else h1 - t1,
        exit=None if h0 is None or t0 is None else t0 - h0,
        services_before=int(reporting_before.sum()),
        services_after=int(reporting_after.sum()),
        services_matched=int(reporting_both.sum()),
        volume_covered=_volume_coverage(v1, reporting_both),
    )


def _aggregate_take_up(volume: FloatArray, digital: FloatArray, mask: BoolArray) -> float | None:
    """Digital as a share of all transactions over the selected services, or None without any."""
    return float(digital[mask].sum() / volume[mask].sum()) if mask.any() else None


def _matched_effects(
    v0: FloatArray, d0: FloatArray, v1: FloatArray, d1: FloatArray
) -> tuple[float, float, float] | tuple[None, None, None]:
    """Within-service, mix and interaction effect of services that report in both windows."""
    if not v0.size:
        return None, None, None
    w0, w1 = v0 / v0.sum(), v1 / v1.sum()
    take_up_change, volume_shift, initial_take_up = d1 / v1 - d0 / v0, w1 - w0, d0 / v0
    return (
        float(w0 @ take_up_change),
        float(volume_shift @ initial_take_up),
        float(volume_shift @ take_up_change),
    )


def _volume_coverage(volume: FloatArray, mask: BoolArray) -> float | None:
    """Volume of the selected services as a share of all volume, or None without any."""
    total_volume = float(volume[volume > 0].sum())
    return float(volume[mask].sum()) / total_volume if total_volume > 0 else None
