"""Model of savings: appraisal of a move to digital services, with simulations."""

from collections.abc import Mapping

import pandas as pd

from workbook.methods.appraisal import mid_year_factors
from workbook.methods.arrays import FloatArray
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.scenario import ScenarioError
from workbook.topics.savings import narrative
from workbook.topics.savings.appraisal import appraise_inputs
from workbook.topics.savings.bottom_up_estimate import estimate_bottom_up
from workbook.topics.savings.break_even import break_even_by_cost_gap
from workbook.topics.savings.contact_costs import substituted_channel_costs
from workbook.topics.savings.discount_schedule import (
    rates_valid_by_day,
    resolve_schedule,
    scheduled_discount_factors,
)
from workbook.topics.savings.estimates import compare_estimates, estimate_by_channel
from workbook.topics.savings.indicators import savings_indicators
from workbook.topics.savings.inputs import scenario_inputs
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.price_conversion import (
    contact_price_factor,
    load_price_conversion,
)
from workbook.topics.savings.reconciliation import latest_published_total
from workbook.topics.savings.sampling import sample_inputs
from workbook.topics.savings.service_inputs import derive_service_inputs
from workbook.topics.savings.tables import appraisal_tables, source_tables
from workbook.topics.savings.warnings import savings_warnings


def evaluate_savings(
    tables: Mapping[str, pd.DataFrame], scenario: Savings, outcomes: Mapping[str, Outcome]
) -> Outcome:
    """Evaluate a scenario of savings.

    Args:
        tables: The topic's tables as known at the end of the scenario's quarter.
        scenario: The scenario.
        outcomes: Outcomes of other topics by name: that of ``take_up``.

    Returns:
        The outcome: cash flow, net present value, its distribution and switching values.

    Raises:
        ScenarioError: There is no valid discount rate, or the service does not report.
    """
    discount_factors, valid_rates = _discounting(tables["discount_rates"], scenario)
    highest_contact_cost = float(tables["channel_costs"]["cost"].max())
    conversion = load_price_conversion(tables["deflator"], scenario.price_year)
    price_factor = contact_price_factor(conversion, scenario)
    service = derive_service_inputs(scenario, outcomes, highest_contact_cost, conversion)
    take_up = _take_up_outcome(scenario, outcomes)
    inputs = scenario_inputs(scenario, service, discount_factors, price_factor)
    simulated = appraise_inputs(sample_inputs(scenario, inputs))
    break_even = break_even_by_cost_gap(inputs)
    published_total = latest_published_total(tables["published_savings"])
    indicators = savings_indicators(
        scenario, appraise_inputs(inputs), simulated, break_even, published_total
    )
    indicators_by_name = {indicator.name: indicator for indicator in indicators}
    estimates = compare_estimates(
        estimate_by_channel(indicators_by_name["annual_saving"], inputs),
        estimate_bottom_up(tables["efficiency_rates"], take_up, float(inputs.final_take_up)),
        [] if scenario.service else tables["cost_ratios"].to_dict("records"),
    )
    return Outcome(
        scenario=scenario,
        headline=narrative.write_savings_headline(scenario, inputs, indicators_by_name),
        indicators=indicators,
        tables=(
            *appraisal_tables(scenario, inputs, simulated["npv"], break_even, estimates),
            *source_tables(tables, scenario, valid_rates, conversion),
        ),
        notes=(
            *narrative.appraisal_notes(scenario, indicators_by_name),
            *narrative.service_input_notes(scenario, service),
            *narrative.reporting_service_notes(scenario, take_up),
        ),
        parameter_options=_parameter_options(tables, take_up),
        parameter_warnings=tuple(savings_warnings(scenario, inputs)),
        substituted_values={
            **service.substituted_values(scenario),
            **substituted_channel_costs(inputs, scenario.service),
        },
    )


def _discounting(rates: pd.DataFrame, scenario: Savings) -> tuple[FloatArray, pd.DataFrame]:
    """Discount factors for the years of the appraisal, and the rates behind them."""
    day = last_day_of_quarter(scenario.quarter)
    schedule = resolve_schedule(rates, scenario.discount_schedule, Savings().discount_schedule)
    factors = scheduled_discount_factors(rates, schedule, scenario.horizon, day)
    return (
        mid_year_factors(factors) if scenario.discount_timing == "mid-year" else factors,
        rates_valid_by_day(rates, schedule, day),
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


def _parameter_options(
    tables: Mapping[str, pd.DataFrame], take_up: Outcome | None
) -> dict[str, tuple[str, ...]]:
    schedules = tuple(sorted(tables["discount_rates"]["schedule"].astype(str).unique()))
    services = take_up.parameter_options["services"] if take_up else ()
    return {"service": services, "discount_schedule": schedules}
