"""Estimates of the annual saving by three methods, and why they differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbook.indicators import Indicator
from workbook.outcome import Outcome
from workbook.text.grammar import format_count
from workbook.text.numbers import format_money, format_share
from workbook.topics.savings.appraisal import PERCENTAGE_POINTS
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.parameters import Savings

_VOLUME_BANDS = {"under 1 million": 1e6, "1 to 8 million": 8e6, "over 8 million": np.inf}
"""Bands of transactions a year, and the upper end of each."""

_VOLUME_DIMENSION = "annual volume"
_GOVERNMENT_TRANSACTIONS = float(Savings.parameters()["volume"].default)
"""Published transactions a year of all of government."""

_OFFLINE_CHANNEL_SHARES = {"phone": 0.8, "face_to_face": 0.2}
"""Shares of contacts by the other channels, as the report assumes them."""

_ESTIMATE_COLUMNS = [
    "way",
    "take_up_from",
    "take_up_to",
    "annual_saving",
    "low",
    "high",
    "covers",
    "why",
]


_CHANNEL_COST_ESTIMATE_NOTE = (
    "Counts contacts: what one costs by phone, by post or face to face against online, less help "
    "for those who need it. A service from end to end costs more than its contacts."
)


@dataclass(frozen=True)
class BottomUpEstimate:
    """The annual saving by the report's rates, added up over services.

    Attributes:
        saving: Pounds a year.
        low: The low end of the range, in pounds a year.
        high: The high end of the range, in pounds a year.
        volume: Transactions a year of the services that report.
        take_up: Their take-up, weighted by volume.
        service_count: Number of services that report.
        services_below_target: Number of them below the target.
    """

    saving: float
    low: float
    high: float
    volume: float
    take_up: float
    service_count: int
    services_below_target: int


def estimate_by_channel(annual_saving: Indicator, inputs: AppraisalInputs) -> dict[str, Any]:
    """Estimate the saving by the costs of each channel, as the appraisal does.

    Args:
        annual_saving: The indicator of the annual saving.
        inputs: Point values.

    Returns:
        A row of the table of estimates.
    """
    return {
        "way": "Costs by channel (this scenario)",
        "take_up_from": float(inputs.initial_take_up),
        "take_up_to": float(inputs.final_take_up),
        "annual_saving": annual_saving.value,
        "low": annual_saving.low,
        "high": annual_saving.high,
        "covers": volume_coverage(float(inputs["volume"])),
        "why": _CHANNEL_COST_ESTIMATE_NOTE,
    }


def estimate_bottom_up(
    rates: pd.DataFrame, take_up: Outcome | None, target: float
) -> BottomUpEstimate | None:
    """Estimate the saving service by service, with the rate of each one's volume band.

    A service above the target saves nothing. Source: Digital Efficiency Report, figure 1.

    Args:
        rates: The table of efficiency rates, pounds a year for each percentage point.
        take_up: Outcome of the take-up topic, if there is one.
        target: Target take-up.

    Returns:
        The estimate; None if no service reports.
    """
    if take_up is None:
        return None
    services = take_up.frame("services").dropna(subset=["take_up", "volume"])
    if services.empty:
        return None
    band = pd.cut(
        services["volume"], [0, *_VOLUME_BANDS.values()], labels=list(_VOLUME_BANDS), right=False
    )
    rates_by_band = rates[rates["dimension"] == _VOLUME_DIMENSION].set_index("category")
    points = PERCENTAGE_POINTS * (target - services["take_up"]).clip(lower=0)
    saving, low, high = (
        float((rates_by_band[name].reindex(band).to_numpy(float) * points.to_numpy(float)).sum())
        for name in ("saving_per_point", "low", "high")
    )
    volume = float(services["volume"].sum())
    digital_share = float((services["volume"] * services["take_up"]).sum()) / volume
    services_below = int((points > 0).sum())
    return BottomUpEstimate(saving, low, high, volume, digital_share, len(services), services_below)


def top_down_saving_share(ratios: Mapping[Any, Any], start: float, target: float) -> float:
    """Share of the report's cost that a change of take-up saves.

    ``(cost(start) − cost(target)) ÷ cost(d)``, where ``cost(u) = u × digital + (1 − u) × other``,
    ``other = 0.8 × phone + 0.2 × face to face`` and d is the report's own take-up. Source: Digital
    Efficiency Report, figure 22.

    Args:
        ratios: A row of the table of cost ratios.
        start: Take-up before the change.
        target: Take-up after the change.

    Returns:
        A fraction of the cost at the report's take-up; negative if take-up falls.
    """
    other_cost = sum(
        share * float(ratios[channel]) for channel, share in _OFFLINE_CHANNEL_SHARES.items()
    )

    def relative_cost(take_up: float) -> float:
        return take_up * float(ratios["digital"]) + (1 - take_up) * other_cost

    return (relative_cost(start) - relative_cost(target)) / relative_cost(
        float(ratios["take_up_now"])
    )


def compare_estimates(
    scenario_estimate: dict[str, Any],
    bottom_up_estimate: BottomUpEstimate | None,
    ratios: Sequence[Mapping[Any, Any]],
) -> pd.DataFrame:
    """Compare the estimates.

    Args:
        scenario_estimate: The row of the estimate by channel costs.
        bottom_up_estimate: The estimate by the report's rates, if any.
        ratios: Rows of the table of cost ratios.

    Returns:
        A row for each estimate: take-up before and after, pounds a year with low and high ends, the
        share of government's transactions that it covers, and why it differs.
    """
    start, target = scenario_estimate["take_up_from"], scenario_estimate["take_up_to"]
    rows = [scenario_estimate]
    if bottom_up_estimate is not None:
        rows.append(_rates_estimate(bottom_up_estimate, target))
    for row in ratios:
        rows.append(_ratios_estimate(row, float(row["take_up_now"]), float(row["take_up_target"])))
        rows.append(_ratios_estimate(row, start, target))
    return pd.DataFrame(rows, columns=_ESTIMATE_COLUMNS)


def volume_coverage(volume: float) -> float:
    """Share of government's transactions, at most 1."""
    return min(1.0, volume / _GOVERNMENT_TRANSACTIONS)


