"""Notes on the forecast: how far it can be relied on."""

from collections.abc import Iterator

from workbook.methods.backtest import NAIVE_MODEL
from workbook.methods.coverage_test import CoverageVerdict, judge_coverage
from workbook.methods.diffusion_curves import DIFFUSION_CURVES
from workbook.methods.forecast import Forecast
from workbook.methods.model_choice import ENSEMBLE_MODEL
from workbook.text.grammar import capitalise_first, choose_form, format_count, lower_first
from workbook.text.numbers import format_share
from workbook.topics.take_up.forecast import PanelForecast, forecast_method_name
from workbook.topics.take_up.outlook import Outlook
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.projection import (
    current_sentence,
    describe_panel,
    projection_sentences,
)
from workbook.topics.take_up.quarter_labels import format_end_month

_INTERVAL_FAULTS = {
    CoverageVerdict.TOO_NARROW: "too narrow",
    CoverageVerdict.TOO_WIDE: "too wide",
}


def outlook_note(outlook: Outlook) -> Iterator[str]:
    """Note whom the forecast covers, and what their take-up is and would be.

    Args:
        outlook: What is observed and forecast against the target.

    Yields:
        A note of two to five sentences; nothing if one window cannot be forecast.
    """
    panel_forecast, panel = outlook.panel_forecast, outlook.panel_forecast.panel
    if panel_forecast.forecast.window_count == 1:
        return
    sentences, subject = [], "Take-up"
    is_reached = outlook.observed.throughout.reached_quarter(outlook.scenario.target) is not None
    if panel.volume_share < 1:
        services = capitalise_first(describe_panel(panel_forecast))
        verb = choose_form(panel.services, "has", "have")
        share = format_share(panel.volume_share)
        sentences.append(
            f"{services} {verb} {share} of the latest transactions of services that report."
        )
        subject = choose_form(panel.services, "Its take-up", "Their take-up")
    tense = "was" if outlook.is_out_of_date else "is"
    sentences.append(current_sentence(panel_forecast, f"{subject} {tense}"))
    if not outlook.is_out_of_date:
        sentences += projection_sentences(
            panel_forecast, outlook.scenario.interval, with_probability=is_reached
        )
    yield " ".join(sentences)


def method_notes(scenario: TakeUp, panel_forecast: PanelForecast) -> Iterator[str]:
    """Note the forecast's method and what it rests on.

    Args:
        scenario: The scenario.
        panel_forecast: The forecast of the selected services.

    Yields:
        A note of one to five sentences.
    """
    if panel_forecast.forecast.window_count == 1:
        return
    yield " ".join(
        [*_method_sentences(scenario, panel_forecast), *_window_sentences(panel_forecast)]
    )
    yield from _selection_bias_note(panel_forecast)


def _method_sentences(scenario: TakeUp, panel_forecast: PanelForecast) -> Iterator[str]:
    """The method, and why it was chosen."""
    forecast = panel_forecast.forecast
    if forecast.requested_model_failure:
        requested_name = forecast_method_name(forecast, scenario.curve)
        yield f"{requested_name} cannot be used: {forecast.requested_model_failure}."
    yield f"Forecast method: {panel_forecast.method_name}."
    yield f"{capitalise_first(forecast.selection_reason)}."
    yield from _smaller_error_sentence(scenario, forecast)


def _smaller_error_sentence(scenario: TakeUp, forecast: Forecast) -> Iterator[str]:
    """Name the method with the least error, where the average is used without being asked for."""
    selected_error = forecast.selected_score.relative_error
    is_chosen = forecast.selected_model == ENSEMBLE_MODEL != scenario.curve
    if not is_chosen or selected_error is None:
        return
    errors = {
        score.model_name: score.relative_error
        for score in forecast.model_scores
        if score.relative_error is not None and not score.failure
    }
    best = min(errors, key=lambda name: errors[name])
    if round(errors[best], 2) >= round(selected_error, 2):
        return
    score = forecast.selected_score
    name, count = forecast_method_name(forecast, best), score.case_count
    if best == "drift":
        name = f"Continuing {lower_first(name)}"
    worth = format_count(int(score.independent_cases), "independent one")
    tests = choose_form(count, "one test is", f"{count:,} overlapping tests, worth {worth}, are")
    yield f"{name} gave {errors[best]:.2f}, but {tests} too few to prefer it."


