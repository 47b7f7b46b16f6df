"""Contact costs by channels other than digital, and the saving when people leave them."""

from workbook.methods.arrays import FloatOrArray
from workbook.outcome import SubstitutedValue
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.parameters import (
    CHANNEL_COST_PARAMETERS,
    CHANNEL_SHARE_PARAMETERS,
    Savings,
)
from workbook.topics.savings.service_inputs import implied_other_channel_cost

_PUBLISHED_CHANNEL_COSTS = tuple(
    float(Savings.parameters()[name].default) for name in CHANNEL_COST_PARAMETERS
)
"""Published costs of a contact by the other channels, in pounds."""


def other_channel_costs(inputs: AppraisalInputs) -> list[FloatOrArray]:
    """Cost of a contact by each of the other channels.

    Where the cost of the service's transactions is published, all channels are scaled by the same
    factor, so that the published costs by channel give the published cost of the service.

    Args:
        inputs: Point values or simulations.

    Returns:
        Costs of phone, post and face to face, in pounds.
    """
    costs = [inputs[name] for name in CHANNEL_COST_PARAMETERS]
    if inputs.service.cost is None:
        return costs
    service_cost, take_up = inputs.service.cost
    published_mean = sum(
        inputs[share] * channel_cost
        for share, channel_cost in zip(
            CHANNEL_SHARE_PARAMETERS, _PUBLISHED_CHANNEL_COSTS, strict=True
        )
    )
    factor = (
        implied_other_channel_cost(service_cost, take_up, inputs["cost_digital"]) / published_mean
    )
    return [cost * factor for cost in costs]


def substituted_channel_costs(inputs: AppraisalInputs, service: str) -> dict[str, SubstitutedValue]:
    """Describe the costs used in place of the published ones, for the assumptions register.

    Args:
        inputs: Point values.
        service: Name of the service.

    Returns:
        Cost and source of each channel by parameter name; empty where the published costs are used.
    """
    if inputs.service.cost is None:
        return {}
    source = f"Scaled so that their mean agrees with the published cost of {service}"
    return {
        name: SubstitutedValue(source, float(cost))
        for name, cost in zip(CHANNEL_COST_PARAMETERS, other_channel_costs(inputs), strict=True)
    }


def mean_other_channel_cost(inputs: AppraisalInputs) -> FloatOrArray:
    """Mean cost of a contact by the other channels, weighted by their shares, in pounds."""
    shares = [inputs[name] for name in CHANNEL_SHARE_PARAMETERS]
    parts = [share * cost for share, cost in zip(shares, other_channel_costs(inputs), strict=True)]
    total: FloatOrArray = sum(parts[1:], start=parts[0])
    return total


def channel_switch_saving(cost: FloatOrArray, inputs: AppraisalInputs) -> FloatOrArray:
    """Saving for each transaction that leaves a channel, net of assisted digital help.

    Args:
        cost: Cost of a contact by the channel that people leave, in pounds.
        inputs: Point values or simulations.

    Returns:
        Pounds a transaction, negative for a loss.
    """
    gross = (cost - inputs["cost_digital"]) * inputs["realisable_share"]
    net: FloatOrArray = gross - inputs["assisted_share"] * inputs["assisted_cost"]
    return net


def mean_channel_switch_saving(inputs: AppraisalInputs) -> FloatOrArray:
    """Mean saving for each transaction that goes online, net of help, in pounds."""
    return channel_switch_saving(mean_other_channel_cost(inputs), inputs)
