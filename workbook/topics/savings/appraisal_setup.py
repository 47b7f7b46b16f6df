"""Set-up of an appraisal: everything that the figures of a scenario are calculated from."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from workbook.methods.appraisal import mid_year_factors
from workbook.methods.arrays import FloatArray
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.scenario import ParameterError, ScenarioError, value_error
from workbook.topics.savings.discount_schedule import (
    rates_for_day,
    resolve_schedule,
    scheduled_discount_factors,
)
from workbook.topics.savings.inputs import AppraisalInputs, scenario_inputs
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.parameters.sources import EFFICIENCY_REPORT_QUARTER
from workbook.topics.savings.price_conversion import (
    PriceConversion,
    contact_price_factor,
    load_price_conversion,
)
from workbook.topics.savings.sampling import sample_inputs
from workbook.topics.savings.service_inputs import derive_service_inputs


@dataclass(frozen=True, eq=False)
class AppraisalSetup:
    """What the figures of a scenario are calculated from.

    Attributes:
        inputs: Point values.
        sampled: Simulations of the uncertain inputs.
        take_up: Outcome of the take-up topic, None if it has no data.
        conversion: Conversion of prices to the price year.
        discount_rates: The discount rates behind the factors.
    """

    inputs: AppraisalInputs
    sampled: AppraisalInputs
    take_up: Outcome | None
    conversion: PriceConversion
    discount_rates: pd.DataFrame


def set_up_appraisal(
    tables: Mapping[str, pd.DataFrame], scenario: Savings, outcomes: Mapping[str, Outcome]
) -> AppraisalSetup:
    """Derive the inputs of a scenario from the tables and other topics, and simulate them.

    Args:
        tables: The topic's tables as known at the end of the scenario's quarter.
        scenario: The scenario.
        outcomes: Outcomes of other topics by name: that of ``take_up``.

    Returns:
        The set-up.

    Raises:
        ScenarioError: The quarter ended before the assumptions were published, there is no discount
            rate for it, or the service does not report.
    """
    if scenario.quarter < EFFICIENCY_REPORT_QUARTER:
        raise ScenarioError([_too_early_error(scenario.quarter)])
    discount_factors, discount_rates = _discount_years(tables["discount_rates"], scenario)
    highest_contact_cost = float(tables["channel_costs"]["cost"].max())
    conversion = load_price_conversion(tables["deflator"], scenario.price_year)
    price_factor = contact_price_factor(conversion, scenario)
    service = derive_service_inputs(scenario, outcomes, highest_contact_cost, conversion)
    inputs = scenario_inputs(scenario, service, discount_factors, price_factor)
    return AppraisalSetup(
        inputs,
        sample_inputs(scenario, inputs),
        _take_up_outcome(scenario, outcomes),
        conversion,
        discount_rates,
    )


def _too_early_error(quarter: str) -> ParameterError:
    return value_error(
        "quarter",
        quarter,
        f"it must be {EFFICIENCY_REPORT_QUARTER} or later. The Digital Efficiency Report, on which"
        " most assumptions rest, was published in November 2012.",
    )


def _discount_years(rates: pd.DataFrame, scenario: Savings) -> tuple[FloatArray, pd.DataFrame]:
    """Discount factors for the years of the appraisal, and the rates behind them."""
    day = last_day_of_quarter(scenario.quarter)
    schedule = resolve_schedule(rates, scenario.discount_schedule, Savings().discount_schedule)
    factors = scheduled_discount_factors(rates, schedule, scenario.horizon, day)
    return (
        mid_year_factors(factors) if scenario.discount_timing == "mid-year" else factors,
        rates_for_day(rates, schedule, day),
    )


def _take_up_outcome(scenario: Savings, outcomes: Mapping[str, Outcome]) -> Outcome | None:
    """Outcome of the take-up topic; None if it has no data and the scenario does not need it."""
    try:
        return outcomes["take_up"]
    except ScenarioError as error:
        if scenario.service or any(
            parameter_error.name != "quarter" for parameter_error in error.problems
        ):
            raise
        return None
