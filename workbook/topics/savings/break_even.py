"""Break-even take-up: above which take-up the benefits exceed the costs, by cost gap."""

import math

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.methods.zero_crossings import SearchIndices, find_first_zeros
from workbook.topics.savings.appraisal import calculate_npv
from workbook.topics.savings.contact_costs import (
    digital_contact_cost,
    mean_other_channel_cost,
)
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.parameters.contact_costs import CHANNEL_COST_PARAMETERS
from workbook.topics.savings.parameters.take_up import HIGHEST_TAKE_UP

_SEARCH_STEPS = 150
"""Steps of the search from the starting take-up to the highest."""

_COST_GAP_COUNT = 41
_WIDEST_COST_GAP = 2.0
"""The widest gap of the table, as a multiple of the scenario's."""


def find_break_even_take_up(inputs: AppraisalInputs) -> float:
    """Find the break-even take-up at the scenario's cost gap.

    It is the smallest target, from the starting take-up on, above which the net present value is
    positive.

    Args:
        inputs: Point values.

    Returns:
        Take-up, a fraction; NaN where no take-up breaks even. A forecast has no target, so there is
        none to find.
    """
    if inputs.service.forecast is not None:
        return math.nan
    return float(_find_take_ups(inputs, np.array([_cost_gap(inputs)]))[0])


def break_even_by_cost_gap(inputs: AppraisalInputs) -> pd.DataFrame:
    """Find the break-even take-up for different cost gaps.

    Args:
        inputs: Point values.

    Returns:
        A row for each gap, the scenario's own first: ``cost_gap``, by how much a contact costs more
        by the other channels than online, in pounds, and ``take_up``, missing where no take-up
        breaks even. No rows if take-up follows the forecast.
    """
    if inputs.service.forecast is not None:
        return pd.DataFrame({"cost_gap": [], "take_up": []}, dtype=float)
    cost_gap = _cost_gap(inputs)
    gaps = np.concatenate(
        [[cost_gap], np.linspace(0, _WIDEST_COST_GAP * abs(cost_gap), _COST_GAP_COUNT)]
    )
    return pd.DataFrame({"cost_gap": gaps, "take_up": _find_take_ups(inputs, gaps)})


def _cost_gap(inputs: AppraisalInputs) -> float:
    return float(mean_other_channel_cost(inputs)) - float(digital_contact_cost(inputs))


def _find_take_ups(inputs: AppraisalInputs, gaps: FloatArray) -> FloatArray:
    """Break-even take-up for each cost gap; NaN where there is none."""
    other_channel_cost = float(mean_other_channel_cost(inputs))
    other_channel_costs = gaps + float(digital_contact_cost(inputs))
    scale = other_channel_costs / other_channel_cost if other_channel_cost else np.ones_like(gaps)
    targets = np.linspace(float(inputs["take_up_now"]), HIGHEST_TAKE_UP, _SEARCH_STEPS + 1)
    search_points = np.repeat(targets[:, np.newaxis], len(gaps), axis=1)

    def evaluate_npv(candidates: FloatArray, indices: SearchIndices) -> FloatOrArray:
        costs = {name: float(inputs[name]) * scale[indices] for name in CHANNEL_COST_PARAMETERS}
        return calculate_npv(inputs.with_values({**costs, "take_up_target": candidates}))

    return find_first_zeros(evaluate_npv, search_points, rising=True)
