"""The saving year by year: what moving people online saves, and what the move costs.

In year t take-up is ``u(t)``. Real terms, cash at the year's end, year 0 the price year:

- ``gross(t) = volume × (u(t) − u(0)) × (c_off − c_digital) × realisable``, ``c_off`` the mean of
  the other channels by their shares;
- ``assisted(t) = assisted_share × volume × (u(t) − u(0)) × assisted_cost``;
- ``dual(t) = volume × (u(t) − u(t − dual_running_years)) × c_off × realisable``, nothing where
  people move away;
- ``transition(t)`` in equal parts in years 0 … n − 1, with the optimism bias on top.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from workbook.methods.adoption_curve import logistic_adoption
from workbook.methods.appraisal import (
    benefit_cost_ratio,
    discounted_payback_years,
    net_present_value,
    payback_years,
)
from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.topics.savings.inputs import SERVICE_COST, InputValues
from workbook.topics.savings.parameters import (
    CHANNEL_COST_PARAMETERS,
    CHANNEL_SHARE_PARAMETERS,
    Savings,
)
from workbook.topics.savings.service_inputs import (
    FORECAST_LEVELS,
    ServiceInputs,
    implied_other_channel_cost,
)

_PUBLISHED_CHANNEL_COSTS = tuple(
    float(Savings.parameters()[name].default) for name in CHANNEL_COST_PARAMETERS
)
"""Published costs of a contact by the other channels, in pounds."""

PERCENTAGE_POINTS = 100
"""Percentage points in a whole."""

TakeUpPath = Callable[[float | FloatOrArray], FloatOrArray]
"""Take-up by years from now, in as many draws as there are."""


@dataclass(frozen=True)
class YearCashFlow:
    """One year: its take-up, and its amounts in pounds."""

    take_up: FloatOrArray
    gross_saving: FloatOrArray
    non_cash_releasing: FloatOrArray
    assisted_cost: FloatOrArray
    transition_cost: FloatOrArray
    dual_running_cost: FloatOrArray

    @property
    def net_saving(self) -> FloatOrArray:
        """What is saved, net of helping those who need it."""
        return self.gross_saving - self.assisted_cost

    @property
    def total_cost(self) -> FloatOrArray:
        """What the move costs."""
        return self.transition_cost + self.dual_running_cost


def take_up_path(values: InputValues, service: ServiceInputs) -> TakeUpPath:
    """Take-up by years from now: as assumed, its logit linear, or as it is forecast."""
    if service.forecast is not None:
        return _forecast_path(service.forecast, values.get("forecast_level", 0.5))
    start, target, years_to_target = (
        values[name] for name in ("take_up_now", "take_up_target", "years_to_target")
    )
    return partial(logistic_adoption, start, target, years_to_target)


def _forecast_path(forecast: FloatArray, level: FloatOrArray) -> TakeUpPath:
    """The forecast's path at a level of likelihood, the same in every year; constant at its ends.

    ``forecast`` has a row for each year and a column for each of ``LEVELS``.
    """
    last_year = len(forecast) - 1
    levels = list(FORECAST_LEVELS.values())
    by_year = np.stack([np.interp(level, levels, row) for row in forecast])

    def interpolate_take_up(years_ahead: float | FloatOrArray) -> FloatOrArray:
        bounded_years = np.clip(years_ahead, 0, last_year)
        year_before = np.minimum(bounded_years, max(last_year - 1, 0)).astype(int)
        year_after = np.minimum(year_before + 1, last_year)
        start, end = (_select_years(by_year, row) for row in (year_before, year_after))
        return np.asarray(start + (bounded_years - year_before) * (end - start), np.float64)

    return interpolate_take_up


def _select_years(by_year: FloatArray, year_indices: npt.NDArray[np.int_]) -> FloatArray:
    """The rows of the years; where they differ by draw, of each draw its own."""
    if by_year.ndim == 1 or year_indices.ndim == 0:
        return np.asarray(by_year[year_indices], np.float64)
    return np.asarray(np.take_along_axis(by_year, year_indices[np.newaxis], axis=0)[0], np.float64)


def other_channel_costs(values: InputValues) -> list[FloatOrArray]:
    """Cost of a contact by each of the other channels, in pounds.

    Where it is published what a service's transactions cost, they are dearer or cheaper in the same
    proportion, so that with the published costs by channel the service costs what it does.
    """
    costs = [values[name] for name in CHANNEL_COST_PARAMETERS]
    if values[SERVICE_COST] is None:
        return costs
    cost, take_up = values[SERVICE_COST]
    published_mean = sum(
        values[share] * channel_cost
        for share, channel_cost in zip(
            CHANNEL_SHARE_PARAMETERS, _PUBLISHED_CHANNEL_COSTS, strict=True
        )
    )
    factor = implied_other_channel_cost(cost, take_up, values["cost_digital"]) / published_mean
    return [each * factor for each in costs]


def mean_other_channel_cost(values: InputValues) -> FloatOrArray:
    """Mean cost of a contact by the other channels, in pounds."""
    shares = [values[name] for name in CHANNEL_SHARE_PARAMETERS]
    parts = [share * cost for share, cost in zip(shares, other_channel_costs(values), strict=True)]
    total: FloatOrArray = sum(parts[1:], start=parts[0])
    return total


def channel_switch_saving(cost: FloatOrArray, values: InputValues) -> FloatOrArray:
    """What one transaction saves by leaving a channel of this cost, net of help, in pounds."""
    gross = (cost - values["cost_digital"]) * values["realisable_share"]
    net: FloatOrArray = gross - values["assisted_share"] * values["assisted_cost"]
    return net


def mean_channel_switch_saving(values: InputValues) -> FloatOrArray:
    """What one transaction saves by moving, net of help, in pounds."""
    return channel_switch_saving(mean_other_channel_cost(values), values)


def yearly_cash_flows(
    values: InputValues, path: TakeUpPath, horizon: int
) -> Iterator[YearCashFlow]:
    """Every year from 0 to the horizon. One at a time: all of a million draws would not fit."""
    initial_take_up, other_channel_cost = path(0.0), mean_other_channel_cost(values)
    cost_gap, realisable = other_channel_cost - values["cost_digital"], values["realisable_share"]
    for year in range(horizon + 1):
        take_up = path(float(year))
        moved_transactions = values["volume"] * (take_up - initial_take_up)
        earlier_take_up = path(year - values["dual_running_years"])
        dual_running_transactions = values["volume"] * np.maximum(take_up - earlier_take_up, 0.0)
        yield YearCashFlow(
            take_up=take_up,
            gross_saving=moved_transactions * cost_gap * realisable,
            non_cash_releasing=moved_transactions * cost_gap * (1 - realisable),
            assisted_cost=values["assisted_share"] * moved_transactions * values["assisted_cost"],
            transition_cost=transition_cost_in_year(values, year),
            dual_running_cost=dual_running_transactions * other_channel_cost * realisable,
        )


def transition_cost_in_year(values: InputValues, year: int) -> FloatOrArray:
    """The year's part of the transition's cost, optimism bias and all."""
    is_transition_year = year < values["transition_years"]
    cost: FloatOrArray = (
        is_transition_year
        * values["transition_cost"]
        / values["transition_years"]
        * (1 + values["optimism_bias"])
    )
    return cost


def appraisal_indicators(
    values: InputValues, path: TakeUpPath, factors: FloatArray
) -> dict[str, FloatOrArray]:
    """The appraisal's figures by indicator, of the scenario's values or of draws of them.

    ``factors`` are the discount factors of years 0 to the horizon.
    """
    flows = list(yearly_cash_flows(values, path, len(factors) - 1))
    savings = stack_amounts([year.net_saving for year in flows])
    costs = stack_amounts([year.total_cost for year in flows])
    net = savings - costs
    total = savings.sum(axis=0)
    per_point = values["volume"] * mean_channel_switch_saving(values) / PERCENTAGE_POINTS
    return {
        "annual_saving": per_point * PERCENTAGE_POINTS * (path(np.inf) - path(0.0)),
        "saving_per_point": per_point,
        "total_saving": total,
        "fiscal_saving": total * values["fiscal_share"],
        "fee_payer_saving": total * (1 - values["fiscal_share"]),
        "npv": net_present_value(net, factors),
        "benefit_cost_ratio": benefit_cost_ratio(savings, costs, factors),
        "payback_years": payback_years(net),
        "discounted_payback_years": discounted_payback_years(net, factors),
    }


def calculate_npv(values: InputValues, path: TakeUpPath, factors: FloatArray) -> FloatOrArray:
    """Net present value alone, in pounds: Σ (saving − cost) × factor."""
    flows = yearly_cash_flows(values, path, len(factors) - 1)
    total: FloatOrArray = 0.0
    for year, factor in zip(flows, factors.tolist(), strict=True):
        total = total + (year.net_saving - year.total_cost) * factor
    return total


def stack_amounts(amounts: list[FloatOrArray]) -> FloatArray:
    """Years' amounts as one array of shape (years, …), whichever of them is one number."""
    return np.stack(np.broadcast_arrays(*map(np.asarray, amounts))).astype(float, copy=False)
