"""Appraisal of cash flows: net present value, benefit-cost ratio, payback and totals."""

from collections.abc import Iterable

import numpy as np

from workbook.methods.appraisal import (
    benefit_cost_ratio,
    discounted_payback_years,
    net_present_value,
    payback_years,
)
from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.topics.savings.cash_flow import yearly_cash_flows
from workbook.topics.savings.contact_costs import mean_channel_switch_saving
from workbook.topics.savings.inputs import AppraisalInputs

PERCENTAGE_POINTS = 100
"""Percentage points in 100%."""

_DRAWS_PER_BLOCK = 16_384
"""Simulations in a block. Blocks that fit in the processor's cache are fastest."""


def appraise_inputs(inputs: AppraisalInputs) -> dict[str, FloatOrArray]:
    """Calculate every figure of the appraisal, for point values or for simulations.

    Args:
        inputs: Point values or simulations.

    Returns:
        Values by indicator name: one number each, or one for each simulation, shape (draws,).
    """
    if inputs.draw_count == 1:
        return _appraise_block(inputs)
    blocks = [_appraise_block(block) for block in inputs.split_draws(_DRAWS_PER_BLOCK)]
    return {name: np.concatenate([block[name] for block in blocks]) for name in blocks[0]}


def calculate_npv(inputs: AppraisalInputs) -> FloatOrArray:
    """Calculate the net present value alone: Σ (saving − cost) × discount factor.

    Args:
        inputs: Point values, or arrays of one shape.

    Returns:
        Net present value in pounds.
    """
    total: FloatOrArray = 0.0
    factors = inputs.discount_factors.tolist()
    for year, factor in zip(yearly_cash_flows(inputs), factors, strict=True):
        total = total + (year.net_saving - year.total_cost) * factor
    return total


def simulate_npv(inputs: AppraisalInputs) -> FloatArray:
    """Calculate the net present value of each simulation, a block at a time.

    Args:
        inputs: Simulations.

    Returns:
        Net present values in pounds, shape (draws,).
    """
    blocks = inputs.split_draws(_DRAWS_PER_BLOCK)
    return np.concatenate([np.atleast_1d(calculate_npv(block)) for block in blocks])


def _appraise_block(inputs: AppraisalInputs) -> dict[str, FloatOrArray]:
    factors = inputs.discount_factors
    # Only the totals of each year are kept: all that they are made of would not fit in the cache.
    totals = [(year.net_saving, year.total_cost) for year in yearly_cash_flows(inputs)]
    savings, costs = (_stack_years(amounts) for amounts in zip(*totals, strict=True))
    net = savings - costs
    total = savings.sum(axis=0)
    per_point = inputs["volume"] * mean_channel_switch_saving(inputs) / PERCENTAGE_POINTS
    take_up_rise = inputs.final_take_up - inputs.initial_take_up
    return {
        "annual_saving": per_point * PERCENTAGE_POINTS * take_up_rise,
        "saving_per_point": per_point,
        "total_saving": total,
        "fiscal_saving": total * inputs["fiscal_share"],
        "fee_payer_saving": total * (1 - inputs["fiscal_share"]),
        "npv": net_present_value(net, factors),
        "benefit_cost_ratio": benefit_cost_ratio(savings, costs, factors),
        "payback_years": payback_years(net),
        "discounted_payback_years": discounted_payback_years(net, factors),
    }


def _stack_years(amounts: Iterable[FloatOrArray]) -> FloatArray:
    """Join the years' amounts into one array of shape (years, …)."""
    return np.stack(np.broadcast_arrays(*map(np.asarray, amounts))).astype(float, copy=False)
