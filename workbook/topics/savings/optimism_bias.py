"""Optimism bias of the transition cost: its published starting value and what mitigates it."""

from workbook.scenario import split_list
from workbook.text.grammar import join_items
from workbook.text.numbers import format_estimate, format_share
from workbook.topics.savings.appraisal import calculate_npv
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.parameters.move_costs import PUBLISHED_OPTIMISM_BIAS


def describe_optimism_bias(scenario: Savings, inputs: AppraisalInputs) -> str:
    """Say what is left of the published starting value, why, and what the value would give.

    Args:
        scenario: The scenario.
        inputs: Point values.

    Returns:
        Two or three sentences.
    """
    bias, published = scenario.optimism_bias, format_share(PUBLISHED_OPTIMISM_BIAS)
    npv = float(calculate_npv(inputs.with_values({"optimism_bias": PUBLISHED_OPTIMISM_BIAS})))
    at_published = f"At {published} the net present value would be {format_estimate(npv, 'GBP')}."
    if bias >= PUBLISHED_OPTIMISM_BIAS:
        return (
            f"The optimism bias of {format_share(bias)} is not below the published starting value"
            f" of {published}. {at_published}"
        )
    measures = split_list(scenario.optimism_mitigations)
    mitigation = (
        f"Measures that mitigate it: {join_items(measures)}."
        if measures
        else "No measure that mitigates it is named, so nothing supports the lower value."
    )
    return (
        f"The optimism bias of {format_share(bias)} is what is left of the published starting"
        f" value, {published} for equipment and development. {mitigation} {at_published}"
    )
