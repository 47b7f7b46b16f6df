"""Inputs from the take-up topic: a service's volume, take-up, cost and forecast."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatOrArray
from workbook.outcome import Outcome, SubstitutedValue
from workbook.periods import last_day_of_quarter
from workbook.scenario import ParameterValue, ScenarioError, value_error
from workbook.tables.deflator import main_calendar_year
from workbook.text.dates import format_month
from workbook.text.numbers import format_money
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.parameters.take_up import HIGHEST_TAKE_UP, LOWEST_TAKE_UP
from workbook.topics.savings.price_conversion import PriceConversion, contact_price_factor
from workbook.topics.savings.take_up_forecast import TakeUpForecast, read_take_up_forecast


@dataclass(frozen=True, eq=False)
class ServiceInputs:
    """Figures from the take-up topic; None where the scenario's own figures are used.

    Attributes:
        volume: Transactions a year.
        take_up: Starting take-up.
        cost: Published cost of a transaction by any channel, in pounds of the price year, and the
            take-up at which it holds; None if it is not published, or if no cost of the other
            channels follows from it.
        forecast: The forecast that take-up follows.
        assisted_share: Share of users who need support to use the services online.
        note: How the published cost is used, or why it is not.
        has_unconverted_cost: Whether the cost is used in the prices of a year that the deflator
            does not reach.
    """

    volume: float | None = None
    take_up: float | None = None
    cost: tuple[float, float] | None = None
    forecast: TakeUpForecast | None = None
    assisted_share: float | None = None
    note: str = ""
    has_unconverted_cost: bool = False

    def apply_to(self, scenario: Savings) -> Savings:
        """Replace the scenario's figures.

        Args:
            scenario: The scenario.

        Returns:
            The scenario with these figures.
        """
        overrides: dict[str, ParameterValue] = {}
        if self.volume is not None:
            overrides["volume"] = round(self.volume)
        if self.take_up is not None:
            overrides["take_up_now"] = float(np.clip(self.take_up, LOWEST_TAKE_UP, HIGHEST_TAKE_UP))
        if self.assisted_share is not None:
            overrides["assisted_share"] = self.assisted_share
        return scenario.replace(**overrides)

    @property
    def unused_parameters(self) -> set[str]:
        """Parameters of the scenario that these figures replace."""
        unused = set() if self.volume is None else {"volume"}
        unused |= set() if self.take_up is None else {"take_up_now"}
        unused |= set() if self.assisted_share is None else {"assisted_share"}
        return unused | (set() if self.forecast is None else {"take_up_target", "years_to_target"})

    def substituted_values(self, scenario: Savings) -> dict[str, SubstitutedValue]:
        """Describe what these figures replace, for the assumptions register.

        Args:
            scenario: The scenario.

        Returns:
            Value and source of each figure used, by parameter name; no value where the parameter
            plays no part.
        """
        values_used = self.apply_to(scenario).values()
        services = scenario.service or "all services that report"
        source = f"Digital take-up page: {services}"
        return {
            name: SubstitutedValue(source, values_used[name])
            if name in {"volume", "take_up_now", "assisted_share"}
            else SubstitutedValue("Take-up follows its forecast")
            for name in self.unused_parameters
        }


def derive_service_inputs(
    scenario: Savings,
    outcomes: Mapping[str, Outcome],
    highest_contact_cost: float,
    conversion: PriceConversion,
) -> ServiceInputs:
    """Derive a service's inputs from the outcome of the take-up topic.

    Args:
        scenario: The scenario.
        outcomes: Outcomes of other topics by name.
        highest_contact_cost: The highest published cost of a contact, in pounds. A service with a
            higher cost is published from end to end, so its cost is not that of a contact.
        conversion: The conversion to the price year.

    Returns:
        The figures, all None if the scenario names no service and no forecast.

    Raises:
        ScenarioError: The service does not report, or there is no forecast.
    """
    if not scenario.service and scenario.curve == "assumed" and not scenario.assisted_data:
        return ServiceInputs()
    outcome = outcomes["take_up"]
    assisted_share = _share_needing_support(scenario, outcome)
    forecast = _require_forecast(scenario, outcome) if scenario.curve == "forecast" else None
    if not scenario.service:
        return ServiceInputs(forecast=forecast, assisted_share=assisted_share)
    row = _latest_service_row(scenario, outcome)
    take_up = float(row["take_up"])
    window_end = str(outcome.frame("windows")["window_end"].iloc[-1])
    cost, note = _assess_published_cost(scenario, row, window_end, highest_contact_cost, conversion)
    return ServiceInputs(
        float(row["volume"]),
        take_up if forecast is None else float(forecast.central_forecast[0]),
        None if cost is None else (cost, take_up),
        forecast,
        assisted_share,
        note,
        has_unconverted_cost=cost is not None
        and scenario.convert_prices == "yes"
        and not conversion.can_convert(main_calendar_year(window_end)),
    )


def _share_needing_support(scenario: Savings, outcome: Outcome) -> float | None:
    """Share of users who need support, by the team's own table; None if it chose none."""
    if not scenario.assisted_data:
        return None
    services = outcome.frame("assisted_services")
    if services.empty:
        explanation = (
            f"it has no shares for {scenario.service or 'any service that is included'}. Name a"
            " service of the table of services, or “all”."
        )
        raise ScenarioError([value_error("assisted_data", scenario.assisted_data, explanation)])
    return float(services["needing"].sum() / services["people"].sum())


