"""A service's own figures, as the take-up topic gives them: volume, take-up, cost, forecast."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook import words
from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.outcome import Outcome
from workbook.quarters import QUARTERS_A_YEAR
from workbook.scenario import Problem, ScenarioError, Value
from workbook.topics.savings.scenario import LARGEST, SMALLEST, Savings

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
    """What is taken from the take-up topic; None where the scenario's own figures are used.

    ``cost`` holds that of a transaction by any channel, in pounds, and the take-up at which it is
    that, where it is published and says something of the other channels. ``forecast`` has a row for
    each year from now to the horizon, a column for each of ``LEVELS``, of take-up.
    """

    volume: float | None = None
    take_up: float | None = None
    cost: tuple[float, float] | None = None
    forecast: FloatArray | None = None
    note: str = ""

    def put_into(self, scenario: Savings) -> Savings:
        """The scenario with these figures in place of its own."""
        own: dict[str, Value] = {}
        if self.volume is not None:
            own["volume"] = round(self.volume)
        if self.take_up is not None:
            own["take_up_now"] = float(np.clip(self.take_up, SMALLEST, LARGEST))
        return scenario.replace(**own)

    @property
    def unused(self) -> set[str]:
        """Parameters of the scenario that say nothing, because these figures stand for them."""
        unused = set() if self.volume is None else {"volume"}
        unused |= set() if self.take_up is None else {"take_up_now"}
        return unused | (set() if self.forecast is None else {"take_up_target", "years_to_target"})


def service_of(scenario: Savings, outcomes: Mapping[str, Outcome], most: float) -> Service:
    """What the scenario takes from the take-up topic, nothing where it takes nothing.

    ``most`` is the highest published cost of a contact, in pounds: what costs more is no contact.
    Raises ScenarioError where it names a service, or wants a forecast, that is not there.
    """
    if not scenario.service and scenario.curve == "assumed":
        return Service()
    outcome = outcomes["take_up"]
    forecast = _forecast(scenario, outcome) if scenario.curve == "forecast" else None
    start = None if forecast is None else float(forecast[0, 0])
    if not scenario.service:
        return Service(take_up=start, forecast=forecast)
    row = _row(scenario, outcome)
    take_up = float(row["take_up"])
    says, note = _cost(scenario, row, most)
    cost = (float(row["cost"]), take_up) if says else None
    return Service(float(row["volume"]), take_up if start is None else start, cost, forecast, note)


def _row(scenario: Savings, outcome: Outcome) -> "pd.Series[float]":
    """The service's row in its latest window."""
    now = outcome.tables["services"].dropna(subset=["take_up"])
    if len(now) != 1:
        many = "; ".join(now["service"]) or "nothing"
        message = (
            f"service is {scenario.service!r}, of which {many} reports by {scenario.quarter}: name "
            "one service that does."
        )
        raise _refusal("service", scenario.service, message)
    row: pd.Series[float] = now.iloc[0]
    return row


def other_cost(cost: float, take_up: float, digital: FloatOrArray) -> FloatOrArray:
    """What a transaction by the other channels costs, of what one costs by any, in pounds.

    Of a cost ``c`` and take-up ``u``: ``(c − u × c_digital) ÷ (1 − u)``, and never below 0.
    """
    other: FloatOrArray = np.maximum((cost - take_up * digital) / (1 - take_up), 0.0)
    return other


def _cost(scenario: Savings, row: "pd.Series[float]", most: float) -> tuple[bool, str]:
    """Whether its published cost says what its other channels cost, and what is said of it."""
    service, digital = scenario.service, scenario.cost_digital
    cost, take_up = float(row["cost"]), float(row["take_up"])
    instead = "costs by channel are used."
    if np.isnan(cost):
        return False, f"No cost of {service} is published: {instead}"
    said = f"{service} is published to cost {words.pounds(cost)} a transaction"
    if take_up >= 1:
        return False, f"{said}, all of them digital: of the other channels {instead}"
    other = float(other_cost(cost, take_up, digital))
    if other <= 0:
        return False, f"{said}, less than its digital transactions alone would: {instead}"
    if other > most:
        return False, (
            f"{said}, from end to end: it would take {words.pounds(other)} for a contact by the "
            f"other channels, and none is published to cost more than {words.pounds(most)}, so "
            f"{instead}"
        )
    costs = f"with {words.pounds(digital)} online, the other channels cost {words.pounds(other)}."
    return True, f"{said}: {costs}"


def _forecast(scenario: Savings, outcome: Outcome) -> FloatArray:
    """Take-up now and in each year from now, by level of likelihood; the first row is what is."""
    table = outcome.tables["forecast"]
    seen = table[table["forecast"].isna()]["take_up"].dropna()
    ahead = table[table["forecast"].notna()][list(LEVELS)].to_numpy(float)
    if np.isnan(ahead).any() or not len(ahead):
        message = (
            f"curve is 'forecast', and there is no forecast by {scenario.quarter}: one window says "
            "nothing of where take-up is going. Choose assumed, or a later quarter."
        )
        raise _refusal("curve", scenario.curve, message)
    now = np.full((1, len(LEVELS)), float(seen.iloc[-1]))
    years = np.concatenate([now, ahead[QUARTERS_A_YEAR - 1 :: QUARTERS_A_YEAR]])
    return years[: scenario.horizon + 1]


def _refusal(name: str, value: str, message: str) -> ScenarioError:
    return ScenarioError([Problem(name, value, message)])
