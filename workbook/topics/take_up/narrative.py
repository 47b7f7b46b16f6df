"""The answer in sentences, what a reader must know beside it, and why a figure is missing."""

from collections.abc import Iterator

from workbook.methods.backtest import BacktestScore
from workbook.methods.forecast import Forecast
from workbook.methods.interrupted_time_series import MINIMUM_INDEPENDENT_POINTS
from workbook.periods import (
    QUARTERS_PER_YEAR,
    quarter_of,
    quarters_between,
    shift_quarter,
)
from workbook.text.dates import format_month
from workbook.text.grammar import capitalise_first, choose_form, format_count
from workbook.text.numbers import format_probability, format_share
from workbook.topics.take_up.comparison import WindowComparison
from workbook.topics.take_up.forecast import FORECAST_CURVE_NAMES, PanelForecast
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.selection import ServiceSelection
from workbook.topics.take_up.service_detail import ServiceDetail

TAKE_UP_CHANGE_PARTS = {
    "within": "Services themselves",
    "mix": "Mix of services",
    "interaction": "Both at once",
    "entry": "New to reporting",
    "exit": "Gone from reporting",
}
"""The parts of the change of take-up, and what a reader calls them."""

_COVERAGE_TOLERANCE = 0.08
"""How far the share inside the likely range may be from what it should be."""

_LEAST_TESTED_VALUES = 8
"""Tested values from which that is worth saying."""

_ONE_WINDOW_CAVEAT = "that says nothing of where take-up is going"
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


def forecast_score_note(score: BacktestScore, forecast: Forecast) -> str | None:
    """What is to be said of a candidate in the record: why it failed, or why it is shown."""
    if score.failure:
        return score.failure
    if score.model_name == forecast.selected_model:
        return forecast.selection_reason
    if score.failed_origin_count:
        return f"failed in {score.failed_origin_count} of the tests"
    return None


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
        "probability_of_target": _ONE_WINDOW_CAVEAT,
        "forecast_error": untested,
        "interval_coverage": untested,
    }


def take_up_notes(  # noqa: PLR0913, PLR0917  a note may rest on anything that was worked out
    scenario: TakeUp,
    selection: ServiceSelection,
    comparison: WindowComparison,
    full_comparison: WindowComparison,
    panel_forecast: PanelForecast,
    service_detail: ServiceDetail,
) -> Iterator[str]:
    """What a reader must know beside the headline, a sentence each."""
    yield from _stopped_reporting_note(comparison)
    yield from _exclusion_note(selection, comparison, full_comparison)
    yield from _unknown_exclusions_note(selection)
    yield from _late_data_note(scenario, comparison)
    yield from _window_overlap_note(comparison)
    yield _window_count_note(panel_forecast)
    yield _curve_choice_note(scenario, panel_forecast)
    yield from _selection_bias_note(panel_forecast)
    yield from _interval_coverage_note(scenario, panel_forecast)
    if panel_forecast.panel.volume_share < 1:
        yield (
            f"The forecast follows the {panel_forecast.panel.services} services that reported in"
            f" every one of its windows: {format_share(panel_forecast.panel.volume_share)} of the"
            " latest volume."
        )
    yield from _go_live_note(service_detail)
    yield _sources_note(selection)


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


def _stopped_reporting_note(comparison: WindowComparison) -> Iterator[str]:
    """Who reported in the window compared with, or a quarter ago, and does not in the latest."""
    counts, after, before = comparison.counts, comparison.after, comparison.before
    if before is None:
        before = counts.window_ending_in(shift_quarter(quarter_of(comparison.window_after), -1))
    if before is None:
        return
    reported_before, reported_after = counts.is_reporting[:, before], counts.is_reporting[:, after]
    stopped = reported_before & ~reported_after
    if stopped.any():
        volume = counts.volume[:, before]
        share = float(volume[stopped].sum() / volume[reported_before].sum())
        month_before, month_after = (
            format_month(counts.windows[before]),
            format_month(comparison.window_after),
        )
        yield (
            f"{int(stopped.sum()):,} of the {int(reported_before.sum()):,} services that reported"
            f" in the year to {month_before}, with {format_share(share)} of its volume, do not in"
            f" the year to {month_after}: the answer is about the others."
        )


def _exclusion_note(
    selection: ServiceSelection, comparison: WindowComparison, full_comparison: WindowComparison
) -> Iterator[str]:
    names = list(selection.excluded.service_labels)
    if not names:
        return
    if not selection.excluded.is_reporting[:, comparison.after].any():
        end = format_month(comparison.window_after)
        yield f"Left out: {'; '.join(names)}. None of them reports in the year to {end}."
        return
    share_including = full_comparison.change_decomposition.headline_after
    share_excluding = comparison.change_decomposition.headline_after
    if share_including is None or share_excluding is None:
        return
    yield (
        f"Left out: {'; '.join(names)}. With {choose_form(len(names), 'it', 'them')} take-up as "
        f"published is {format_share(share_including)}, without {format_share(share_excluding)}."
    )


