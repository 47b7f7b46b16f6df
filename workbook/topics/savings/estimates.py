"""Estimates of the annual saving by up to three methods, and why they differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from workbook.indicators import Indicator
from workbook.text.numbers import format_estimate
from workbook.topics.savings.bottom_up_estimate import (
    BottomUpEstimate,
    describe_bottom_up,
    volume_coverage,
)
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.top_down_estimate import describe_top_down

CHANNEL_COSTS, BOTTOM_UP, TOP_DOWN = "channel costs", "bottom-up", "top-down"
"""The methods. A method may have several estimates."""

_METHOD_COUNTS = {1: "one method", 2: "two methods", 3: "three methods"}
_WHOLE_FACTOR_THRESHOLD = 10
"""Factors from this value on are written without decimals."""

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

_CHANNEL_COST_ESTIMATE_NOTE = (
    "Counts contacts only: the cost by phone, post or face to face, less the cost online and the "
    "cost of help. A whole service costs more than its contacts."
)


@dataclass(frozen=True)
class MethodRange:
    """How far the methods lie apart, each from today's take-up.

    Attributes:
        methods: Number of methods.
        low: The lowest estimate, in pounds a year.
        high: The highest estimate, in pounds a year.
    """

    methods: int
    low: float
    high: float

    def describe(self) -> str:
        """Describe the range and, where all estimates are savings, the factor between its ends."""
        if self.methods == 1:
            return f"{format_estimate(self.low, 'GBP')} a year, with no other method to compare"
        methods = f"From today’s take-up, {_METHOD_COUNTS[self.methods]}"
        if self.low == self.high == 0:
            return f"{methods} give no saving"
        low, high = (format_estimate(end, "GBP") for end in (self.low, self.high))
        factor = f": a factor of {_format_factor(self.high / self.low)}" if self.low > 0 else ""
        return f"{methods} give {low} to {high} a year{factor}"


def estimate_by_channel(annual_saving: Indicator, inputs: AppraisalInputs) -> dict[str, Any]:
    """Estimate the saving by the costs of each channel, as the appraisal does.

    Args:
        annual_saving: The indicator of the annual saving.
        inputs: Point values.

    Returns:
        A row of the table of estimates.
    """
    return {
        "way": "This scenario (channel costs)",
        "take_up_from": float(inputs.initial_take_up),
        "take_up_to": float(inputs.final_take_up),
        "annual_saving": annual_saving.value,
        "low": annual_saving.low,
        "high": annual_saving.high,
        "covers": volume_coverage(float(inputs["volume"])),
        "why": _CHANNEL_COST_ESTIMATE_NOTE,
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
    rows = [scenario_estimate | {"method": CHANNEL_COSTS}]
    if bottom_up_estimate is not None:
        rows.append(describe_bottom_up(bottom_up_estimate, target) | {"method": BOTTOM_UP})
    for row in ratios:
        published = float(row["take_up_now"]), float(row["take_up_target"])
        rows.append(describe_top_down(row, *published) | {"method": TOP_DOWN})
        rows.append(describe_top_down(row, start, target) | {"method": TOP_DOWN})
    return pd.DataFrame(rows, columns=_ESTIMATE_COLUMNS)


def starts_today(estimates: pd.DataFrame) -> list[bool]:
    """Whether each estimate starts from today's take-up: the scenario's, or that of its services.

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


def measure_method_range(estimates: pd.DataFrame) -> MethodRange:
    """Measure how far the methods lie apart. Estimates from another take-up do not count.

    Args:
        estimates: The table of estimates.

    Returns:
        The number of methods, and the lowest and highest estimate.
    """
    comparable = estimates[starts_today(estimates)]
    savings = comparable["annual_saving"].astype(float)
    return MethodRange(comparable["method"].nunique(), float(savings.min()), float(savings.max()))


def _format_factor(times: float) -> str:
    digits = 0 if times >= _WHOLE_FACTOR_THRESHOLD else 1
    return f"{times:,.{digits}f}".removesuffix(".0")
