"""Estimates of the annual saving by up to three methods, and why they differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbook.indicators import Indicator
from workbook.text.grammar import join_items
from workbook.text.numbers import format_estimate, format_share
from workbook.topics.savings.bottom_up_estimate import (
    BottomUpEstimate,
    describe_bottom_up,
    volume_coverage,
)
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.top_down_estimate import describe_top_down

CHANNEL_COSTS, BOTTOM_UP, TOP_DOWN = "channel costs", "bottom-up", "top-down"
"""The methods. A method may have several estimates."""

_WHOLE_SAVING_SENTENCE = "It counts the whole saving, cash-releasing or not."
"""What the report's own methods count."""

_ESTIMATE_COLUMNS = [
    "way",
    "method",
    "take_up_from",
    "take_up_to",
    "annual_saving",
    "low",
    "high",
    "covers",
    "why",
]


@dataclass(frozen=True)
class MethodComparison:
    """The estimates of what the appraisal covers, each from the starting take-up.

    Attributes:
        contacts: Estimate by the costs of contacts, in pounds a year.
        whole_services: Estimates by the costs of whole services, in pounds a year, the lowest
            first; empty where there are none.
        has_partial: Whether another method covers only the services that report, so that it cannot
            be compared.
    """

    contacts: float
    whole_services: tuple[float, ...]
    has_partial: bool

    @property
    def is_level(self) -> bool:
        """Whether every method gives the same."""
        return all(amount == self.contacts for amount in self.whole_services)

    def describe(self) -> str:
        """Give each method's estimate, in the words of a title."""
        contacts = format_estimate(self.contacts, "GBP")
        if not self.whole_services:
            return f"{contacts} a year, with no other method to compare"
        if self.is_level and not self.contacts:
            return "Two methods give no saving"
        return f"Contacts alone: {contacts} a year; whole services: {self._format_whole_services()}"

    def describe_prices(self, price_year: str) -> str:
        """Give each method's estimate with its prices.

        Args:
            price_year: Financial year of the prices of the scenario.
        """
        return (
            f"Contacts alone: {format_estimate(self.contacts, 'GBP')} a year ({price_year} prices,"
            " cash-releasing only)."
            f" Whole services: {self._format_whole_services()} (2012 report’s prices). The two are"
            " not comparable."
        )

    def _format_whole_services(self) -> str:
        amounts = (format_estimate(amount, "GBP") for amount in self.whole_services)
        return join_items(dict.fromkeys(amounts), "or")


def estimate_by_channel(annual_saving: Indicator, inputs: AppraisalInputs) -> dict[str, Any]:
    """Estimate the saving by the costs of each channel, as the appraisal does.

    Args:
        annual_saving: The indicator of the annual saving.
        inputs: Point values.

    Returns:
        A row of the table of estimates.
    """
    return {
        "way": "This scenario (channel costs, cash-releasing only)",
        "take_up_from": float(inputs.initial_take_up),
        "take_up_to": float(inputs.final_take_up),
        "annual_saving": annual_saving.value,
        "low": annual_saving.low,
        "high": annual_saving.high,
        "covers": volume_coverage(float(inputs["volume"])),
        "why": (
            "Counts contacts only: the cost by phone, post or face to face, less the cost online."
            f" Of that, {format_share(float(inputs['realisable_share']))} counts, as"
            " cash-releasing. The cost of help is then taken off. A whole service costs more than"
            " its contacts."
        ),
    }


def compare_estimates(
    scenario_estimate: dict[str, Any],
    bottom_up_estimate: BottomUpEstimate | None,
    ratios: Sequence[Mapping[Any, Any]],
) -> pd.DataFrame:
    """Tabulate the estimates for comparison.

    Args:
        scenario_estimate: The row of the estimate by channel costs.
        bottom_up_estimate: The estimate by the report's rates, if any.
        ratios: Rows of the table of cost ratios.

    Returns:
        A row for each estimate: take-up before and after, pounds a year with low and high ends, the
        share of government's transactions that it covers, and why it differs.
    """
    start, target = scenario_estimate["take_up_from"], scenario_estimate["take_up_to"]
    other_rows = []
    if bottom_up_estimate is not None:
        other_rows.append(describe_bottom_up(bottom_up_estimate, target) | {"method": BOTTOM_UP})
    for row in ratios:
        published = float(row["take_up_now"]), float(row["take_up_target"])
        other_rows.append(describe_top_down(row, *published) | {"method": TOP_DOWN})
        other_rows.append(describe_top_down(row, start, target) | {"method": TOP_DOWN})
    rows = [
        scenario_estimate | {"method": CHANNEL_COSTS},
        *(row | {"why": f"{row['why']} {_WHOLE_SAVING_SENTENCE}"} for row in other_rows),
    ]
    return pd.DataFrame(rows, columns=_ESTIMATE_COLUMNS)


def is_calculated_here(estimates: pd.DataFrame) -> list[bool]:
    """Whether each estimate is calculated here, and not quoted with the report's own take-up.

    It then starts from the scenario's starting take-up, or from that of the services that report.

    Args:
        estimates: The table of estimates, the scenario's own first.

    Returns:
        True or False for each row.
    """
    scenario_start = estimates["take_up_from"].iloc[0]
    return [
        method != TOP_DOWN or start == scenario_start
        for method, start in zip(estimates["method"], estimates["take_up_from"], strict=True)
    ]


def compare_methods(estimates: pd.DataFrame) -> MethodComparison:
    """Compare the methods, where they start alike and cover the same.

    Args:
        estimates: The table of estimates, the scenario's own first.

    Returns:
        The estimate by contacts and those by whole services.
    """
    has_other_coverage = bool((estimates["method"] == TOP_DOWN).any())
    is_partial = (estimates["method"] == BOTTOM_UP) & has_other_coverage
    is_comparable = pd.Series(is_calculated_here(estimates), estimates.index) & ~is_partial
    is_contacts = estimates["method"] == CHANNEL_COSTS
    savings = estimates["annual_saving"].astype(float)
    return MethodComparison(
        float(savings[is_contacts].iloc[0]),
        tuple(sorted(savings[is_comparable & ~is_contacts])),
        bool(is_partial.any()),
    )
