"""The one service that accounts for most of a large entry or exit effect."""

from dataclasses import dataclass, replace

import numpy as np

from workbook.methods.arrays import BoolArray, FloatArray
from workbook.periods import quarter_of, quarters_between
from workbook.topics.take_up.comparison import WindowComparison

_LARGE_EFFECT = 0.01
"""Entry and exit effects of more than one point are large."""

_DOMINANT_PART = 0.5
"""Part of an effect above which one service is named."""


@dataclass(frozen=True)
class EarlierReport:
    """What a service reported before it stopped and started again.

    Attributes:
        window_end: Month in which the last window of that time ends.
        digital: Digital transactions in it.
        take_up: Take-up in it, as a fraction of 1.
        quarters: Quarters from that window to the one in which it reports again.
    """

    window_end: str
    digital: float
    take_up: float
    quarters: int


@dataclass(frozen=True)
class DominantService:
    """A service that accounts for more than half of an effect.

    Attributes:
        label: The service's name.
        effect: Its part of the effect, as a fraction of 1.
        take_up_without: Take-up of all other services that report in that window.
        is_without_digital: Whether it reports no digital transactions in that window.
        other_count: Number of the other services of that effect.
        other_effect: Their part of the effect, as a fraction of 1.
        earlier_report: What it had reported before the windows compared; None if it is new, or if
            the effect is that of its stopping.
    """

    label: str
    effect: float
    take_up_without: float
    is_without_digital: bool
    other_count: int
    other_effect: float
    earlier_report: EarlierReport | None = None


def find_dominant_entrant(comparison: WindowComparison) -> DominantService | None:
    """Find the service that accounts for most of a large entry effect.

    Args:
        comparison: The two windows compared.

    Returns:
        The service; None if the effect is small or comes from several services.
    """
    entrant = _find_dominant(
        comparison, comparison.change_decomposition.entry, comparison.after, comparison.before, 1
    )
    if entrant is None:
        return None
    return replace(entrant, earlier_report=_find_earlier_report(comparison, entrant.label))


def find_dominant_leaver(comparison: WindowComparison) -> DominantService | None:
    """Find the service that accounts for most of a large exit effect.

    Args:
        comparison: The two windows compared.

    Returns:
        The service; None if the effect is small or comes from several services.
    """
    return _find_dominant(
        comparison, comparison.change_decomposition.exit, comparison.before, comparison.after, -1
    )


def _find_dominant(
    comparison: WindowComparison,
    effect: float | None,
    window: int | None,
    other_window: int | None,
    sign: int,
) -> DominantService | None:
    """The service that reports in one window only and moves that window's take-up most."""
    if effect is None or abs(effect) <= _LARGE_EFFECT or window is None or other_window is None:
        return None
    reports = comparison.counts.is_reporting
    moved_take_up = _take_up_without_each(comparison, window, reports[:, window])
    take_up = comparison.counts.digital[reports[:, window], window].sum() / (
        comparison.counts.volume[reports[:, window], window].sum()
    )
    is_single = reports[:, window] & ~reports[:, other_window]
    parts = np.where(is_single, sign * (take_up - moved_take_up), 0.0) / effect
    position = int(np.nanargmax(parts))
    if not parts[position] > _DOMINANT_PART:
        return None
    service_effect = float(parts[position] * effect)
    return DominantService(
        label=str(comparison.counts.service_labels[position]),
        effect=service_effect,
        take_up_without=float(moved_take_up[position]),
        is_without_digital=bool(comparison.counts.digital[position, window] == 0),
        other_count=int(is_single.sum()) - 1,
        other_effect=effect - service_effect,
    )


def _find_earlier_report(comparison: WindowComparison, label: str) -> EarlierReport | None:
    """The last report of a service with digital transactions before the earlier window."""
    counts = comparison.counts
    service = int(np.flatnonzero(counts.service_labels == label)[0])
    has_digital = counts.is_reporting[service] & (counts.digital[service] > 0)
    windows = np.flatnonzero(has_digital[: comparison.before])
    if not len(windows):
        return None
    last = int(windows[-1])
    again = last + 1 + int(np.argmax(counts.is_reporting[service, last + 1 :]))
    return EarlierReport(
        counts.windows[last],
        float(counts.digital[service, last]),
        float(counts.digital[service, last] / counts.volume[service, last]),
        quarters_between(quarter_of(counts.windows[last]), quarter_of(counts.windows[again])),
    )


def _take_up_without_each(
    comparison: WindowComparison, window: int, reports: BoolArray
) -> FloatArray:
    """Take-up of all services that report but one, for each service; NaN if it is the only one."""
    volume = np.where(reports, comparison.counts.volume[:, window], 0.0)
    digital = np.where(reports, comparison.counts.digital[:, window], 0.0)
    other_volume = volume.sum() - volume
    return np.where(
        other_volume > 0,
        (digital.sum() - digital) / np.where(other_volume > 0, other_volume, 1.0),
        np.nan,
    )
