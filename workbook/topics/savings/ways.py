"""Three ways to the same answer: channel costs, the report's rates, its ratios; why they differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from workbook import words
from workbook.outcome import Outcome
from workbook.topics.savings.cashflow import POINTS
from workbook.topics.savings.scenario import Savings

SIZES = {"under 1 million": 1e6, "1 to 8 million": 8e6, "over 8 million": np.inf}
"""Bands of a service's transactions a year, each up to this many."""

VOLUME = "annual volume"
GOVERNMENT = float(Savings.parameters()["volume"].default)
"""Transactions a year of all of government, as published."""

OFFLINE = {"phone": 0.8, "face_to_face": 0.2}
"""What the report takes the other contacts to be made of."""

COLUMNS = ["way", "take_up_from", "take_up_to", "annual_saving", "low", "high", "covers", "why"]


@dataclass(frozen=True)
class BottomUp:
    """The report's rates over the services of the table, in pounds a year.

    ``volume`` are the transactions of the services that report, ``take_up`` their share online;
    ``reporting`` of them there are, ``below`` the target lie so many.
    """

    saving: float
    low: float
    high: float
    volume: float
    take_up: float
    reporting: int
    below: int


def bottom_up(rates: pd.DataFrame, take_up: Outcome | None, target: float) -> BottomUp | None:
    """Each service's points to the target by the rate of its volume band; above it, nothing.

    None where no service reports. Source: Digital Efficiency Report, figure 1.
    """
    if take_up is None:
        return None
    services = take_up.tables["services"].dropna(subset=["take_up", "volume"])
    if services.empty:
        return None
    band = pd.cut(services["volume"], [0, *SIZES.values()], labels=list(SIZES), right=False)
    by_band = rates[rates["dimension"] == VOLUME].set_index("category")
    points = POINTS * (target - services["take_up"]).clip(lower=0)
    saving, low, high = (
        float((by_band[name].reindex(band).to_numpy(float) * points.to_numpy(float)).sum())
        for name in ("saving_per_point", "low", "high")
    )
    volume = float(services["volume"].sum())
    online = float((services["volume"] * services["take_up"]).sum()) / volume
    below = int((points > 0).sum())
    return BottomUp(saving, low, high, volume, online, len(services), below)


def top_down(ratios: Mapping[Any, Any], start: float, target: float) -> float:
    """Share of the report's cost that is saved by going from one take-up to another.

    ``(cost(start) − cost(target)) ÷ cost(d)``, where ``cost(u) = u·rd + (1−u)·off``,
    ``off = 0.8·phone + 0.2·face to face`` and d is the report's own take-up. From d on that is
    ``1 − cost(target) ÷ cost(d)``. Source: Digital Efficiency Report, figure 22.
    """
    other = sum(share * float(ratios[channel]) for channel, share in OFFLINE.items())

    def cost(take_up: float) -> float:
        return take_up * float(ratios["digital"]) + (1 - take_up) * other

    return (cost(start) - cost(target)) / cost(float(ratios["take_up_now"]))


def ways(
    own: dict[str, Any], found: BottomUp | None, ratios: Sequence[Mapping[Any, Any]]
) -> pd.DataFrame:
    """A row for each way; ``own`` is that by channel, ``ratios`` are those of the report.

    Columns: ``COLUMNS``; amounts in pounds a year, ``covers`` the share of government's volume.
    """
    start, target = own["take_up_from"], own["take_up_to"]
    rows = [own]
    if found is not None:
        rows.append(_by_rates(found, target))
    for row in ratios:
        rows.append(_by_ratios(row, float(row["take_up_now"]), float(row["take_up_target"])))
        rows.append(_by_ratios(row, start, target))
    return pd.DataFrame(rows, columns=COLUMNS)


def covered(volume: float) -> float:
    """The share that so many transactions are of all of government's."""
    return min(1.0, volume / GOVERNMENT)


def _by_rates(found: BottomUp, target: float) -> dict[str, Any]:
    covers, one = covered(found.volume), found.reporting == 1
    services = "one service" if one else f"{found.reporting} services"
    below = "" if one else f", of which {found.below} lie below the target"
    return {
        "way": f"The report’s rates, service by service ({words.percent(covers)} of transactions)",
        "take_up_from": found.take_up,
        "take_up_to": target,
        "annual_saving": found.saving,
        "low": found.low,
        "high": found.high,
        "covers": covers,
        "why": (
            f"Covers {services} with {words.percent(covers)} of government’s transactions{below}: "
            "above the target nothing is saved. It counts services from end to end, with whatever "
            "else a redesign saves."
        ),
    }


def _by_ratios(row: Mapping[Any, Any], start: float, target: float) -> dict[str, Any]:
    share = top_down(row, start, target)
    base = float(row["base_cost"])
    printed = (start, target) == (row["take_up_now"], row["take_up_target"])
    why = (
        f"Saves {words.percent(share)} of {words.pounds(base)}, all that transactions cost from "
        "end to end. "
    )
    why += (
        "It starts from 46.1%, the mean of 40 services each counted once; by volume far more is "
        "digital already."
        if printed
        else "It starts from the scenario’s own take-up; the cost is that at 46.1%."
    )
    return {
        "way": f"The report’s cost ratios {row['ratios']}" + (", as printed" if printed else ""),
        "take_up_from": start,
        "take_up_to": target,
        "annual_saving": share * base,
        "low": np.nan,
        "high": np.nan,
        "covers": 1.0,
        "why": why,
    }
