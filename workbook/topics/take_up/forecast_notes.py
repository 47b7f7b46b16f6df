"""Notes on the forecast and on the effect of going live: how far they can be relied on."""

from collections.abc import Iterator

from workbook.methods.interrupted_time_series import MINIMUM_INDEPENDENT_POINTS
from workbook.text.grammar import capitalise_first
from workbook.text.numbers import format_share
from workbook.topics.take_up.forecast import FORECAST_CURVE_NAMES, PanelForecast
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.service_detail import ServiceDetail

ONE_WINDOW_CAVEAT = "that says nothing of where take-up is going"

_COVERAGE_TOLERANCE = 0.08
"""How far the coverage of the interval in the back-test may be from its level."""

_LEAST_TESTED_VALUES = 8
"""Tested values from which the coverage is worth a note."""


def forecast_notes(scenario: TakeUp, panel_forecast: PanelForecast) -> Iterator[str]:
    """Note what the forecast rests on, and how it did in the back-test.

    Args:
        scenario: The scenario.
        panel_forecast: The forecast of the selected services.

    Yields:
        A note of one or two sentences.
    """
    yield _window_count_note(panel_forecast)
    yield _curve_choice_note(scenario, panel_forecast)
    yield from _selection_bias_note(panel_forecast)
    yield from _interval_coverage_note(scenario, panel_forecast)
    yield from _panel_coverage_note(panel_forecast)


def go_live_notes(service_detail: ServiceDetail) -> Iterator[str]:
    """Note if the effect of going live is not known, or rests on few points.

    Args:
        service_detail: The service in detail.

    Yields:
        A note, or none.
    """
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


def _window_count_note(panel_forecast: PanelForecast) -> str:
    count = panel_forecast.forecast.window_count
    if count == 1:
        return f"The forecast rests on one window: {ONE_WINDOW_CAVEAT}."
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
    """Compare the error of the selected curve with that of the choice as made at the time.

    The selected curve has the best record, so its own error is too favourable.
    """
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
    """The coverage of the interval in the back-test, if it is far from its level."""
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


def _panel_coverage_note(panel_forecast: PanelForecast) -> Iterator[str]:
    panel = panel_forecast.panel
    if panel.volume_share < 1:
        yield (
            f"The forecast follows the {panel.services} services that reported in every one of its"
            f" windows: {format_share(panel.volume_share)} of the latest volume."
        )
