"""The indicators of take-up: their definitions, figures, and why one is missing."""

from workbook.indicators import (
    Indicator,
    IndicatorDefinition,
    IndicatorValue,
    build_indicators,
)
from workbook.text.grammar import format_count
from workbook.text.numbers import format_share
from workbook.topics.take_up.comparison import TAKE_UP_CHANGE_PARTS, WindowComparison
from workbook.topics.take_up.forecast import PanelForecast
from workbook.topics.take_up.indicator_notes import indicator_notes
from workbook.topics.take_up.outlook import Outlook
from workbook.topics.take_up.quarter_labels import format_end_month, format_year_to
from workbook.topics.take_up.unit_costs import UnitCostChange

COST_INDEX_BASES = {
    "cost_index": "earlier volumes (Laspeyres), cash",
    "cost_index_paasche": "later volumes (Paasche), cash",
    "cost_index_fisher": "mean of the two (Fisher), cash",
    "cost_index_fisher_real": "mean of the two (Fisher), real terms",
}
"""Indicators of the change in unit costs, and what each is based on."""

TAKE_UP_INDICATORS = (
    IndicatorDefinition("take_up", "Take-up, all services that report", "share", "higher"),
    IndicatorDefinition(
        "take_up_matched", "Take-up, same services in both years", "share", "higher"
    ),
    IndicatorDefinition(
        "take_up_everything", "Take-up, including services left out", "share", "higher"
    ),
    IndicatorDefinition(
        "target_quarter",
        "Quarter in which take-up reaches the target",
        "quarter",
        missing_label="not by {quoted_month}",
        scenario_label="Quarter in which take-up reaches {target}, same services throughout",
    ),
    IndicatorDefinition(
        "target_quarter_all_reporting",
        "Quarter since which take-up is at the target, all services that report",
        "quarter",
        missing_label="not reached",
        scenario_label="Quarter since which take-up is {target}, all services that report",
    ),
    IndicatorDefinition(
        "probability_of_target",
        "Probability of meeting the target at the end of the forecast",
        "share",
        "higher",
        scenario_label="Probability of {target} or more in the year to {last_month}",
        is_probability=True,
    ),
    IndicatorDefinition(
        "change_within", "Within-service effect on take-up", "share", "higher", is_difference=True
    ),
    IndicatorDefinition("change_mix", "Mix effect on take-up", "share", is_difference=True),
    IndicatorDefinition(
        "change_interaction", "Interaction effect on take-up", "share", is_difference=True
    ),
    IndicatorDefinition(
        "change_entry",
        "Entry effect (services that started reporting)",
        "share",
        is_difference=True,
    ),
    IndicatorDefinition(
        "change_exit", "Exit effect (services that stopped reporting)", "share", is_difference=True
    ),
    IndicatorDefinition("services_reporting", "Services that reported", "count"),
    IndicatorDefinition("services_matched", "Services that reported in both years", "count"),
    IndicatorDefinition(
        "volume_covered",
        "Share of transactions in services that reported in both years",
        "share",
        "higher",
    ),
    IndicatorDefinition(
        "median_cost_per_transaction", "Median cost of a transaction", "GBP", "lower"
    ),
    *(
        IndicatorDefinition(name, f"Unit-cost index, {basis} (1 is no change)", "index", "lower")
        for name, basis in COST_INDEX_BASES.items()
    ),
    IndicatorDefinition(
        "total_cost_matched", "Total cost of services with a cost in both years", "GBP"
    ),
    IndicatorDefinition(
        "forecast_error",
        "Back-test error relative to a no-change forecast",
        "index",
        "lower",
    ),
    IndicatorDefinition(
        "interval_coverage",
        "Past values inside the prediction interval",
        "share",
        scenario_label="Past values inside the prediction interval{tested}",
    ),
)

_CHANGE_INDICATORS = (
    "take_up_matched",
    "services_matched",
    "volume_covered",
    *(f"change_{part}" for part in TAKE_UP_CHANGE_PARTS),
)
"""Indicators that need services which report in both windows."""


