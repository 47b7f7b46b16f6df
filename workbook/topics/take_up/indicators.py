"""The indicators of take-up: their definitions, figures, and why one is missing."""

from workbook.indicators import (
    Indicator,
    IndicatorDefinition,
    IndicatorValue,
    build_indicators,
)
from workbook.text.numbers import format_share
from workbook.topics.take_up.assisted_digital.narrative import (
    support_indicator_notes,
    support_missing_reasons,
)
from workbook.topics.take_up.assisted_digital.support import DigitalSupport
from workbook.topics.take_up.comparison import TAKE_UP_CHANGE_PARTS, WindowComparison
from workbook.topics.take_up.indicator_notes import indicator_notes
from workbook.topics.take_up.missing_reasons import missing_labels, missing_reasons
from workbook.topics.take_up.outlook import Outlook
from workbook.topics.take_up.quarter_labels import format_end_month
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
        "First 12 months with take-up at the target",
        "quarter",
        is_year_to=True,
        missing_label="not by {quoted_month}",
        scenario_label="First 12 months with take-up of {target} or more, same services throughout",
    ),
    IndicatorDefinition(
        "target_quarter_all_reporting",
        "First 12 months with take-up at the target, all services that report",
        "quarter",
        is_year_to=True,
        missing_label="not reached",
        scenario_label="First 12 months with take-up of {target} or more, all services that report",
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
        "Entry effect (services that started or started again)",
        "share",
        is_difference=True,
    ),
    IndicatorDefinition(
        "change_exit", "Exit effect (services that stopped)", "share", is_difference=True
    ),
    IndicatorDefinition("services_reporting", "Services that reported", "count"),
    IndicatorDefinition("services_matched", "Services that reported in both years", "count"),
    IndicatorDefinition(
        "volume_covered",
        "Share of the latest year's transactions in services that reported in both years",
        "share",
        "higher",
    ),
    IndicatorDefinition(
        "median_cost_per_transaction", "Median of services' cost per transaction", "GBP", "lower"
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
        scenario_label="Past values inside the {interval} prediction interval{tested}",
    ),
    IndicatorDefinition(
        "support_needed",
        "Assisted digital: need support, a year",
        "count",
        scenario_label="{supported_users} a year that need support",
    ),
    IndicatorDefinition(
        "support_missing",
        "Assisted digital: need support and have none, a year",
        "count",
        "lower",
        scenario_label="{supported_users} a year that need support and have none",
    ),
    IndicatorDefinition(
        "support_cost", "Assisted digital: cost of the support a year", "GBP", "lower"
    ),
)


def take_up_indicators(
    comparison: WindowComparison,
    full_comparison: WindowComparison,
    outlook: Outlook,
    support: DigitalSupport,
) -> tuple[Indicator, ...]:
    """Build the indicators of a scenario.

    Args:
        comparison: The two windows compared.
        full_comparison: The same windows with the excluded services.
        outlook: What is observed and forecast against the target.
        support: Who needs support to use the services online.
    """
    panel_forecast, target = outlook.panel_forecast, outlook.scenario.target
    interval_coverage = outlook.interval_coverage
    tested_count = panel_forecast.forecast.selected_score.judged_count
    tested = f" ({tested_count} tested)" if interval_coverage is not None else ""
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
            "forecast_error": outlook.relative_error,
            "interval_coverage": interval_coverage,
            "support_needed": support.total("needing"),
            "support_missing": support.total("unsupported"),
            "support_cost": support.total_cost("lowest"),
        },
        missing_reasons=missing_reasons(comparison, outlook) | support_missing_reasons(support),
        missing_labels=missing_labels(outlook),
        notes=indicator_notes(comparison, full_comparison, cost_indices, outlook)
        | support_indicator_notes(support),
        label_fields={
            "target": format_share(panel_forecast.target),
            "last_month": format_end_month(panel_forecast.forecast_quarters[-1]),
            "quoted_month": format_end_month(outlook.quoted_quarter),
            "interval": format_share(outlook.scenario.interval),
            "tested": tested,
            "supported_users": "People" if support.counts_people else "Transactions",
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