def _latest_service_row(scenario: Savings, outcome: Outcome) -> "pd.Series[float]":
    """The service's row for its latest window."""
    reporting_services = outcome.frame("services").dropna(subset=["take_up"])
    if len(reporting_services) != 1:
        quarter_end = format_month(last_day_of_quarter(scenario.quarter))
        service_names = "; ".join(reporting_services["service"]) or "none"
        explanation = (
            f"it must be one service that had reported by {quarter_end}. Matching services that"
            f" had: {service_names}."
        )
        raise ScenarioError([value_error("service", scenario.service, explanation)])
    row: pd.Series[float] = reporting_services.iloc[0]
    return row


def implied_other_channel_cost(cost: float, take_up: float, digital: FloatOrArray) -> FloatOrArray:
    """Cost of a transaction by the other channels, from the cost by any channel.

    With the cost ``c`` and take-up ``u`` it is ``(c − u × c_digital) ÷ (1 − u)``.

    Args:
        cost: Cost of a transaction by any channel, in pounds.
        take_up: Take-up at which that cost holds.
        digital: Cost of a digital transaction, in pounds.

    Returns:
        Pounds a transaction, at least 0.
    """
    implied_cost: FloatOrArray = np.maximum((cost - take_up * digital) / (1 - take_up), 0.0)
    return implied_cost


def _assess_published_cost(
    scenario: Savings,
    row: "pd.Series[float]",
    window_end: str,
    highest_contact_cost: float,
    conversion: PriceConversion,
) -> tuple[float | None, str]:
    """Published cost in the price year's prices, and a note; None if no other cost follows."""
    service, published, take_up = scenario.service, float(row["cost"]), float(row["take_up"])
    fallback = "The costs by channel are used instead."
    if np.isnan(published):
        return None, f"No cost of {service} is published. {fallback}"
    cost, prices_note = _convert_published_cost(scenario, published, window_end, conversion)
    published_cost = f"The published cost of {service} is {format_money(published)} a transaction"
    if take_up >= 1:
        return None, f"{published_cost}, and all its transactions are digital. {fallback}"
    digital = scenario.cost_digital * contact_price_factor(conversion, scenario)
    other_channel_cost = float(implied_other_channel_cost(cost, take_up, digital))
    if other_channel_cost <= 0:
        return (
            None,
            f"{published_cost}, less than its digital transactions alone would cost. {fallback}",
        )
    if other_channel_cost > highest_contact_cost:
        return (
            None,
            (
                f"{published_cost}, for the whole service. It implies"
                f" {format_money(other_channel_cost)} for a contact by the other channels, above"
                f" the highest published cost of {format_money(highest_contact_cost)}. {fallback}"
            ),
        )
    cost_split = (
        f"With {format_money(digital)} online, the other channels cost"
        f" {format_money(other_channel_cost)}."
    )
    return cost, f"{published_cost}{prices_note}. {cost_split}"


def _convert_published_cost(
    scenario: Savings, cost: float, window_end: str, conversion: PriceConversion
) -> tuple[float, str]:
    """Bring a cost of a year to the price year; say so, or that the deflator does not reach it."""
    if scenario.convert_prices == "no":
        return cost, ""
    year = main_calendar_year(window_end)
    if not conversion.can_convert(year):
        return cost, (
            f" in the year to {format_month(window_end)}. The deflator does not cover that year, so"
            " it is not converted"
        )
    converted = cost * conversion.price_growth(year)
    return converted, f", or {format_money(converted)} in {scenario.price_year} prices"


def _require_forecast(scenario: Savings, outcome: Outcome) -> TakeUpForecast:
    """The forecast, or an error at the parameter that asks for it."""
    forecast = read_take_up_forecast(outcome, scenario)
    if forecast is None:
        explanation = (
            f"there is no forecast at {scenario.quarter}, because one 12-month period is too little"
            " data. Choose assumed, or a later quarter."
        )
        raise ScenarioError([value_error("curve", scenario.curve, explanation)])
    return forecast