def take_up_indicators(
    comparison: WindowComparison,
    full_comparison: WindowComparison,
    outlook: Outlook,
) -> tuple[Indicator, ...]:
    """Build the indicators of a scenario.

    Args:
        comparison: The two windows compared.
        full_comparison: The same windows with the excluded services.
        outlook: What is observed and forecast against the target.
    """
    panel_forecast, target = outlook.panel_forecast, outlook.scenario.target
    selected_score = panel_forecast.forecast.selected_score
    tested_count = selected_score.judged_count
    cost_indices = _cost_indices(comparison.unit_costs)
    return build_indicators(
        TAKE_UP_INDICATORS,
        {
            **_change_values(comparison),
            "take_up_everything": full_comparison.change_decomposition.headline_after,
            "median_cost_per_transaction": comparison.median_cost(),
            **cost_indices,
            "total_cost_matched": comparison.unit_costs.basket.total_after,
            "target_quarter": outlook.target_quarter,
            "target_quarter_all_reporting": outlook.observed.all_reporting.reached_quarter(target),
            "probability_of_target": outlook.target_probability,
            "forecast_error": selected_score.relative_error,
            "interval_coverage": selected_score.interval_coverage,
        },
        missing_reasons=_missing_reasons(comparison, outlook),
        missing_labels=_missing_labels(outlook),
        notes=indicator_notes(cost_indices, outlook),
        label_fields={
            "target": format_share(panel_forecast.target),
            "last_month": format_end_month(panel_forecast.forecast_quarters[-1]),
            "quoted_month": format_end_month(outlook.quoted_quarter),
            "tested": f" ({tested_count} tested)" if tested_count else "",
        },
        as_of={
            definition.name: comparison.counts.windows[comparison.after]
            for definition in TAKE_UP_INDICATORS
        },
    )


def _change_values(comparison: WindowComparison) -> dict[str, IndicatorValue]:
    change = comparison.change_decomposition
    is_compared = comparison.before is not None
    return {
        "take_up": change.headline_after,
        "take_up_matched": change.matched_after,
        **{f"change_{part}": getattr(change, part) for part in TAKE_UP_CHANGE_PARTS},
        "services_reporting": change.services_after,
        "services_matched": change.services_matched if is_compared else None,
        "volume_covered": change.volume_covered if is_compared else None,
    }


def _cost_indices(unit_costs: UnitCostChange) -> dict[str, float | None]:
    index = unit_costs.basket.index
    fisher_real = unit_costs.in_real_terms(index).fisher
    values = (index.laspeyres, index.paasche, index.fisher, fisher_real)
    return dict(zip(COST_INDEX_BASES, values, strict=True))


def _missing_reasons(comparison: WindowComparison, outlook: Outlook) -> dict[str, str]:
    """Why an indicator would have no value, by its name."""
    no_comparison = "no service reported in both years"
    if comparison.before is None:
        no_comparison = f"the table has no figures for {format_year_to(comparison.quarter_before)}"
    no_costs = no_comparison if comparison.before is None else "no service has a cost in both years"
    no_index, unit_costs = no_costs, comparison.unit_costs
    if unit_costs.basket.service_count:
        no_index = "these services had no cost in the earlier year"
    return {
        **dict.fromkeys(_CHANGE_INDICATORS, no_comparison),
        **dict.fromkeys(COST_INDEX_BASES, no_index),
        "cost_index_fisher_real": (
            no_index if unit_costs.basket.index.fisher is None else unit_costs.missing_reason
        ),
        "total_cost_matched": no_costs,
        "median_cost_per_transaction": "no service has a cost per transaction",
        "target_quarter": _no_target_quarter_reason(outlook),
        "target_quarter_all_reporting": (
            f"take-up is {format_share(outlook.observed.all_reporting.take_up[-1])}"
        ),
        "probability_of_target": outlook.unknown_reason,
        **dict.fromkeys(
            ("forecast_error", "interval_coverage"), _untested_reason(outlook.panel_forecast)
        ),
    }


def _no_target_quarter_reason(outlook: Outlook) -> str:
    if outlook.is_out_of_date or not outlook.panel_forecast.tested_quarter:
        return outlook.unknown_reason
    return "the central forecast does not reach the target and stay there, as far as it is tested"


def _missing_labels(outlook: Outlook) -> dict[str, str]:
    """What stands in place of the target quarter where the forecast cannot tell it."""
    if outlook.is_out_of_date or not outlook.panel_forecast.tested_quarter:
        return {"target_quarter": "cannot be told"}
    return {}


def _untested_reason(panel_forecast: PanelForecast) -> str:
    if panel_forecast.forecast.selected_score.case_count > 0:
        return "take-up had not changed in any period from which a forecast could be tested"
    count = panel_forecast.forecast.window_count
    periods = format_count(count, "12-month period is", "12-month periods are", one="one")
    return f"{periods} too few to test a forecast against the past"
