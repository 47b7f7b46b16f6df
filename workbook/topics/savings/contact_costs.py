"""Contact costs by channel in the prices of the price year, and the saving when people move."""

from workbook.methods.arrays import FloatOrArray
from workbook.outcome import SubstitutedValue
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.parameters.contact_costs import (
    CHANNEL_COST_PARAMETERS,
    CHANNEL_SHARE_PARAMETERS,
)
from workbook.topics.savings.service_inputs import implied_other_channel_cost

_PUBLISHED_CHANNEL_COSTS = tuple(
    float(Savings.parameters()[name].default) for name in CHANNEL_COST_PARAMETERS
)
"""Published costs of a contact by the other channels, in pounds."""


CONVERTED_PARAMETERS = ("cost_digital", *CHANNEL_COST_PARAMETERS, "assisted_cost")
"""Costs that are converted to the price year."""


def digital_contact_cost(inputs: AppraisalInputs) -> FloatOrArray:
    """Cost of a contact online, in pounds of the price year."""
    cost: FloatOrArray = inputs["cost_digital"] * inputs.price_factor
    return cost


def help_cost_each(inputs: AppraisalInputs) -> FloatOrArray:
    """Cost of help each time, in pounds of the price year."""
    cost: FloatOrArray = inputs["assisted_cost"] * inputs.price_factor
    return cost


def other_channel_costs(inputs: AppraisalInputs) -> list[FloatOrArray]:
    """Cost of a contact by each of the other channels.

    Where the cost of the service's transactions is published, all channels are scaled by one
    factor. The costs by channel then give the published cost of the service.

    Args:
        inputs: Point values or simulations.

    Returns:
        Costs of phone, post and face to face, in pounds of the price year.
    """
    costs = [inputs[name] for name in CHANNEL_COST_PARAMETERS]
    if inputs.service.cost is None:
        return [cost * inputs.price_factor for cost in costs]
    service_cost, take_up = inputs.service.cost
    published_mean = sum(
        inputs[share] * channel_cost
        for share, channel_cost in zip(
            CHANNEL_SHARE_PARAMETERS, _PUBLISHED_CHANNEL_COSTS, strict=True
        )
    )
    factor = (
        implied_other_channel_cost(service_cost, take_up, digital_contact_cost(inputs))
        / published_mean
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
    gross = (cost - digital_contact_cost(inputs)) * inputs["realisable_share"]
    net: FloatOrArray = gross - inputs["assisted_share"] * help_cost_each(inputs)
    return net


def mean_channel_switch_saving(inputs: AppraisalInputs) -> FloatOrArray:
    """Mean saving for each transaction that goes online, net of help, in pounds."""
    return channel_switch_saving(mean_other_channel_cost(inputs), inputs)