def _window_sentences(panel_forecast: PanelForecast) -> Iterator[str]:
    count, years = panel_forecast.forecast.window_count, panel_forecast.forecast.independent_years
    yield f"The forecast uses {count} periods of 12 months, and neighbours share 9 months."
    yield f"Together they hold as much information as {years:g} separate years."


def _selection_bias_note(panel_forecast: PanelForecast) -> Iterator[str]:
    """Compare the error of the selected curve with that of the choice as made at the time.

    The selected curve has the best record, so its own error is too favourable. An average of
    methods is not selected by its record.
    """
    if panel_forecast.forecast.selected_model not in DIFFUSION_CURVES:
        return
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
            "The method is selected for its small back-test error, which is"
            f" {chosen_curve_error:.2f} times that of a no-change forecast. Selecting at the time"
            f" would have given an error of {past_choice_error:.2f} times."
        )


def calibration_sentences(scenario: TakeUp, panel_forecast: PanelForecast) -> Iterator[str]:
    """Tell what intervals and probabilities rest on, and what that changes in no change.

    Args:
        scenario: The scenario, with its quarter and table.
        panel_forecast: The forecast of the selected services, tested at one horizon at least.

    Yields:
        A sentence.
    """
    known_by = format_end_month(scenario.quarter)
    calibrated = "Past forecasts of all published services calibrate intervals and probabilities"
    yield f"{calibrated}, as far as known in {known_by}."
    if scenario.data != TakeUp().data:
        yield "None of them is a forecast of the services in this table."
    forecast = panel_forecast.forecast
    if forecast.selected_model == NAIVE_MODEL and forecast.moves_naive:
        position = forecast.longest_tested_horizon - 1
        central = format_share(float(forecast.distribution.central_forecast[position]))
        latest = format_share(panel_forecast.panel.take_up[-1])
        yield f"They move the centre from {latest}, which is no change, to {central}."


def ceiling_note(panel_forecast: PanelForecast) -> Iterator[str]:
    """Note a ceiling that take-up is already above.

    Args:
        panel_forecast: The forecast of the selected services.

    Yields:
        A note, or none.
    """
    ceiling, latest = panel_forecast.requested_ceiling, panel_forecast.forecast.ceiling
    if latest > ceiling:
        yield (
            f"Take-up of {format_share(latest)} is already above the highest possible take-up"
            f" entered, {format_share(ceiling)}. The forecast goes no higher than today’s take-up."
        )


def judge_interval(scenario: TakeUp, panel_forecast: PanelForecast) -> CoverageVerdict:
    """Judge the prediction interval by the back-test of the selected services.

    Args:
        scenario: The scenario, with the level of the interval.
        panel_forecast: The forecast of the selected services.

    Returns:
        The verdict.
    """
    score = panel_forecast.forecast.selected_score
    if score.interval_coverage is None:
        return CoverageVerdict.TOO_FEW
    return judge_coverage(score.interval_coverage, score.independent_cases, scenario.interval)


def interval_coverage_note(scenario: TakeUp, panel_forecast: PanelForecast) -> Iterator[str]:
    """Note an interval that the back-test of these services contradicts.

    Args:
        scenario: The scenario, with the level of the interval.
        panel_forecast: The forecast of the selected services.

    Yields:
        A note, or none.
    """
    score = panel_forecast.forecast.selected_score
    fault = _INTERVAL_FAULTS.get(judge_interval(scenario, panel_forecast))
    if fault and score.interval_coverage is not None:
        yield (
            f"The {format_share(scenario.interval)} prediction interval is {fault} for these"
            f" services. It held {format_share(score.interval_coverage)} of {score.judged_count}"
            f" past values, worth {int(score.independent_cases)} independent ones."
        )