def _rates_estimate(bottom_up_estimate: BottomUpEstimate, target: float) -> dict[str, Any]:
    coverage, is_single_service = (
        volume_coverage(bottom_up_estimate.volume),
        bottom_up_estimate.service_count == 1,
    )
    services_text = format_count(bottom_up_estimate.service_count, "service", one="one")
    below_text = (
        ""
        if is_single_service
        else f", of which {bottom_up_estimate.services_below_target} lie below the target"
    )
    return {
        "way": f"The report’s rates, service by service ({format_share(coverage)} of transactions)",
        "take_up_from": bottom_up_estimate.take_up,
        "take_up_to": target,
        "annual_saving": bottom_up_estimate.saving,
        "low": bottom_up_estimate.low,
        "high": bottom_up_estimate.high,
        "covers": coverage,
        "why": (
            f"Covers {services_text} with {format_share(coverage)} of government’s"
            f" transactions{below_text}: above the target nothing is saved. It counts services from"
            " end to end, with whatever else a redesign saves."
        ),
    }


def _ratios_estimate(row: Mapping[Any, Any], start: float, target: float) -> dict[str, Any]:
    share = top_down_saving_share(row, start, target)
    base_cost = float(row["base_cost"])
    is_as_published = (start, target) == (row["take_up_now"], row["take_up_target"])
    reason = (
        f"Saves {format_share(share)} of {format_money(base_cost)}, all that transactions cost from"
        " end to end. "
    )
    reason += (
        "It starts from 46.1%, the mean of 40 services each counted once; by volume far more is "
        "digital already."
        if is_as_published
        else "It starts from the scenario’s own take-up; the cost is that at 46.1%."
    )
    return {
        "way": f"The report’s cost ratios {row['ratios']}"
        + (", as printed" if is_as_published else ""),
        "take_up_from": start,
        "take_up_to": target,
        "annual_saving": share * base_cost,
        "low": np.nan,
        "high": np.nan,
        "covers": 1.0,
        "why": reason,
    }
