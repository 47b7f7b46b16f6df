"""Cash flow by year: savings from higher take-up, and costs of the transition.

In year t take-up is ``u(t)``. Amounts are real, cash flows at the end of a year, and year 0 is the
price year:

- ``gross(t) = volume × (u(t) − u(0)) × (c_other − c_digital) × realisable``, where ``c_other`` is
  the mean cost of the other channels, weighted by their shares;
- ``assisted(t) = assisted_share × volume × (u(t) − u(0)) × assisted_cost``;
- ``dual(t) = volume × (u(t) − u(t − dual_running_years)) × c_other × realisable``, and 0 where
  take-up falls;
- ``transition(t)`` in equal parts in the years 0 to n − 1, plus the optimism bias.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from workbook.methods.arrays import FloatOrArray
from workbook.topics.savings.contact_costs import mean_other_channel_cost
from workbook.topics.savings.inputs import AppraisalInputs


@dataclass(frozen=True)
class YearCashFlow:
    """Take-up in one year, a fraction, and the year's amounts in pounds."""

    take_up: FloatOrArray
    gross_saving: FloatOrArray
    non_cash_releasing: FloatOrArray
    assisted_cost: FloatOrArray
    transition_cost: FloatOrArray
    dual_running_cost: FloatOrArray

    @property
    def net_saving(self) -> FloatOrArray:
        """The saving net of the cost of help."""
        return self.gross_saving - self.assisted_cost

    @property
    def total_cost(self) -> FloatOrArray:
        """The cost of the transition and of dual running."""
        return self.transition_cost + self.dual_running_cost


def yearly_cash_flows(inputs: AppraisalInputs) -> Iterator[YearCashFlow]:
    """Calculate the cash flow of each year.

    Args:
        inputs: Point values or simulations.

    Yields:
        The years 0 to the horizon, one at a time: all years of a million simulations would need
        too much memory.
    """
    path, initial_take_up = inputs.take_up_path, inputs.initial_take_up
    other_channel_cost = mean_other_channel_cost(inputs)
    cost_gap, realisable = other_channel_cost - inputs["cost_digital"], inputs["realisable_share"]
    for year in range(inputs.horizon + 1):
        take_up = path(float(year))
        moved_transactions = inputs["volume"] * (take_up - initial_take_up)
        earlier_take_up = path(year - inputs["dual_running_years"])
        dual_running_transactions = inputs["volume"] * np.maximum(take_up - earlier_take_up, 0.0)
        yield YearCashFlow(
            take_up=take_up,
            gross_saving=moved_transactions * cost_gap * realisable,
            non_cash_releasing=moved_transactions * cost_gap * (1 - realisable),
            assisted_cost=inputs["assisted_share"] * moved_transactions * inputs["assisted_cost"],
            transition_cost=_transition_cost_in_year(inputs, year),
            dual_running_cost=dual_running_transactions * other_channel_cost * realisable,
        )


def _transition_cost_in_year(inputs: AppraisalInputs, year: int) -> FloatOrArray:
    """The year's part of the transition cost, in pounds, including optimism bias."""
    is_transition_year = year < inputs["transition_years"]
    cost: FloatOrArray = (
        is_transition_year
        * inputs["transition_cost"]
        / inputs["transition_years"]
        * (1 + inputs["optimism_bias"])
    )
    return cost
