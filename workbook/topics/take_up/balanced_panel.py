"""Balanced panel: the services and windows that a forecast covers."""

from dataclasses import dataclass

import numpy as np

from workbook.methods.arrays import BoolArray
from workbook.periods import quarter_of
from workbook.topics.take_up.service_panel import ServicePanel

_LEAST_VOLUME_SHARE = 0.7
"""Share of the latest volume that the panel's services must have.

The higher the share, the fewer windows are left in which the same services report.
"""


@dataclass(frozen=True)
class BalancedPanel:
    """Services that report in every one of some consecutive windows, added up to one series.

    Attributes:
        quarters: The quarter in which each window ends.
        digital: Digital transactions in each window.
        volume: Transactions in each window.
        services: Number of services.
        volume_share: Their share of the latest volume of all services.
    """

    quarters: tuple[str, ...]
    digital: tuple[float, ...]
    volume: tuple[float, ...]
    services: int
    volume_share: float

    @property
    def take_up(self) -> tuple[float, ...]:
        """Take-up in each window, as a fraction of 1."""
        return tuple(d / v for d, v in zip(self.digital, self.volume, strict=True))


def select_balanced_panel(counts: ServicePanel) -> BalancedPanel:
    """Select the most windows in which the same services have enough of the latest volume.

    Args:
        counts: The panel of services.

    Returns:
        The services that report in every selected window, added up.

    Raises:
        ValueError: No service reports in any window.
    """
    members, positions, volume_share = _find_panel(counts)
    return BalancedPanel(
        quarters=tuple(quarter_of(counts.windows[position]) for position in positions),
        digital=tuple(counts.digital[members][:, positions].sum(axis=0).tolist()),
        volume=tuple(counts.volume[members][:, positions].sum(axis=0).tolist()),
        services=int(members.sum()),
        volume_share=volume_share,
    )


def find_panel_members(counts: ServicePanel) -> BoolArray:
    """Find the services of the balanced panel.

    Args:
        counts: The panel of services.

    Returns:
        True for each service that the balanced panel covers, shape (services,).

    Raises:
        ValueError: No service reports in any window.
    """
    return _find_panel(counts)[0]


def _find_panel(counts: ServicePanel) -> tuple[BoolArray, list[int], float]:
    """Members, positions of the windows, and the members' share of the latest volume."""
    last = counts.latest_window()
    if last is None:
        msg = "no service reports in any 12-month period, so there is nothing to forecast"
        raise ValueError(msg)
    positions = counts.windows_up_to(last)
    reports = counts.is_reporting[:, positions]
    reported_since = np.logical_and.accumulate(reports[:, ::-1], axis=1)[:, ::-1]
    latest_volume = np.where(reports[:, -1], counts.volume[:, last], 0.0)
    volume_shares = latest_volume @ reported_since / latest_volume.sum()
    start = int(np.argmax(volume_shares >= _LEAST_VOLUME_SHARE))
    return reported_since[:, start], positions[start:], float(volume_shares[start])