def _unknown_exclusions_note(selection: ServiceSelection) -> Iterator[str]:
    if selection.unknown_names:
        yield f"Not in the table, so not left out: {'; '.join(selection.unknown_names)}."


def _late_data_note(scenario: TakeUp, comparison: WindowComparison) -> Iterator[str]:
    if quarter_of(comparison.window_after) != scenario.quarter:
        yield (
            f"The latest figures of these services by {scenario.quarter} are those of the year to "
            f"{format_month(comparison.window_after)}."
        )


def _window_count_note(panel_forecast: PanelForecast) -> str:
    count = panel_forecast.forecast.window_count
    if count == 1:
        return f"The forecast rests on one window: {_ONE_WINDOW_CAVEAT}."
    return (
        f"The forecast rests on {count} windows that overlap by nine months: they hold what "
        f"{panel_forecast.forecast.independent_years:.1f} independent years would."
    )


def _curve_choice_note(scenario: TakeUp, panel_forecast: PanelForecast) -> str:
    forecast = panel_forecast.forecast
    failure_sentence = (
        f"The curve asked for is not shown: {forecast.requested_model_failure}. "
        if forecast.requested_model_failure
        else ""
    )
    curve_name = FORECAST_CURVE_NAMES[forecast.selected_model]
    if scenario.curve == forecast.selected_model:
        return f"{failure_sentence}Forecast: {curve_name}, as asked for."
    return (
        f"{failure_sentence}Forecast: {curve_name}. {capitalise_first(forecast.selection_reason)}."
    )


def _selection_bias_note(panel_forecast: PanelForecast) -> Iterator[str]:
    """The winner was picked by its record, which flatters it; the choice itself has one too."""
    past_choice_error, chosen_curve_error = (
        panel_forecast.forecast.selection_score.relative_error,
        panel_forecast.forecast.selected_score.relative_error,
    )
    if (
        past_choice_error is not None
        and chosen_curve_error is not None
        and round(past_choice_error, 2) > round(chosen_curve_error, 2)
    ):
        yield (
            "What would have been shown at the time, by what was known then, had an error of"
            f" {past_choice_error:.2f} of “no change”: the curve shown looks better"
            f" ({chosen_curve_error:.2f}) because it was picked by its record."
        )


def _interval_coverage_note(scenario: TakeUp, panel_forecast: PanelForecast) -> Iterator[str]:
    """The record of the likely range beside its aim, where it is off."""
    score = panel_forecast.forecast.selected_score
    if score.interval_coverage is None or score.judged_count < _LEAST_TESTED_VALUES:
        return
    low, high = (
        max(0.0, scenario.interval - _COVERAGE_TOLERANCE),
        min(1.0, scenario.interval + _COVERAGE_TOLERANCE),
    )
    if not low <= score.interval_coverage <= high:
        fault = "narrow" if score.interval_coverage < low else "wide"
        yield (
            f"The {format_share(scenario.interval)} range held"
            f" {format_share(score.interval_coverage)} of {score.judged_count} past values (aim:"
            f" {format_share(low)} to {format_share(high)}): it is too {fault} for these services."
        )


def _window_overlap_note(comparison: WindowComparison) -> Iterator[str]:
    if comparison.before is None:
        return
    quarters = quarters_between(
        quarter_of(comparison.window_before), quarter_of(comparison.window_after)
    )
    if quarters < QUARTERS_PER_YEAR:
        shared_months = 12 - 3 * quarters
        yield (
            f"The two years compared share {shared_months} months: their change is that of the"
            " rest."
        )


def _go_live_note(service_detail: ServiceDetail) -> Iterator[str]:
    effect = service_detail.go_live_effect
    if effect is None:
        return
    if effect.failure:
        yield (
            f"{service_detail.label}: the effect of going live is not known, because"
            f" {effect.failure}."
        )
    elif effect.intervals_too_narrow:
        yield (
            f"{service_detail.label}: the effect of going live rests on"
            f" {effect.independent_points:.1f} independent points. Below"
            f" {MINIMUM_INDEPENDENT_POINTS} its interval is too narrow."
        )


def _sources_note(selection: ServiceSelection) -> str:
    sources = selection.included.sources
    return f"Read from: {'; '.join(sources)}." if sources else "The table names no source."
