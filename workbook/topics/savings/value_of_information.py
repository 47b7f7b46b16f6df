"""Value of information: what it would be worth to know each assumption before the decision."""

from collections.abc import Iterator

import pandas as pd

from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.methods.value_of_information import (
    expected_value_of_partial_information,
    expected_value_of_perfect_information,
)
from workbook.topics.savings.contact_costs import mean_other_channel_cost
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.parameters.contact_costs import (
    CHANNEL_COST_PARAMETERS,
    FACE_TO_FACE_SHARE,
)
from workbook.topics.savings.uncertain_inputs import input_label, simulated_inputs

EVERYTHING = "everything"
"""Name of the row for perfect information."""

_TRANSITION = ("transition_cost", "optimism_bias")
_CHANNELS = (*CHANNEL_COST_PARAMETERS, FACE_TO_FACE_SHARE)


def value_of_information_table(sampled: AppraisalInputs, npv: FloatArray) -> pd.DataFrame:
    """Estimate the value of knowing each assumption, some together, and all of them.

    The decision is to go ahead if the expected net present value is positive.

    Args:
        sampled: Simulations of the uncertain inputs.
        npv: Their net present value in pounds, shape (draws,).

    Returns:
        A row for all assumptions, then one for each and for each group, the most valuable first:
        ``parameter``, or several joined by ``+``; ``label``; ``evppi`` in pounds; ``evppi_share``,
        its share of the value of knowing everything, missing where that is 0.
    """
    evpi = expected_value_of_perfect_information(npv)
    rows = [
        (name, label, expected_value_of_partial_information(npv, values))
        for name, label, values in _information_items(sampled)
    ]
    ordered = sorted(rows, key=lambda row: -row[2])
    table = pd.DataFrame(
        [(EVERYTHING, "Every assumption", evpi), *ordered],
        columns=["parameter", "label", "evppi"],
    )
    return table.assign(evppi_share=table["evppi"] / evpi if evpi else float("nan"))


def _information_items(sampled: AppraisalInputs) -> Iterator[tuple[str, str, FloatOrArray]]:
    """What could be known before the decision: name, label and simulations.

    A group is known by the one figure through which it affects the net present value.
    """
    draws = simulated_inputs(sampled)
    for name, values in draws.items():
        yield name, input_label(name), values
    if all(name in draws for name in _TRANSITION):
        total = sampled["transition_cost"] * (1 + sampled["optimism_bias"])
        yield "+".join(_TRANSITION), "Transition cost and optimism bias together", total
    if any(name in draws for name in _CHANNELS):
        cost = mean_other_channel_cost(sampled)
        yield "+".join(_CHANNELS), "Costs and shares of the other channels together", cost
