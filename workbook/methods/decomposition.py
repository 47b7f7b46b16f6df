"""The change of take-up between two windows: what rose, what shifted, and who came and went."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from workbook.methods.arrays import BoolArray, FloatArray
from workbook.methods.counts import align_arrays


@dataclass(frozen=True)
class Decomposition:
    """Take-up before and after, and the five parts that add up to the headline's change.

    Shares and parts are fractions of 1. The headline is over every service that reports in a
    window, ``matched`` over those that report in both. None where there is nothing to divide by:
    without a matched service there are no parts.
    """

    headline_before: float | None
    headline_after: float | None
    matched_before: float | None
    matched_after: float | None
    within: float | None
    """Take-up of each service moved, at the shares of volume that they had."""
    mix: float | None
    """Volume moved between the services, at the take-up that they had."""
    interaction: float | None
    """Both at once: volume moved to services whose own take-up rose."""
    entry: float | None
    """Services report that did not before."""
    exit: float | None
    """Services report no longer."""
    services_before: int
    services_after: int
    services_matched: int
    volume_covered: float | None
    """Volume of the matched services as a share of everybody's, in the later window."""

    @property
    def headline_change(self) -> float | None:
        """The change of the headline."""
        if self.headline_before is None or self.headline_after is None:
            return None
        return self.headline_after - self.headline_before


def is_reporting(volume: npt.ArrayLike, digital: npt.ArrayLike) -> BoolArray:
    """Whether each service reports: a volume above 0 and a digital volume that is not blank."""
    return (np.asarray(volume, np.float64) > 0) & ~np.isnan(np.asarray(digital, np.float64))


def decompose_change(
    volume_before: npt.ArrayLike,
    digital_before: npt.ArrayLike,
    volume_after: npt.ArrayLike,
    digital_after: npt.ArrayLike,
) -> Decomposition:
    """Decompose the change of take-up between two windows.

    Args:
        volume_before: Transactions of each service, shape (services,), NaN where not reported.
        digital_before: Digital ones, aligned with it. More than the volume is kept as published.
        volume_after: As before, in the later window; the same services in the same order.
        digital_after: As before, in the later window.

    With w a service's share of the matched volume and t its take-up, T1 − T0 =
    Σ w0 (t1 − t0) + Σ (w1 − w0) t0 + Σ (w1 − w0)(t1 − t0) (Foster, Haltiwanger and Krizan, 2001);
    entry = H1 − T1 and exit = T0 − H0. Raises ValueError for arrays that are not aligned.
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
    return float(digital[mask].sum() / volume[mask].sum()) if mask.any() else None


def _matched_effects(
    v0: FloatArray, d0: FloatArray, v1: FloatArray, d1: FloatArray
) -> tuple[float, float, float] | tuple[None, None, None]:
    """Within, mix and interaction of services that report in both windows."""
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
    total_volume = float(volume[volume > 0].sum())
    return float(volume[mask].sum()) / total_volume if total_volume > 0 else None
