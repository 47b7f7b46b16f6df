"""Model of savings: appraisal of a move to digital services, with simulations."""

from collections.abc import Mapping
from itertools import chain

import pandas as pd

from workbook.methods.arrays import FloatOrArray
from workbook.outcome import Outcome, Simulations
from workbook.topics.savings.appraisal import appraise_inputs
from workbook.topics.savings.appraisal_setup import AppraisalSetup, set_up_appraisal
from workbook.topics.savings.break_even import find_break_even_take_up
from workbook.topics.savings.contact_costs import substituted_channel_costs
from workbook.topics.savings.findings import Findings
from workbook.topics.savings.forecast_indicators import forecast_figures
from workbook.topics.savings.headline import write_savings_headline
from workbook.topics.savings.indicators import AppraisalFigures, savings_indicators
from workbook.topics.savings.narrative import write_savings_notes
from workbook.topics.savings.on_forecast import appraise_on_forecast
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.reconciliation import latest_published_total
from workbook.topics.savings.tables import appraisal_tables, source_tables
from workbook.topics.savings.uncertain_inputs import simulated_inputs
from workbook.topics.savings.warnings import discount_rate_warnings, savings_warnings


def evaluate_savings(
    tables: Mapping[str, pd.DataFrame], scenario: Savings, outcomes: Mapping[str, Outcome]
) -> Outcome:
    """Evaluate a scenario of savings.

    Args:
        tables: As ``set_up_appraisal`` takes them.
        scenario: The scenario.
        outcomes: As ``set_up_appraisal`` takes them.

    Returns:
        The outcome: cash flow, net present value, its distribution and switching values.

    Raises:
        ScenarioError: As ``set_up_appraisal`` raises it.
    """
    setup = set_up_appraisal(tables, scenario, outcomes)
    inputs, take_up = setup.inputs, setup.take_up
    simulated = appraise_inputs(setup.sampled)
    findings = _find_results(tables, scenario, setup, simulated)
    expiry_warnings = tuple(discount_rate_warnings(scenario, setup.discount_rates))
    return Outcome(
        scenario=scenario,
        headline=write_savings_headline(findings),
        indicators=tuple(findings.indicators.values()),
        tables=chain(
            appraisal_tables(findings, simulated["npv"]),
            source_tables(tables, scenario, setup),
        ),
        notes=write_savings_notes(findings),
        parameter_options=_parameter_options(tables, take_up),
        parameter_warnings=(*expiry_warnings, *savings_warnings(scenario, inputs)),
        overdue_inputs=tuple(warning.message for warning in expiry_warnings),
        substituted_values={
            **inputs.service.substituted_values(scenario),
            **substituted_channel_costs(inputs, scenario.service),
        },
        simulations=Simulations(simulated_inputs(setup.sampled), simulated),
    )


def _find_results(
    tables: Mapping[str, pd.DataFrame],
    scenario: Savings,
    setup: AppraisalSetup,
    simulated: Mapping[str, FloatOrArray],
) -> Findings:
    """Calculate the indicators and the second answer."""
    inputs, take_up = setup.inputs, setup.take_up
    on_forecast = appraise_on_forecast(scenario, inputs, setup.sampled, take_up)
    forecast_results = forecast_figures(scenario, on_forecast, take_up)
    indicators = savings_indicators(
        scenario,
        AppraisalFigures(appraise_inputs(inputs), simulated, forecast_results),
        find_break_even_take_up(inputs),
        latest_published_total(tables["published_savings"]),
    )
    indicators_by_name = {indicator.name: indicator for indicator in indicators}
    return Findings(
        scenario, inputs, setup.sampled, indicators_by_name, on_forecast, take_up, tables
    )


def _parameter_options(
    tables: Mapping[str, pd.DataFrame], take_up: Outcome | None
) -> dict[str, tuple[str, ...]]:
    schedules = tuple(sorted(tables["discount_rates"]["schedule"].astype(str).unique()))
    services = take_up.parameter_options["services"] if take_up else ()
    return {"service": services, "discount_schedule": schedules}
