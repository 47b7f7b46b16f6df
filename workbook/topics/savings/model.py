"""Savings: what moving people to the digital channel saves, for whom, when, and how sure we are."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.outcome import Direction, Indicator, Outcome, Unit
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
from workbook.topics.savings.inputs import AppraisalInputs, sample_inputs, scenario_inputs
from workbook.topics.savings.monte_carlo import npv_histogram, simulation_quantiles
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.reconciliation import (
    latest_published_total,
    reconcile_published_savings,
)
from workbook.topics.savings.service_inputs import derive_service_inputs
from workbook.topics.savings.switching_values import switching_values_table
from workbook.topics.savings.warnings import savings_warnings

_IndicatorValues = Mapping[str, FloatOrArray]

SAVINGS_INDICATORS: Mapping[str, tuple[str, Unit, Direction]] = {
    "annual_saving": ("Saved a year, once take-up has risen", "GBP", "higher"),
    "npv": ("Net present value", "GBP", "higher"),
    "probability_npv_positive": ("Chance that it is worth its cost", "share", "higher"),
    "benefit_cost_ratio": ("Saved for each pound spent (benefit-cost ratio)", "index", "higher"),
    "payback_years": ("Paid back after", "years", "lower"),
    "discounted_payback_years": ("Paid back after, discounted", "years", "lower"),
    "break_even_take_up": ("Take-up at which it breaks even", "share", "lower"),
    "npv_p10": ("Net present value, cautious (P10)", "GBP", "higher"),
    "npv_p50": ("Net present value, middle (P50)", "GBP", "higher"),
    "npv_p90": ("Net present value, hopeful (P90)", "GBP", "higher"),
    "total_saving": ("Saved over all years", "GBP", "higher"),
    "fiscal_saving": ("Of it for the taxpayer", "GBP", "higher"),
    "fee_payer_saving": ("Of it for fee-payers", "GBP", "higher"),
    "saving_per_point": ("Saved a year by a percentage point more", "GBP", "higher"),
    "published_saving": ("Published saving, {year}", "GBP", ""),
}
"""What each indicator is called, its unit, and which way is the better one."""


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
    indicators = _build_indicators(scenario, central, simulated, break_even_table, tables)
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


def _build_indicators(
    scenario: Savings,
    central: _IndicatorValues,
    simulated: _IndicatorValues,
    break_even_table: pd.DataFrame,
    tables: Mapping[str, pd.DataFrame],
) -> tuple[Indicator, ...]:
    """The figures with what they are called, their likely range, and why one is missing."""
    intervals = simulation_quantiles(simulated)
    percentiles = dict(
        zip(("npv_p10", "npv_p50", "npv_p90"), intervals["npv"].tolist(), strict=True)
    )
    published_total = latest_published_total(tables["published_savings"])
    values: dict[str, float] = {
        **{name: float(value) for name, value in central.items()},
        **percentiles,
        "probability_npv_positive": float(np.mean(simulated["npv"] > 0)),
        "break_even_take_up": math.nan
        if break_even_table.empty
        else float(break_even_table["take_up"].iloc[0]),
        "published_saving": published_total.value if published_total else math.nan,
    }
    missing_reasons, never_paid_back = (
        narrative.missing_indicator_reasons(scenario),
        narrative.never_paid_back_notes(simulated),
    )

    def build_indicator(name: str, label: str, unit: Unit, direction: Direction) -> Indicator:
        label = label.format(year=published_total.financial_year if published_total else "none yet")
        if not math.isfinite(values[name]):
            missing_label, missing_reason = missing_reasons[name]
            return Indicator(
                name,
                label,
                unit,
                None,
                reason=missing_reason,
                direction=direction,
                missing_label=missing_label,
            )
        interval = _finite_interval(intervals[name]) if name in intervals else (None, None)
        return Indicator(
            name, label, unit, values[name], *interval, never_paid_back.get(name, ""), direction
        )

    return tuple(
        build_indicator(name, *definition) for name, definition in SAVINGS_INDICATORS.items()
    )


def _finite_interval(quantiles: FloatArray) -> tuple[float | None, float | None]:
    """P10 and P90; None where an end is without bound, as where some draws are never paid back."""
    low, _, high = quantiles.tolist()
    return (low, high) if math.isfinite(low) and math.isfinite(high) else (None, None)
