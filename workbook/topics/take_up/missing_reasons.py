"""Why an indicator of take-up has no value, and what stands in its place."""

from workbook.text.grammar import format_count
from workbook.text.numbers import format_share
from workbook.topics.take_up.comparison import TAKE_UP_CHANGE_PARTS, WindowComparison
from workbook.topics.take_up.forecast import PanelForecast
from workbook.topics.take_up.outlook import Outlook
from workbook.topics.take_up.quarter_labels import format_year_to
from workbook.topics.take_up.single_service import find_dominant_entrant

_CHANGE_INDICATORS = (
    "take_up_matched",
    "services_matched",
    "volume_covered",
    *(f"change_{part}" for part in TAKE_UP_CHANGE_PARTS),
)
"""Indicators that need services which report in both windows."""

_COST_INDICES = ("cost_index", "cost_index_paasche", "cost_index_fisher")


def missing_reasons(comparison: WindowComparison, outlook: Outlook) -> dict[str, str]:
    """Tell why an indicator would have no value.

    Args:
        comparison: The two windows compared.
        outlook: What is observed and forecast against the target.

    Returns:
        Reasons by indicator, also of those with a value.
    """
    no_comparison = "no service reported in both years"
    if comparison.before is None:
        no_comparison = f"the table has no figures for {format_year_to(comparison.quarter_before)}"
    no_costs = no_comparison if comparison.before is None else "no service has a cost in both years"
    no_index, unit_costs = no_costs, comparison.unit_costs
    if unit_costs.basket.service_count:
        no_index = "these services had no cost in the earlier year"
    return {
        **dict.fromkeys(_CHANGE_INDICATORS, no_comparison),
        **dict.fromkeys(_COST_INDICES, no_index),
        "cost_index_fisher_real": (
            no_index if unit_costs.basket.index.fisher is None else unit_costs.missing_reason
        ),
        "total_cost_matched": no_costs,
        "median_cost_per_transaction": "no service has a cost per transaction",
        "target_quarter": _no_target_quarter_reason(outlook),
        "target_quarter_all_reporting": _not_reached_reason(comparison, outlook),
        "probability_of_target": outlook.unknown_reason,
        "forecast_error": _no_error_reason(outlook.panel_forecast),
        "interval_coverage": _no_coverage_reason(outlook.panel_forecast),
    }


def missing_labels(outlook: Outlook) -> dict[str, str]:
    """Name what was lost again, has passed or cannot be told, in place of a value.

    Args:
        outlook: What is observed and forecast against the target.

    Returns:
        Labels by indicator, where they are not those of the definition.
    """
    labels = {}
    if outlook.observed.all_reporting.describe_lost(outlook.scenario.target):
        labels["target_quarter_all_reporting"] = "reached, not kept"
    if outlook.is_out_of_date or not outlook.panel_forecast.tested_quarter:
        labels["target_quarter"] = "cannot be told"
    if outlook.has_forecast_passed:
        labels["probability_of_target"] = "not applicable"
    return labels


def _no_target_quarter_reason(outlook: Outlook) -> str:
    if outlook.is_out_of_date or not outlook.panel_forecast.tested_quarter:
        return outlook.unknown_reason
    return "the central forecast does not reach the target and stay there, as far as it is tested"


def _not_reached_reason(comparison: WindowComparison, outlook: Outlook) -> str:
    """Take-up of all services that report, when it was at the target, and what lowers it."""
    history, target = outlook.observed.all_reporting, outlook.scenario.target
    latest = format_share(history.take_up[-1])
    lost = history.describe_lost(target)
    without_zero = _describe_without_zero(comparison)
    if not lost:
        return f"take-up is {latest}{without_zero}"
    year = format_year_to(history.quarters[-1])
    return f"{format_share(target)} or more {lost}, and {latest} in {year}{without_zero}"


def _describe_without_zero(comparison: WindowComparison) -> str:
    """Take-up without a service whose digital count of 0 lowers it, empty if there is none."""
    entrant = find_dominant_entrant(comparison)
    if entrant is None or not entrant.is_without_digital:
        return ""
    doubt = "is probably" if entrant.earlier_report else "may be"
    return (
        f". Without {entrant.label}, whose digital count {doubt} missing, it was"
        f" {format_share(entrant.take_up_without)}"
    )


def _no_error_reason(panel_forecast: PanelForecast) -> str:
    """Why the error has no value. That of no change relative to itself is 1 by definition."""
    forecast = panel_forecast.forecast
    score = forecast.selected_score
    if score.relative_error is None:
        return _untested_reason(panel_forecast)
    no_change = "the forecast used is no change itself"
    if panel_forecast.tested_quarter:
        return no_change
    values = format_count(score.judged_count, "past value is", "past values are", one="one")
    return f"{no_change}, and {values} too few to judge"


def _no_coverage_reason(panel_forecast: PanelForecast) -> str:
    """Why no coverage is quoted, above all of an interval that is not drawn."""
    score = panel_forecast.forecast.selected_score
    if score.interval_coverage is None:
        return _untested_reason(panel_forecast)
    if score.judged_count == 1:
        return "no interval is drawn, and one past value is too few to judge one"
    return f"no interval is drawn: {panel_forecast.untested_reason}"


def _untested_reason(panel_forecast: PanelForecast) -> str:
    if panel_forecast.forecast.selected_score.case_count > 0:
        return "take-up had not changed in any period from which a forecast could be tested"
    count = panel_forecast.forecast.window_count
    periods = format_count(count, "12-month period is", "12-month periods are", one="one")
    return f"{periods} too few to test a forecast against the past"
