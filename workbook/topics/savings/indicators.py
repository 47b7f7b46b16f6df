"""The indicators of savings: their definitions, figures, intervals and notes."""

import math
from collections.abc import Mapping

import numpy as np
import pandas as pd

from workbook.indicators import Indicator, IndicatorDefinition, build_indicators
from workbook.methods.arrays import FloatOrArray
from workbook.text.numbers import format_probability, format_years
from workbook.topics.savings.monte_carlo import simulation_quantiles
from workbook.topics.savings.parameters import Savings
from workbook.topics.savings.reconciliation import PublishedTotal

SAVINGS_INDICATORS = (
    IndicatorDefinition("annual_saving", "Saved a year, once take-up has risen", "GBP", "higher"),
    IndicatorDefinition("npv", "Net present value", "GBP", "higher"),
    IndicatorDefinition(
        "probability_npv_positive", "Chance that it is worth its cost", "share", "higher"
    ),
    IndicatorDefinition(
        "benefit_cost_ratio",
        "Saved for each pound spent (benefit-cost ratio)",
        "index",
        "higher",
        missing_label="none",
    ),
    IndicatorDefinition(
        "payback_years", "Paid back after", "years", "lower", missing_label="never"
    ),
    IndicatorDefinition(
        "discounted_payback_years",
        "Paid back after, discounted",
        "years",
        "lower",
        missing_label="never",
    ),
    IndicatorDefinition(
        "break_even_take_up",
        "Take-up at which it breaks even",
        "share",
        "lower",
        missing_label="none",
    ),
    IndicatorDefinition("npv_p10", "Net present value, cautious (P10)", "GBP", "higher"),
    IndicatorDefinition("npv_p50", "Net present value, middle (P50)", "GBP", "higher"),
    IndicatorDefinition("npv_p90", "Net present value, hopeful (P90)", "GBP", "higher"),
    IndicatorDefinition("total_saving", "Saved over all years", "GBP", "higher"),
    IndicatorDefinition("fiscal_saving", "Of it for the taxpayer", "GBP", "higher"),
    IndicatorDefinition("fee_payer_saving", "Of it for fee-payers", "GBP", "higher"),
    IndicatorDefinition(
        "saving_per_point", "Saved a year by a percentage point more", "GBP", "higher"
    ),
    IndicatorDefinition(
        "published_saving",
        "Published saving of the latest year",
        "GBP",
        missing_label="none",
        scenario_label="Published saving, {year}",
    ),
)

_PERCENTILE_INDICATORS = ("npv_p10", "npv_p50", "npv_p90")
_PAYBACK_INDICATORS = ("payback_years", "discounted_payback_years")


def savings_indicators(
    scenario: Savings,
    central: Mapping[str, FloatOrArray],
    simulated: Mapping[str, FloatOrArray],
    break_even_table: pd.DataFrame,
    published_total: PublishedTotal | None,
) -> tuple[Indicator, ...]:
    """Build the indicators of a scenario.

    Args:
        scenario: The scenario.
        central: Figures of the scenario's own values by indicator name, as ``appraise_inputs``
            gives them.
        simulated: The same figures for each simulation, shape (draws,).
        break_even_table: Break-even take-up by cost gap; without rows where there is none.
        published_total: The latest published total, None where there is none.
    """
    quantiles = simulation_quantiles(simulated)
    return build_indicators(
        SAVINGS_INDICATORS,
        {
            **{name: float(value) for name, value in central.items()},
            **dict(zip(_PERCENTILE_INDICATORS, quantiles["npv"].tolist(), strict=True)),
            "probability_npv_positive": float(np.mean(simulated["npv"] > 0)),
            "break_even_take_up": math.nan
            if break_even_table.empty
            else float(break_even_table["take_up"].iloc[0]),
            "published_saving": published_total.value if published_total else None,
        },
        intervals={name: (low, high) for name, (low, _, high) in quantiles.items()},
        missing_reasons=_missing_reasons(scenario),
        notes=_never_paid_back_notes(simulated),
        label_fields={"year": published_total.financial_year if published_total else "none yet"},
    )


def _missing_reasons(scenario: Savings) -> dict[str, str]:
    """Why an indicator would have no value, by its name."""
    not_paid_back = f"not paid back within the {format_years(scenario.horizon)} appraised"
    no_target = "take-up goes as it is forecast: there is no target to vary"
    no_break_even = "at no take-up between today’s and nearly everybody’s"
    return {
        "benefit_cost_ratio": "nothing is spent on it",
        **dict.fromkeys(_PAYBACK_INDICATORS, not_paid_back),
        "break_even_take_up": no_target if scenario.curve == "forecast" else no_break_even,
        "published_saving": f"none is of a year that had ended by {scenario.quarter}",
    }


def _never_paid_back_notes(simulated: Mapping[str, FloatOrArray]) -> dict[str, str]:
    """Share of the simulations in which the cost is never paid back, by indicator name."""
    shares = {name: float(np.mean(np.isinf(simulated[name]))) for name in _PAYBACK_INDICATORS}
    return {
        name: f"never in {format_probability(share)} of the draws"
        for name, share in shares.items()
        if share
    }
