"""The answer in sentences, what a reader must know beside it, and why a figure is missing."""

from collections.abc import Iterator

from workbook.text.dates import format_month
from workbook.text.grammar import format_count
from workbook.text.numbers import format_probability, format_share
from workbook.topics.take_up.comparison import TAKE_UP_CHANGE_PARTS, WindowComparison
from workbook.topics.take_up.coverage_notes import coverage_notes, sources_note
from workbook.topics.take_up.forecast import PanelForecast
from workbook.topics.take_up.forecast_notes import ONE_WINDOW_CAVEAT, forecast_notes, go_live_notes
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.selection import ServiceSelection
from workbook.topics.take_up.service_detail import ServiceDetail

_CHANGE_INDICATORS = (
    "take_up_matched",
    "volume_covered",
    *(f"change_{part}" for part in TAKE_UP_CHANGE_PARTS),
)


def take_up_headline(comparison: WindowComparison, panel_forecast: PanelForecast) -> str:
    """The answer as a sentence that can be read out."""
    return f"{_change_sentence(comparison)} {_forecast_sentence(panel_forecast)}"


def take_up_indicator_label(name: str, base_label: str, panel_forecast: PanelForecast) -> str:
    """An indicator's label, with the target and the quarter that it is about."""
    if name == "target_quarter":
        return (
            f"Quarter in which the forecast’s services reach {format_share(panel_forecast.target)}"
        )
    if name == "probability_of_target":
        target_text, last_quarter = (
            format_share(panel_forecast.target),
            panel_forecast.forecast_quarters[-1],
        )
        return f"Chance that the forecast’s services are at {target_text} or more in {last_quarter}"
    if name == "interval_coverage" and panel_forecast.forecast.selected_score.judged_count:
        return f"{base_label} ({panel_forecast.forecast.selected_score.judged_count} tested)"
    return base_label


def take_up_missing_label(name: str, panel_forecast: PanelForecast) -> str:
    """What stands in place of an indicator's missing value."""
    return (
        f"not by {panel_forecast.forecast_quarters[-1]}"
        if name == "target_quarter"
        else "not known"
    )


def take_up_missing_reasons(
    comparison: WindowComparison, panel_forecast: PanelForecast
) -> dict[str, str]:
    """Why an indicator would have no value, by its name."""
    no_comparison = "no service reports in both years"
    if comparison.before is None:
        no_comparison = (
            f"the table has no year that ends in {comparison.quarter_before} to compare with"
        )
    is_tested = panel_forecast.forecast.selected_score.case_count > 0
    count = panel_forecast.forecast.window_count
    windows = format_count(count, "window is", "windows are", one="one")
    untested = (
        "take-up had not moved in any window from which a forecast could be tested"
        if is_tested
        else f"{windows} too few to test a forecast against the past"
    )
    no_costs = no_comparison if comparison.before is None else "no service has both costs"
    return {
        **dict.fromkeys(_CHANGE_INDICATORS, no_comparison),
        "cost_index": "the services cost nothing before"
        if comparison.unit_cost_index.service_count
        else no_costs,
        "total_cost_matched": no_costs,
        "median_cost_per_transaction": "no service has a cost per transaction",
        "target_quarter": "the central path does not come to stay there within the forecast",
        "probability_of_target": ONE_WINDOW_CAVEAT,
        "forecast_error": untested,
        "interval_coverage": untested,
    }


def take_up_notes(  # noqa: PLR0913, PLR0917  a note may rest on any result
    scenario: TakeUp,
    selection: ServiceSelection,
    comparison: WindowComparison,
    full_comparison: WindowComparison,
    panel_forecast: PanelForecast,
    service_detail: ServiceDetail,
) -> Iterator[str]:
    """What a reader must know beside the headline.

    Args:
        scenario: The scenario.
        selection: The selected services.
        comparison: The two windows compared.
        full_comparison: The same windows with the excluded services.
        panel_forecast: The forecast of the selected services.
        service_detail: The service in detail.

    Yields:
        A note of one or two sentences.
    """
    yield from coverage_notes(scenario.quarter, selection, comparison, full_comparison)
    yield from forecast_notes(scenario, panel_forecast)
    yield from go_live_notes(service_detail)
    yield sources_note(selection)


def _change_sentence(comparison: WindowComparison) -> str:
    change, month_after = comparison.change_decomposition, format_month(comparison.window_after)
    if change.matched_before is None or change.matched_after is None:
        return (
            f"In the year to {month_after} take-up was {format_share(change.headline_after or 0)}"
            " as published; there is no earlier year to compare with like for like."
        )
    before, after, count = change.matched_before, change.matched_after, change.services_matched
    subject = format_count(count, "service", one="one")
    published_clause = "" if change.headline_before is None else _published_clause(comparison)
    return (
        f"Like for like, digital take-up of {subject} {_change_verb(before, after)}"
        f" {format_share(before)} in the year to {format_month(comparison.window_before)} to"
        f" {format_share(after)} in the year to {month_after}{published_clause}."
    )


def _published_clause(comparison: WindowComparison) -> str:
    change = comparison.change_decomposition
    before, after = change.headline_before or 0.0, change.headline_after or 0.0
    return f" (as published, {format_share(before)} to {format_share(after)})"


def _change_verb(before: float, after: float) -> str:
    if format_share(before) == format_share(after):
        return "stayed, from"
    return "rose from" if after > before else "fell from"


def _forecast_sentence(panel_forecast: PanelForecast) -> str:
    target_text, last_quarter = (
        format_share(panel_forecast.target),
        panel_forecast.forecast_quarters[-1],
    )
    reached_quarter = panel_forecast.target_quarter()
    panel = panel_forecast.panel
    is_complete = panel.volume_share == 1
    coverage_clause = (
        "" if is_complete else f" throughout ({format_share(panel.volume_share)} of the volume)"
    )
    latest_clause = f"at {format_share(panel.take_up[-1])} in {panel.quarters[-1]}"
    subject = f"Those that report{coverage_clause or ' now'}, {latest_clause},"
    if panel_forecast.target_probability is None:
        return f"{subject} have one window only, which says nothing of where they are going."
    probability_text = format_probability(panel_forecast.target_probability)
    if reached_quarter is None:
        return (
            f"{subject} are not forecast to be at {target_text} by {last_quarter}; "
            f"the chance that they are is {probability_text}."
        )
    if reached_quarter <= panel.quarters[-1]:
        return (
            f"{subject} have been at {target_text} or more since"
            f" {panel_forecast.describe_start(reached_quarter)}."
        )
    return (
        f"{subject} are forecast to reach {target_text} in {reached_quarter}; "
        f"the chance that they are there in {last_quarter} is {probability_text}."
    )
