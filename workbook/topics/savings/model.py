"""Savings: what moving people to the digital channel saves, for whom, when, and how sure we are."""

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from workbook.methods.arrays import FloatArray, FloatOrArray
from workbook.outcome import Direction, Indicator, Outcome, Unit
from workbook.periods import last_day_of_quarter
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
    scenario_estimate = _channel_cost_estimate(indicators, inputs)
    indicators_by_name = {indicator.name: indicator for indicator in indicators}
    return Outcome(
        scenario=scenario,
        headline=narrative.write_savings_headline(scenario, start, end, indicators_by_name),
        indicators=indicators,
        tables={
            "cash_flow": cash_flow_by_year(inputs, scenario.price_year),
            "channels": saving_by_channel(inputs),
            "npv_distribution": npv_histogram(simulated["npv"]),
            "switching": switching_values_table(inputs, scenario.parameters()),
            "break_even": break_even_table,
            "ways": compare_estimates(
                scenario_estimate,
                estimate_bottom_up(tables["efficiency_rates"], take_up, end),
                [] if scenario.service else tables["cost_ratios"].to_dict("records"),
            ),
            "discount_rates": rates_valid_by_day(rates, schedule, day),
            "published": reconcile_published_savings(tables["published_savings"]),
            "checks": audit_tests_table(scenario),
            "channel_costs": convert_to_price_year(
                tables["channel_costs"], tables["deflator"], scenario.price_year
            ),
        },
        columns=narrative.SAVINGS_COLUMNS,
        notes=(
            *narrative.appraisal_notes(scenario, indicators_by_name),
            *narrative.service_input_notes(scenario, service),
            *narrative.reporting_service_notes(scenario, take_up),
        ),
        parameter_options=_parameter_options(tables, take_up),
        parameter_warnings=tuple(savings_warnings(scenario, inputs)),
    )


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
