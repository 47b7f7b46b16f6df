"""Top-down estimate: the report's cost ratios applied to the cost of all transactions."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from workbook.text.numbers import format_money, format_share

_OFFLINE_CHANNEL_SHARES = {"phone": 0.8, "face_to_face": 0.2}
"""The report's shares of contacts by the other channels."""


def top_down_saving_share(ratios: Mapping[Any, Any], start: float, target: float) -> float:
    """Calculate the share of the report's cost that a change of take-up saves.

    ``(cost(start) − cost(target)) ÷ cost(d)``, where d is the report's own take-up. The cost is
    ``cost(u) = u × digital + (1 − u) × other``, with ``other = 0.8 × phone + 0.2 × face to face``.
    Source: Digital Efficiency Report, figure 22.

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


def describe_top_down(row: Mapping[Any, Any], start: float, target: float) -> dict[str, Any]:
    """Write an estimate as a row of the table of estimates.

    Args:
        row: A row of the table of cost ratios.
        start: Take-up before the change.
        target: Take-up after the change.

    Returns:
        The row.
    """
    share = top_down_saving_share(row, start, target)
    base_cost = float(row["base_cost"])
    is_as_published = (start, target) == (row["take_up_now"], row["take_up_target"])
    digital_cost = format_share(float(row["digital"]) / float(row["face_to_face"]))
    reason = (
        f"A digital transaction costs {digital_cost} of one face to face. Saves"
        f" {format_share(share)} of {format_money(base_cost)}, the cost of all transactions as"
        " implied by the report, on this cost ratio. "
    )
    reason += (
        "Starts from 46.1%, the mean of 40 services each counted once. By volume, take-up was"
        " already much higher."
        if is_as_published
        else "Starts from the scenario’s starting take-up. The cost is the one at 46.1%."
    )
    return {
        "way": f"Top-down, digital {digital_cost} of face to face"
        + (" (published)" if is_as_published else ""),
        "take_up_from": start,
        "take_up_to": target,
        "annual_saving": share * base_cost,
        "low": np.nan,
        "high": np.nan,
        "covers": 1.0,
        "why": reason,
    }
