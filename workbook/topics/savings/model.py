"""Savings: what moving people to the digital channel saves, for whom, when, and how sure we are."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from workbook.indicators import Indicator
from workbook.methods.arrays import FloatOrArray
from workbook.outcome import Outcome
from workbook.periods import last_day_of_quarter
from workbook.result_table import ResultTable
from workbook.scenario import ScenarioError
from workbook.topics.savings import narrative
from workbook.topics.savings.appraisal import appraise_inputs
from workbook.topics.savings.audit_tests import audit_tests_table
from workbook.topics.savings.break_even import break_even_by_cost_gap
from workbook.topics.savings.cash_flow_tables import (
    cash_flow_by_year,
    convert_to_price_year,
    saving_by_channel,
)
from workbook.topics.savings.columns import SAVINGS_COLUMNS
from workbook.topics.savings.discount_schedule import rates_valid_by_day, resolve_schedule
from workbook.topics.savings.discount_schedule import scheduled_discount_factors as factors_of
from workbook.topics.savings.estimates import compare_estimates, estimate_bottom_up, volume_coverage
from workbook.topics.savings.indicators import savings_indicators
from workbook.topics.savings.inputs import AppraisalInputs, sample_inputs, scenario_inputs
from workbook.topics.savings.monte_carlo import npv_histogram
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.reconciliation import (
    latest_published_total,
    reconcile_published_savings,
)
from workbook.topics.savings.service_inputs import derive_service_inputs
from workbook.topics.savings.switching_values import switching_values_table
from workbook.topics.savings.warnings import savings_warnings


def evaluate_savings(
    tables: Mapping[str, pd.DataFrame], scenario: Savings, outcomes: Mapping[str, Outcome]
) -> Outcome:
    """Outcome of one scenario; ``outcomes`` holds that of the topic ``take_up``."""
    rates, day = tables["discount_rates"], last_day_of_quarter(scenario.quarter)
    schedule = resolve_schedule(rates, scenario.discount_schedule, Savings().discount_schedule)
    factors = factors_of(rates, schedule, scenario.horizon, day)
    service = derive_service_inputs(
        scenario, outcomes, float(tables["channel_costs"]["cost"].max())
    )
    inputs = scenario_inputs(scenario, service, factors)
    central = appraise_inputs(inputs)
    simulated = appraise_inputs(sample_inputs(scenario, service, factors))
    break_even_table = break_even_by_cost_gap(inputs)
    indicators = savings_indicators(
        scenario,
        central,
        simulated,
        break_even_table,
        latest_published_total(tables["published_savings"]),
    )
    take_up = _take_up_outcome(scenario, outcomes)
    start, end = float(inputs.initial_take_up), float(inputs.final_take_up)
    estimates = compare_estimates(
        _channel_cost_estimate(indicators, inputs),
        estimate_bottom_up(tables["efficiency_rates"], take_up, end),
        [] if scenario.service else tables["cost_ratios"].to_dict("records"),
    )
    indicators_by_name = {indicator.name: indicator for indicator in indicators}
    return Outcome(
        scenario=scenario,
        headline=narrative.write_savings_headline(scenario, start, end, indicators_by_name),
        indicators=indicators,
        tables=(
            *_appraisal_tables(scenario, inputs, simulated["npv"]),
            _result_table(
                "break_even", "Take-up at which it breaks even, by cost gap", break_even_table
            ),
            _result_table("ways", "Three ways, and why they differ", estimates),
            *_source_tables(tables, scenario, rates_valid_by_day(rates, schedule, day)),
        ),
        notes=(
            *narrative.appraisal_notes(scenario, indicators_by_name),
            *narrative.service_input_notes(scenario, service),
            *narrative.reporting_service_notes(scenario, take_up),
        ),
        parameter_options=_parameter_options(tables, take_up),
        parameter_warnings=tuple(savings_warnings(scenario, inputs)),
    )


def _appraisal_tables(
    scenario: Savings, inputs: AppraisalInputs, npv_draws: FloatOrArray
) -> Iterator[ResultTable]:
    """What the appraisal gives, year by year, by channel and over the simulations."""
    yield _result_table(
        "cash_flow", "Costs and savings by year", cash_flow_by_year(inputs, scenario.price_year)
    )
    yield _result_table("channels", "Channel by channel, net of help", saving_by_channel(inputs))
    yield _result_table(
        "npv_distribution",
        "Net present value: share of simulations by amount",
        npv_histogram(npv_draws),
    )
    yield _result_table(
        "switching",
        "What turns the answer",
        switching_values_table(inputs, scenario.parameters()),
    )


def _source_tables(
    tables: Mapping[str, pd.DataFrame], scenario: Savings, discount_rates: pd.DataFrame
) -> Iterator[ResultTable]:
    """What the appraisal rests on, and what is published beside it."""
    yield _result_table(
        "discount_rates", "Discount rates that were valid, and until when", discount_rates
    )
    yield _result_table(
        "published",
        "Published savings",
        reconcile_published_savings(tables["published_savings"]),
    )
    yield _result_table("checks", "What auditors ask", audit_tests_table(scenario))
    yield _result_table(
        "channel_costs",
        "What a contact costs, by source",
        convert_to_price_year(tables["channel_costs"], tables["deflator"], scenario.price_year),
    )


def _result_table(name: str, title: str, frame: pd.DataFrame) -> ResultTable:
    return ResultTable(name, title, frame, SAVINGS_COLUMNS)


def _take_up_outcome(scenario: Savings, outcomes: Mapping[str, Outcome]) -> Outcome | None:
    """The take-up topic's outcome; None where it has nothing and nothing of it is needed."""
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


def _channel_cost_estimate(
    indicators: tuple[Indicator, ...], inputs: AppraisalInputs
) -> dict[str, Any]:
    annual_saving = next(indicator for indicator in indicators if indicator.name == "annual_saving")
    return {
        "way": "Costs by channel (this scenario)",
        "take_up_from": float(inputs.initial_take_up),
        "take_up_to": float(inputs.final_take_up),
        "annual_saving": annual_saving.value,
        "low": annual_saving.low,
        "high": annual_saving.high,
        "covers": volume_coverage(float(inputs["volume"])),
        "why": narrative.CHANNEL_COST_ESTIMATE_NOTE,
    }
