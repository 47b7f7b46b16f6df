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

from workbook.methods.adoption import adoption
from workbook.methods.appraisal import (
    benefit_cost_ratio,
    discounted_payback,
    net_present_value,
    payback,
)
from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.topics.savings.scenario import COSTS, SHARES, Savings
from workbook.topics.savings.service import LEVELS, Service, other_cost
from workbook.topics.savings.values import SERVICE_COST, Values

USUAL = tuple(float(Savings.parameters()[name].default) for name in COSTS)
"""Published costs of a contact by the other channels, in pounds."""

POINTS = 100
"""Percentage points in a whole."""

Path = Callable[[float | FloatOrArray], FloatOrArray]
"""Take-up by years from now, in as many draws as there are."""


@dataclass(frozen=True)
class Year:
    """One year: its take-up, and its amounts in pounds."""

    take_up: FloatOrArray
    gross: FloatOrArray
    not_cash_releasing: FloatOrArray
    assisted: FloatOrArray
    transition: FloatOrArray
    dual_running: FloatOrArray

    @property
    def saving(self) -> FloatOrArray:
        """What is saved, net of helping those who need it."""
        return self.gross - self.assisted

    @property
    def cost(self) -> FloatOrArray:
        """What the move costs."""
        return self.transition + self.dual_running


def path_of(values: Values, service: Service) -> Path:
    """Take-up by years from now: as assumed, its logit linear, or as it is forecast."""
    if service.forecast is not None:
        return _forecast(service.forecast, values.get("forecast_level", 0.5))
    start, target, years = (
        values[name] for name in ("take_up_now", "take_up_target", "years_to_target")
    )
    return partial(adoption, start, target, years)


def _forecast(forecast: FloatArray, level: FloatOrArray) -> Path:
    """The forecast's path at a level of likelihood, the same in every year; constant at its ends.

    ``forecast`` has a row for each year and a column for each of ``LEVELS``.
    """
    last = len(forecast) - 1
    levels = list(LEVELS.values())
    by_year = np.stack([np.interp(level, levels, row) for row in forecast])

    def path(at: float | FloatOrArray) -> FloatOrArray:
        within = np.clip(at, 0, last)
        before = np.minimum(within, max(last - 1, 0)).astype(int)
        after = np.minimum(before + 1, last)
        start, end = (_taken(by_year, row) for row in (before, after))
        return np.asarray(start + (within - before) * (end - start), np.float64)

    return path


def _taken(by_year: FloatArray, row: npt.NDArray[np.int_]) -> FloatArray:
    """The rows of the years; where they differ by draw, of each draw its own."""
    if by_year.ndim == 1 or row.ndim == 0:
        return np.asarray(by_year[row], np.float64)
    return np.asarray(np.take_along_axis(by_year, row[np.newaxis], axis=0)[0], np.float64)


def costs_of_others(values: Values) -> list[FloatOrArray]:
    """Cost of a contact by each of the other channels, in pounds.

    Where it is published what a service's transactions cost, they are dearer or cheaper in the same
    proportion, so that with the published costs by channel the service costs what it does.
    """
    costs = [values[name] for name in COSTS]
    if values[SERVICE_COST] is None:
        return costs
    cost, take_up = values[SERVICE_COST]
    usual = sum(values[share] * each for share, each in zip(SHARES, USUAL, strict=True))
    factor = other_cost(cost, take_up, values["cost_digital"]) / usual
    return [each * factor for each in costs]


def cost_of_others(values: Values) -> FloatOrArray:
    """Mean cost of a contact by the other channels, in pounds."""
    shares = [values[name] for name in SHARES]
    parts = [share * cost for share, cost in zip(shares, costs_of_others(values), strict=True)]
    total: FloatOrArray = sum(parts[1:], start=parts[0])
    return total


def saved_by_leaving(cost: FloatOrArray, values: Values) -> FloatOrArray:
    """What one transaction saves by leaving a channel of this cost, net of help, in pounds."""
    gross = (cost - values["cost_digital"]) * values["realisable_share"]
    net: FloatOrArray = gross - values["assisted_share"] * values["assisted_cost"]
    return net


def saved_by_move(values: Values) -> FloatOrArray:
    """What one transaction saves by moving, net of help, in pounds."""
    return saved_by_leaving(cost_of_others(values), values)


def years(values: Values, path: Path, horizon: int) -> Iterator[Year]:
    """Every year from 0 to the horizon. One at a time: all of a million draws would not fit."""
    before, other = path(0.0), cost_of_others(values)
    gap, realisable = other - values["cost_digital"], values["realisable_share"]
    for year in range(horizon + 1):
        now = path(float(year))
        moved = values["volume"] * (now - before)
        earlier = path(year - values["dual_running_years"])
        moving = values["volume"] * np.maximum(now - earlier, 0.0)
        yield Year(
            take_up=now,
            gross=moved * gap * realisable,
            not_cash_releasing=moved * gap * (1 - realisable),
            assisted=values["assisted_share"] * moved * values["assisted_cost"],
            transition=transition(values, year),
            dual_running=moving * other * realisable,
        )


def transition(values: Values, year: int) -> FloatOrArray:
    """The year's part of the transition's cost, optimism bias and all."""
    falls = year < values["transition_years"]
    cost: FloatOrArray = (
        falls
        * values["transition_cost"]
        / values["transition_years"]
        * (1 + values["optimism_bias"])
    )
    return cost


def figures(values: Values, path: Path, factors: FloatArray) -> dict[str, FloatOrArray]:
    """The appraisal's figures by indicator, of the scenario's values or of draws of them.

    ``factors`` are the discount factors of years 0 to the horizon.
    """
    flows = list(years(values, path, len(factors) - 1))
    savings = stacked([year.saving for year in flows])
    costs = stacked([year.cost for year in flows])
    net = savings - costs
    total = savings.sum(axis=0)
    per_point = values["volume"] * saved_by_move(values) / POINTS
    return {
        "annual_saving": per_point * POINTS * (path(np.inf) - path(0.0)),
        "saving_per_point": per_point,
        "total_saving": total,
        "fiscal_saving": total * values["fiscal_share"],
        "fee_payer_saving": total * (1 - values["fiscal_share"]),
        "npv": net_present_value(net, factors),
        "benefit_cost_ratio": benefit_cost_ratio(savings, costs, factors),
        "payback_years": payback(net),
        "discounted_payback_years": discounted_payback(net, factors),
    }


def npv(values: Values, path: Path, factors: FloatArray) -> FloatOrArray:
    """Net present value alone, in pounds: Σ (saving − cost) × factor."""
    flows = years(values, path, len(factors) - 1)
    total: FloatOrArray = 0.0
    for year, factor in zip(flows, factors.tolist(), strict=True):
        total = total + (year.saving - year.cost) * factor
    return total


def stacked(parts: list[FloatOrArray]) -> FloatArray:
    """Years' amounts as one array of shape (years, …), whichever of them is one number."""
    return np.stack(np.broadcast_arrays(*map(np.asarray, parts))).astype(float, copy=False)
