"""Notes on the forecast: how far it can be relied on."""

from collections.abc import Iterator

from workbook.methods.coverage_test import CoverageVerdict, judge_coverage
from workbook.methods.diffusion_curves import DIFFUSION_CURVES
from workbook.text.grammar import capitalise_first, choose_form, format_count
from workbook.text.numbers import format_share
from workbook.topics.take_up.forecast import FORECAST_CURVE_NAMES, PanelForecast
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.quarter_labels import format_end_month, format_year_to

ONE_WINDOW_CAVEAT = "one 12-month period cannot show where take-up is going"
"""Why there is no forecast from a single window."""

_COVERAGE_TEXTS = {
    CoverageVerdict.CONSISTENT: "That does not contradict the interval.",
    CoverageVerdict.TOO_NARROW: "The interval is too narrow for these services.",
    CoverageVerdict.TOO_WIDE: "The interval is too wide for these services.",
}


def forecast_notes(scenario: TakeUp, panel_forecast: PanelForecast) -> Iterator[str]:
    """Note the data behind the forecast, its method, and how it did in the back-test.

    Args:
        scenario: The scenario.
        panel_forecast: The forecast of the selected services.

    Yields:
        A note of one to three sentences.
    """
    yield _window_count_note(panel_forecast)
    yield _curve_choice_note(scenario, panel_forecast)
    yield from _selection_bias_note(panel_forecast)
    yield from _calibration_note(scenario, panel_forecast)
    yield from _ceiling_note(panel_forecast)
    yield from _interval_coverage_note(scenario, panel_forecast)
    yield from _panel_coverage_note(panel_forecast)


def _window_count_note(panel_forecast: PanelForecast) -> str:
    count = panel_forecast.forecast.window_count
    if count == 1:
        return f"{capitalise_first(ONE_WINDOW_CAVEAT)}."
    return (
        f"The forecast uses {count} periods of 12 months. Each shares 9 months with the next, so"
        " together they hold as much information as"
        f" {panel_forecast.forecast.independent_years:.1f} separate years."
    )


def _curve_choice_note(scenario: TakeUp, panel_forecast: PanelForecast) -> str:
    forecast = panel_forecast.forecast
    selected_name = FORECAST_CURVE_NAMES[forecast.selected_model]
    sentences = [f"Forecast method: {selected_name}.", f"{forecast.selection_reason}."]
    if forecast.requested_model_failure:
        requested_name = FORECAST_CURVE_NAMES[scenario.curve]
        sentences.insert(0, f"{requested_name} cannot be used: {forecast.requested_model_failure}.")
    return " ".join(capitalise_first(sentence) for sentence in sentences)


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


def _calibration_note(scenario: TakeUp, panel_forecast: PanelForecast) -> Iterator[str]:
    """What intervals and probabilities rest on, and why they end before the forecast does."""
    if panel_forecast.forecast.longest_tested_horizon:
        supplied = scenario.data == TakeUp().data
        yield (
            "Intervals and probabilities are calibrated by past forecasts of all published services"
            f" in the supplied record, as known in"
            f" {format_end_month(scenario.quarter)}."
            + ("" if supplied else " None of them is a forecast of the services in this table.")
        )
    if panel_forecast.untested_reason and panel_forecast.forecast.window_count > 1:
        until = panel_forecast.tested_quarter
        scope = f"beyond {format_year_to(until)}" if until else "for any quarter"
        yield (
            f"No interval and no probability is given {scope}: {panel_forecast.untested_reason}."
        )


def _ceiling_note(panel_forecast: PanelForecast) -> Iterator[str]:
    """A ceiling that take-up is already above."""
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


def _interval_coverage_note(scenario: TakeUp, panel_forecast: PanelForecast) -> Iterator[str]:
    """The coverage of the interval in the back-test, if there are enough cases to judge it."""
    score = panel_forecast.forecast.selected_score
    verdict = judge_interval(scenario, panel_forecast)
    if score.interval_coverage is None or verdict is CoverageVerdict.TOO_FEW:
        return
    yield (
        f"The {format_share(scenario.interval)} prediction interval contained"
        f" {format_share(score.interval_coverage)} of {score.judged_count} past values. They"
        f" overlap, and are worth {int(score.independent_cases)} independent ones."
        f" {_COVERAGE_TEXTS[verdict]}"
    )


def _panel_coverage_note(panel_forecast: PanelForecast) -> Iterator[str]:
    panel = panel_forecast.panel
    if panel.volume_share < 1:
        services = format_count(panel.services, "service", one="the one")
        yield (
            f"The forecast covers {services} that reported in every period."
            f" {choose_form(panel.services, 'It has', 'They have')}"
            f" {format_share(panel.volume_share)} of the latest transactions and take-up of"
            f" {format_share(panel.take_up[-1])}."
        )
