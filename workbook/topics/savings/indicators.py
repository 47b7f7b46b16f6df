"""Indicators of savings: definitions, values, intervals and notes."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from workbook.indicators import Indicator, IndicatorDefinition, build_indicators
from workbook.methods.arrays import FloatOrArray
from workbook.methods.value_of_information import expected_value_of_perfect_information
from workbook.periods import last_day_of_quarter
from workbook.text.dates import format_month
from workbook.text.numbers import format_years
from workbook.topics.savings.forecast_indicators import (
    FORECAST_INDICATORS,
    FORECAST_PROBABILITY,
    ForecastFigures,
)
from workbook.topics.savings.indicator_notes import PAYBACK_INDICATORS, indicator_notes
from workbook.topics.savings.monte_carlo import simulation_quantiles
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.reconciliation import PublishedTotal

SAVINGS_INDICATORS = (
    IndicatorDefinition("annual_saving", "Annual saving at target take-up", "GBP", "higher"),
    IndicatorDefinition("npv", "Net present value", "GBP", "higher"),
    IndicatorDefinition(
        "probability_npv_positive",
        "Probability that benefits exceed costs",
        "share",
        "higher",
        missing_label="not tested",
        is_probability=True,
    ),
    *FORECAST_INDICATORS,
    IndicatorDefinition(
        "benefit_cost_ratio",
        "Benefit-cost ratio",
        "index",
        "higher",
        missing_label="none",
    ),
    IndicatorDefinition(
        "payback_years", "Payback period", "years", "lower", missing_label="not paid back"
    ),
    IndicatorDefinition(
        "discounted_payback_years",
        "Discounted payback period",
        "years",
        "lower",
        missing_label="not paid back",
    ),
    IndicatorDefinition(
        "break_even_take_up",
        "Break-even take-up",
        "share",
        "lower",
        missing_label="none",
        scenario_label="Break-even take-up{pace}",
    ),
    IndicatorDefinition(
        "npv_p10", "Net present value, pessimistic (P10)", "GBP", "higher", is_quantile=True
    ),
    IndicatorDefinition(
        "npv_p50", "Net present value, median (P50)", "GBP", "higher", is_quantile=True
    ),
    IndicatorDefinition(
        "npv_p90", "Net present value, optimistic (P90)", "GBP", "higher", is_quantile=True
    ),
    IndicatorDefinition("evpi", "Value of perfect information", "GBP", is_quantile=True),
    IndicatorDefinition("total_saving", "Total saving over all years", "GBP", "higher"),
    IndicatorDefinition("fiscal_saving", "Saving for the taxpayer", "GBP", "higher"),
    IndicatorDefinition("fee_payer_saving", "Saving for people who pay fees", "GBP", "higher"),
    IndicatorDefinition(
        "saving_per_point", "Annual saving for each extra percentage point", "GBP", "higher"
    ),
    IndicatorDefinition(
        "published_saving",
        "Published saving, latest year",
        "GBP",
        missing_label="none",
        scenario_label="Published saving, {year}",
    ),
)

_PERCENTILE_INDICATORS = ("npv_p10", "npv_p50", "npv_p90")


@dataclass(frozen=True, eq=False)
class AppraisalFigures:
    """Figures of a scenario, each by indicator name as ``appraise_inputs`` gives them.

    Attributes:
        central: Figures of the scenario's own values.
        simulated: The same for each simulation, shape (draws,).
        on_forecast: Figures of the second answer.
    """

    central: Mapping[str, FloatOrArray]
    simulated: Mapping[str, FloatOrArray]
    on_forecast: ForecastFigures


def savings_indicators(
    scenario: Savings,
    figures: AppraisalFigures,
    break_even_take_up: float,
    published_total: PublishedTotal | None,
) -> tuple[Indicator, ...]:
    """Build the indicators of a scenario.

    Args:
        scenario: The scenario.
        figures: Figures of the appraisal.
        break_even_take_up: Break-even take-up, a fraction; NaN where there is none.
        published_total: The latest published total, None where there is none.
    """
    simulated, on_forecast = figures.simulated, figures.on_forecast
    quantiles = simulation_quantiles(simulated)
    return build_indicators(
        SAVINGS_INDICATORS,
        {
            **{name: float(value) for name, value in figures.central.items()},
            **dict(zip(_PERCENTILE_INDICATORS, quantiles["npv"].tolist(), strict=True)),
            "probability_npv_positive": _probability_of_gain(scenario, figures),
            **on_forecast.amounts,
            "evpi": None
            if scenario.target_has_ended
            else expected_value_of_perfect_information(simulated["npv"]),
            "break_even_take_up": break_even_take_up,
            "published_saving": published_total.value
            if published_total and not scenario.service
            else None,
        },
        intervals={
            **{name: (low, high) for name, (low, _, high) in quantiles.items()},
            **on_forecast.intervals,
        },
        missing_reasons={
            **_missing_reasons(scenario),
            **on_forecast.missing_reasons,
            "probability_npv_positive": _missing_probability_reason(scenario, on_forecast),
        },
        missing_labels=dict.fromkeys(("probability_npv_positive", "evpi"), "not applicable")
        if scenario.target_has_ended
        else None,
        notes=indicator_notes(scenario, simulated, on_forecast.notes),
        label_fields={
            "year": published_total.financial_year if published_total else "latest year",
            "forecast_path": on_forecast.path,
            "pace": ""
            if scenario.curve == "forecast"
            else f", if reached over {format_years(scenario.years_to_target)}",
        },
        as_of=_data_periods(scenario, published_total),
    )


def _data_periods(scenario: Savings, published_total: PublishedTotal | None) -> dict[str, str]:
    """Newest period behind each figure: none but those on forecast take-up rest on its table."""
    on_take_up = {definition.name for definition in FORECAST_INDICATORS}
    if scenario.service or scenario.curve == "forecast":
        on_take_up = {definition.name for definition in SAVINGS_INDICATORS}
    published = {"published_saving": published_total.financial_year} if published_total else {}
    on_assumptions = {definition.name for definition in SAVINGS_INDICATORS} - on_take_up
    return dict.fromkeys(on_assumptions, "") | published


def _probability_of_gain(scenario: Savings, figures: AppraisalFigures) -> float | None:
    """Share of simulations with a positive net present value.

    None on an untested forecast, and if the target year has ended.
    """
    if scenario.target_has_ended:
        return None
    if scenario.curve == "forecast" and figures.on_forecast.amounts[FORECAST_PROBABILITY] is None:
        return None
    return float(np.mean(figures.simulated["npv"] > 0))


def _missing_probability_reason(scenario: Savings, on_forecast: ForecastFigures) -> str:
    if scenario.target_has_ended:
        return f"the target year, {scenario.target_year}, has ended"
    return on_forecast.missing_reasons.get(FORECAST_PROBABILITY, "")


def _missing_reasons(scenario: Savings) -> dict[str, str]:
    """Reasons for a missing value, by indicator name."""
    not_paid_back = f"the costs are not recovered within {format_years(scenario.horizon)}"
    no_target = "take-up follows the forecast, so there is no target to vary"
    no_break_even = "no take-up between the start and almost 100% breaks even"
    quarter_end = format_month(last_day_of_quarter(scenario.quarter))
    return {
        "benefit_cost_ratio": "there are no costs",
        "evpi": f"{scenario.target_year} has ended, so knowing more cannot change the decision",
        **dict.fromkeys(PAYBACK_INDICATORS, not_paid_back),
        "break_even_take_up": no_target if scenario.curve == "forecast" else no_break_even,
        "published_saving": "published savings are all of government’s"
        if scenario.service
        else f"no saving is published for a year that ended by {quarter_end}",
    }
