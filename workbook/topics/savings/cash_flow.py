"""Cash flow by year: savings from higher take-up, and costs of the transition.

Take-up at time t is ``u(t)``. Year t runs from time t − 1 to time t. Its take-up ``ū(t)`` is the
mean of ``u`` between the two, and ``ū(0) = u(0)``. By the convention ``year-end`` it is ``u(t)``.
Amounts are in the prices of one year, which is year 0:

- ``gross(t) = volume × (ū(t) − u(0)) × (c_other − c_digital) × realisable``, where ``c_other`` is
  the mean cost of the other channels, weighted by their shares;
- ``assisted(t) = assisted_share × volume × (ū(t) − u(0)) × assisted_cost``;
- ``dual(t) = volume × (ū(t) − ū(t − dual_running_years)) × c_other × realisable``, and 0 where
  take-up falls;
- ``transition(t)`` in equal parts in the years 0 to n − 1, plus the optimism bias.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from workbook.methods.arrays import FloatOrArray
from workbook.topics.savings.contact_costs import (
    digital_contact_cost,
    help_cost_each,
    mean_other_channel_cost,
)
from workbook.topics.savings.inputs import AppraisalInputs
from workbook.topics.savings.parameters.appraisal import YEAR_END


@dataclass(frozen=True)
class YearCashFlow:
    """Take-up in one year, a fraction, and the year's amounts in pounds.

    ``value_of_move`` is the saving whether it releases cash or not.
    """

    initial_take_up: FloatOrArray
    take_up_rise: FloatOrArray
    value_of_move: FloatOrArray
    realisable_share: FloatOrArray
    assisted_cost: FloatOrArray
    transition_cost: FloatOrArray
    dual_running_cost: FloatOrArray

    @property
    def take_up(self) -> FloatOrArray:
        """Take-up in the year."""
        return self.initial_take_up + self.take_up_rise

    @property
    def gross_saving(self) -> FloatOrArray:
        """The part of the saving that releases cash."""
        return self.value_of_move * self.realisable_share

    @property
    def non_cash_releasing(self) -> FloatOrArray:
        """The part of the saving that releases no cash."""
        return self.value_of_move * (1 - self.realisable_share)

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
    initial_take_up, realisable = inputs.initial_take_up, inputs["realisable_share"]
    other_channel_cost = mean_other_channel_cost(inputs)
    cost_gap, help_cost = other_channel_cost - digital_contact_cost(inputs), help_cost_each(inputs)
    for year, (rise, rise_with_delay) in enumerate(_take_up_rises(inputs)):
        moved_transactions = inputs["volume"] * rise
        dual_running_transactions = inputs["volume"] * np.maximum(rise - rise_with_delay, 0.0)
        yield YearCashFlow(
            initial_take_up=initial_take_up,
            take_up_rise=rise,
            value_of_move=moved_transactions * cost_gap,
            realisable_share=realisable,
            assisted_cost=inputs["assisted_share"] * moved_transactions * help_cost,
            transition_cost=_transition_cost_in_year(inputs, year),
            dual_running_cost=dual_running_transactions * other_channel_cost * realisable,
        )


def _take_up_rises(inputs: AppraisalInputs) -> Iterator[tuple[FloatOrArray, FloatOrArray]]:
    """Rise in take-up since now in each year, and the same one dual running period earlier."""
    path, delay = inputs.take_up_path, inputs["dual_running_years"]
    if inputs["take_up_convention"] == YEAR_END:
        initial_take_up = inputs.initial_take_up
        for year in range(inputs.last_year + 1):
            yield path(float(year)) - initial_take_up, path(year - delay) - initial_take_up
        return
    integral, integral_with_delay = path.integrate_rise(0.0), path.integrate_rise(-delay)
    yield integral, integral_with_delay
    for year in range(1, inputs.last_year + 1):
        next_integral, next_with_delay = (
            path.integrate_rise(float(year)),
            path.integrate_rise(year - delay),
        )
        yield next_integral - integral, next_with_delay - integral_with_delay
        integral, integral_with_delay = next_integral, next_with_delay


def _transition_cost_in_year(inputs: AppraisalInputs, year: int) -> FloatOrArray:
    """The year's part of the transition cost, in pounds, including optimism bias."""
    is_transition_year = year < inputs["transition_years"]
    if not np.any(is_transition_year):
        return 0.0
    cost: FloatOrArray = (
        is_transition_year
        * inputs["transition_cost"]
        / inputs["transition_years"]
        * (1 + inputs["optimism_bias"])
    )
    return cost
