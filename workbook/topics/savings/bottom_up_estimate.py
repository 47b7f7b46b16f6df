"""Bottom-up estimate: the report's saving rates applied service by service."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from workbook.methods.arrays import FloatArray
from workbook.outcome import Outcome
from workbook.tables.derived_values import remember_by_source
from workbook.text.grammar import format_count
from workbook.text.numbers import format_estimate
from workbook.topics.savings.appraisal import PERCENTAGE_POINTS
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.reporting_services import format_volume
from workbook.topics.savings.suspect_services import SuspectServices

_VOLUME_BANDS = {"under 1 million": 1e6, "1 to 8 million": 8e6, "over 8 million": np.inf}
"""Bands of transactions a year, and the upper end of each."""

_VOLUME_DIMENSION = "annual volume"
_GOVERNMENT_TRANSACTIONS = float(Savings.parameters()["volume"].default)
"""Published transactions a year of all of government."""


@dataclass(frozen=True)
class BottomUpEstimate:
    """Annual saving by the report's rates, summed over services.

    Attributes:
        saving: Pounds a year.
        low: The low end of the range, in pounds a year.
        high: The high end of the range, in pounds a year.
        volume: Transactions a year of the services that report.
        take_up: Their take-up, weighted by volume.
        service_count: Number of services that report.
        services_below_target: Number of them below the target.
        saving_without_suspects: Pounds a year without services whose digital count is probably
            missing. None where there are none.
        suspects: These services, None where there are none.
    """

    saving: float
    low: float
    high: float
    volume: float
    take_up: float
    service_count: int
    services_below_target: int
    saving_without_suspects: float | None = None
    suspects: SuspectServices | None = None

    def describe_exclusion(self) -> str:
        """Say what the saving is without those services; empty where there are none."""
        if self.suspects is None or self.saving_without_suspects is None:
            return ""
        amount = format_estimate(self.saving_without_suspects, "GBP")
        return f" The saving is {amount} {self.suspects.describe_exclusion()}."


class _ReportingServices(NamedTuple):
    """Services that report: arrays of one shape, and the band of each service's volume."""

    name: npt.NDArray[np.object_]
    volume: FloatArray
    take_up: FloatArray
    band: npt.NDArray[np.intp]


def estimate_bottom_up(
    rates: pd.DataFrame,
    take_up: Outcome | None,
    target: float,
    suspects: SuspectServices | None,
) -> BottomUpEstimate | None:
    """Estimate the saving of each service with the rate of its volume band.

    A service above the target saves nothing. Source: Digital Efficiency Report, figure 1.

    Args:
        rates: The table of efficiency rates, pounds a year for each percentage point.
        take_up: Outcome of the take-up topic, if there is one.
        target: Target take-up.
        suspects: Services whose digital count is probably missing, if there are any.

    Returns:
        The estimate; None if no service reports.
    """
    if take_up is None:
        return None
    services = _reporting_services(take_up)
    if services is None:
        return None
    points = PERCENTAGE_POINTS * np.maximum(target - services.take_up, 0)
    savings, lows, highs = points * _rates_by_band(rates)[:, services.band]
    volume = float(services.volume.sum())
    digital_share = float((services.volume * services.take_up).sum()) / volume
    services_below = int((points > 0).sum())
    is_kept = ~np.isin(services.name, suspects.names if suspects else ())
    return BottomUpEstimate(
        float(np.nansum(savings)),
        float(np.nansum(lows)),
        float(np.nansum(highs)),
        volume,
        digital_share,
        len(services.name),
        services_below,
        float(np.nansum(savings[is_kept])) if suspects else None,
        suspects,
    )


@remember_by_source
def _reporting_services(take_up: Outcome) -> _ReportingServices | None:
    table = take_up.frame("services").dropna(subset=["take_up", "volume"])
    if table.empty:
        return None
    volume = table["volume"].to_numpy(float)
    return _ReportingServices(
        table["service"].to_numpy(object),
        volume,
        table["take_up"].to_numpy(float),
        np.digitize(volume, list(_VOLUME_BANDS.values())),
    )


def _rates_by_band(rates: pd.DataFrame) -> FloatArray:
    """Central, low and high rate of each band, shape (3, bands); NaN for a band without rates."""
    by_band = rates[rates["dimension"] == _VOLUME_DIMENSION].set_index("category")
    columns = by_band.reindex(list(_VOLUME_BANDS))[["saving_per_point", "low", "high"]]
    return columns.to_numpy(float).T


def describe_bottom_up(bottom_up_estimate: BottomUpEstimate, target: float) -> dict[str, Any]:
    """Write the estimate as a row of the table of estimates.

    Args:
        bottom_up_estimate: The estimate.
        target: Target take-up.

    Returns:
        The row.
    """
    is_single_service = bottom_up_estimate.service_count == 1
    services_text = format_count(bottom_up_estimate.service_count, "service", one="one")
    below_text = (
        ""
        if is_single_service
        else f", {bottom_up_estimate.services_below_target} of them below the target"
    )
    return {
        "way": f"Bottom-up, rates by service ({services_text})",
        "take_up_from": bottom_up_estimate.take_up,
        "take_up_to": target,
        "annual_saving": bottom_up_estimate.saving,
        "low": bottom_up_estimate.low,
        "high": bottom_up_estimate.high,
        "covers": volume_coverage(bottom_up_estimate.volume),
        "why": (
            f"Covers {services_text} with {format_volume(bottom_up_estimate.volume)} transactions"
            f"{below_text}.{bottom_up_estimate.describe_exclusion()} The published"
            f" total for all of government is {format_volume(_GOVERNMENT_TRANSACTIONS)}. A"
            " service above the target saves nothing."
            " The rates count whole services, including everything else that a redesign saves."
        ),
    }


def volume_coverage(volume: float) -> float:
    """Share of government's transactions, at most 1."""
    return min(1.0, volume / _GOVERNMENT_TRANSACTIONS)
