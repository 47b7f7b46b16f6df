"""Notes beside the indicators of take-up."""

from collections.abc import Mapping

from workbook.methods.backtest import BacktestScore
from workbook.methods.coverage_test import CoverageVerdict
from workbook.periods import quarter_of
from workbook.text.dates import format_month
from workbook.text.grammar import choose_form, format_count
from workbook.text.numbers import format_probability, format_share
from workbook.topics.take_up.comparison import TAKE_UP_CHANGE_PARTS, WindowComparison
from workbook.topics.take_up.forecast_notes import judge_interval
from workbook.topics.take_up.outlook import Outlook
from workbook.topics.take_up.price_change import describe_price_change
from workbook.topics.take_up.projection import describe_panel
from workbook.topics.take_up.quarter_labels import format_year_ends

_LATEST_YEAR_INDICATORS = ("take_up", "take_up_matched", "services_reporting", "volume_covered")
_BOTH_YEARS_INDICATORS = ("services_matched", *(f"change_{part}" for part in TAKE_UP_CHANGE_PARTS))
"""Indicators that say their period where it ends before the scenario's quarter."""

_LEAST_INDEPENDENT = 10
"""Independent values from which agreement with an interval says that it is about right."""


def indicator_notes(
    comparison: WindowComparison,
    full_comparison: WindowComparison,
    cost_indices: Mapping[str, float | None],
    outlook: Outlook,
) -> dict[str, str]:
    """Note what a reader must know beside a value.

    Args:
        comparison: The two windows compared.
        full_comparison: The same windows with the excluded services.
        cost_indices: The indices of unit costs by indicator, None where one is not known.
        outlook: What is observed and forecast against the target.

    Returns:
        Notes by indicator, empty where there is nothing to add.
    """
    period, both_periods = _describe_old_periods(comparison, outlook)
    left_out = _describe_left_out(comparison, full_comparison)
    return {
        **dict.fromkeys(_LATEST_YEAR_INDICATORS, period),
        **dict.fromkeys(_BOTH_YEARS_INDICATORS, both_periods),
        "take_up_everything": "; ".join(filter(None, (period, left_out))),
        **{
            name: "; ".join(filter(None, (describe_price_change(index), both_periods)))
            for name, index in cost_indices.items()
            if index is not None
        },
        "median_cost_per_transaction": _median_cost_note(comparison),
        "total_cost_matched": _total_cost_note(comparison),
        "forecast_error": _error_note(outlook),
        "interval_coverage": _coverage_note(outlook),
        "target_quarter": _target_quarter_note(outlook),
        "probability_of_target": f"in {describe_panel(outlook.panel_forecast)}",
    }


def _describe_old_periods(comparison: WindowComparison, outlook: Outlook) -> tuple[str, str]:
    """The latest year and both years where they end before the scenario's quarter, else empty."""
    before, after = comparison.window_before, comparison.window_after
    if quarter_of(after) == outlook.scenario.quarter:
        return "", ""
    both = f"years to {format_year_ends(before, after)}" if before else ""
    return f"year to {format_month(after)}", both


def _describe_left_out(comparison: WindowComparison, full_comparison: WindowComparison) -> str:
    """That no service left out reported in the latest year, empty if one did."""
    full_counts = full_comparison.counts
    count = len(full_counts.service_labels) - len(comparison.counts.service_labels)
    reported = full_counts.is_reporting[:, full_comparison.after].sum()
    if not count or reported != comparison.counts.is_reporting[:, comparison.after].sum():
        return ""
    if count == 1:
        return "the service left out did not report"
    services = "neither service" if count == 2 else f"none of the {count:,} services"  # noqa: PLR2004
    return f"{services} left out reported"


def _median_cost_note(comparison: WindowComparison) -> str:
    """Period, prices and services of the median, and why the chart may have fewer."""
    costs = len(comparison.known_costs())
    charted = int((comparison.service_rows[["take_up", "cost"]].notna().all(axis=1)).sum())
    chart = f"; the chart shows the {charted:,} that also report take-up" if charted < costs else ""
    services = format_count(costs, "service")
    counted = choose_form(costs, services, f"{services}, each counted once")
    return f"{counted}, in cash, year to {format_month(comparison.window_after)}{chart}"


def _total_cost_note(comparison: WindowComparison) -> str:
    count = comparison.unit_costs.basket.service_count
    year = f"year to {format_month(comparison.window_after)}"
    return f"in cash, {year}, {format_count(count, 'service')} with a cost"


def _error_note(outlook: Outlook) -> str:
    """How much information the tests behind the error hold."""
    score = outlook.panel_forecast.forecast.selected_score
    if _is_too_few(outlook):
        times = choose_form(
            score.judged_count, "once", f"{score.judged_count} times, which overlap"
        )
        return f"tested {times}: too few to judge"
    return _describe_overlap(score)


def _coverage_note(outlook: Outlook) -> str:
    """Whether the back-test of these services has cases enough to judge an interval."""
    score = outlook.panel_forecast.forecast.selected_score
    verdict = judge_interval(outlook.scenario, outlook.panel_forecast)
    worth = _describe_overlap(score)
    is_consistent = verdict is CoverageVerdict.CONSISTENT
    if _is_too_few(outlook) or (is_consistent and score.independent_cases < _LEAST_INDEPENDENT):
        return f"{worth}: too few to show whether the interval is right"
    if is_consistent:
        return f"{worth}, and do not contradict the interval"
    return f"{worth}, by which the interval is {verdict}"


def _is_too_few(outlook: Outlook) -> bool:
    verdict = judge_interval(outlook.scenario, outlook.panel_forecast)
    return verdict is CoverageVerdict.TOO_FEW


def _describe_overlap(score: BacktestScore) -> str:
    return (
        f"the {score.judged_count:,} values overlap and hold as much information as"
        f" {int(score.independent_cases)}"
    )


def _target_quarter_note(outlook: Outlook) -> str:
    """The services that the quarter is of, and the probability of the target in it."""
    services = f"in {describe_panel(outlook.panel_forecast)}"
    probability = outlook.probability_in_target_quarter
    if probability is None:
        return services
    return (
        f"{services}, at the central forecast. The probability of"
        f" {format_share(outlook.panel_forecast.target)} or more then is"
        f" {format_probability(probability)}"
    )
