"""Estimates of the annual saving by three methods, and why they differ."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from workbook.indicators import Indicator
from workbook.topics.savings.bottom_up_estimate import (
    BottomUpEstimate,
    describe_bottom_up,
    volume_coverage,
)
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.top_down_estimate import describe_top_down

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
    "Counts contacts only: the cost by phone, post or face to face, less the cost online and the "
    "cost of help. A whole service costs more than its contacts."
)


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
    rows = [scenario_estimate]
    if bottom_up_estimate is not None:
        rows.append(describe_bottom_up(bottom_up_estimate, target))
    for row in ratios:
        rows.append(describe_top_down(row, float(row["take_up_now"]), float(row["take_up_target"])))
        rows.append(describe_top_down(row, start, target))
    return pd.DataFrame(rows, columns=_ESTIMATE_COLUMNS)
