"""A service's own figures, as the take-up topic gives them: volume, take-up, cost, forecast."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.methods.draws import FloatArray
from workbook.outcome import Outcome
from workbook.scenario import Problem, ScenarioError
from workbook.topics.savings.scenario import Savings

QUARTERS_A_YEAR = 4
LEVELS = {
    "low_95": 0.025,
    "low_80": 0.1,
    "low_50": 0.25,
    "forecast": 0.5,
    "high_50": 0.75,
    "high_80": 0.9,
    "high_95": 0.975,
}
"""Columns of a forecast, and how likely it is that take-up lies below each."""


@dataclass(frozen=True, eq=False)
class Service:
    """What is known of a service; None where the scenario's own figures are used.

    ``cost_factor`` scales the costs of the other channels so that the service's contacts cost what
    they are published to cost. ``forecast`` has a row for each year from now, a column for each of
    ``LEVELS``, of take-up.
    """

    volume: float | None = None
    take_up: float | None = None
    cost_factor: float = 1.0
    forecast: FloatArray | None = None
    notes: tuple[str, ...] = ()


def service_of(scenario: Savings, outcomes: Mapping[str, Outcome]) -> Service:
    """What the scenario takes from the take-up topic, nothing where it takes nothing.

    Raises ScenarioError where it names a service, or wants a forecast, that is not there.
    """
    if not scenario.service and scenario.curve == "assumed":
        return Service()
    outcome = outcomes["take_up"]
    forecast = _forecast(outcome) if scenario.curve == "forecast" else None
    if not scenario.service:
        start = None if forecast is None else float(forecast[0, 0])
        return Service(take_up=start, forecast=forecast)
    row = _row(scenario, outcome)
    start = float(row["take_up"]) if forecast is None else float(forecast[0, 0])
    factor, note = _cost_factor(scenario, row)
    return Service(float(row["volume"]), start, factor, forecast, (note,))


def _row(scenario: Savings, outcome: Outcome) -> "pd.Series[float]":
    """The service's row in its latest window."""
    services = outcome.tables["services"]
    now = services[services["take_up"].notna() & (services["service"] == scenario.service)]
    if now.empty:
        message = f"service is {scenario.service!r}: it reports nothing by {scenario.quarter}."
        raise ScenarioError([Problem("service", scenario.service, message)])
    row: pd.Series[float] = now.iloc[0]
    return row


def _cost_factor(scenario: Savings, row: "pd.Series[float]") -> tuple[float, str]:
    """By how much the other channels' costs are scaled, and what is said of it.

    Of a published cost ``c`` of a transaction by any channel and take-up ``u``, the other channels
    cost ``(c − u × c_digital) ÷ (1 − u)``.
    """
    cost, take_up = float(row["cost"]), float(row["take_up"])
    if np.isnan(cost):
        return 1.0, f"No cost of {scenario.service} is published: costs by channel are used."
    if take_up < 1 and (other := (cost - take_up * scenario.cost_digital) / (1 - take_up)) > 0:
        return other / scenario.cost_of_others, (
            f"{scenario.service} is published to cost £{cost:,.2f} a transaction: with "
            f"£{scenario.cost_digital:,.2f} online, the other channels cost £{other:,.2f}."
        )
    return 1.0, (
        f"{scenario.service} is published to cost £{cost:,.2f} a transaction, less than its "
        "digital transactions alone would: costs by channel are used."
    )


def _forecast(outcome: Outcome) -> FloatArray:
    """Take-up now and in each year from now, by level of likelihood; the first row is what is."""
    table = outcome.tables["forecast"]
    seen = table[table["forecast"].isna()]["take_up"]
    ahead = table[table["forecast"].notna()][list(LEVELS)].to_numpy(float)
    now = np.full((1, len(LEVELS)), float(seen.iloc[-1]))
    return np.concatenate([now, ahead[QUARTERS_A_YEAR - 1 :: QUARTERS_A_YEAR]])
