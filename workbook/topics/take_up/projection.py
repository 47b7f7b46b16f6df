"""Sentences about a forecast: what take-up would be, as far as forecasts are tested."""

from workbook.text.grammar import capitalise_first, choose_form, format_count
from workbook.text.numbers import format_share
from workbook.text.probability import describe_probability
from workbook.topics.take_up.forecast import FORECAST_CURVE_NAMES, PanelForecast
from workbook.topics.take_up.forecast_notes import ONE_WINDOW_CAVEAT
from workbook.topics.take_up.quarter_labels import format_end_month, format_year_to

_USUAL_INTERVAL = 0.8
"""Level of the prediction interval where a scenario's own is not asked for."""


def describe_panel(panel_forecast: PanelForecast) -> str:
    """Name the services that a forecast covers: ``the 28 services that …``."""
    panel = panel_forecast.panel
    if panel.volume_share == 1:
        return "the services that report now"
    services = choose_form(panel.services, "one service", f"{panel.services:,} services")
    return f"the {services} that reported in every period"


def projection_sentences(panel_forecast: PanelForecast, interval: float) -> str:
    """Tell what take-up would be and how likely the target is, as far as that is tested.

    Args:
        panel_forecast: The forecast.
        interval: Level of the prediction interval, between 0 and 1.

    Returns:
        One to three sentences.
    """
    target = format_share(panel_forecast.target)
    probability, tested_quarter = panel_forecast.tested_probability, panel_forecast.tested_quarter
    if probability is None or tested_quarter is None:
        return (
            f"Whether it would reach {target} by"
            f" {format_end_month(panel_forecast.forecast_quarters[-1])} cannot be told:"
            f" {panel_forecast.untested_reason}.{_no_change_sentence(panel_forecast)}"
        )
    position = panel_forecast.forecast.longest_tested_horizon - 1
    distribution = panel_forecast.forecast.distribution
    low, high = distribution.prediction_interval(interval)
    return (
        f"It would be {format_share(float(distribution.central_forecast[position]))} in"
        f" {format_year_to(tested_quarter)} ({format_share(interval)} prediction interval"
        f" {format_share(float(low[position]))} to {format_share(float(high[position]))}). The"
        f" probability of {target} or more in that year is {describe_probability(probability)}."
        f"{_untested_sentence(panel_forecast)}"
    )


def describe_forecast(panel_forecast: PanelForecast) -> str:
    """Describe a forecast with its method.

    Args:
        panel_forecast: The forecast.

    Returns:
        One to five sentences.
    """
    if panel_forecast.forecast.window_count == 1:
        return f"{capitalise_first(ONE_WINDOW_CAVEAT)}."
    reached_quarter, target = panel_forecast.target_quarter(), format_share(panel_forecast.target)
    latest = format_share(panel_forecast.panel.take_up[-1])
    now = f"Take-up is {latest}"
    if reached_quarter is not None and reached_quarter <= panel_forecast.panel.quarters[-1]:
        now = f"{now}, and {target} or more since {panel_forecast.describe_start(reached_quarter)}"
    curve = FORECAST_CURVE_NAMES[panel_forecast.forecast.selected_model]
    return f"{now}. {projection_sentences(panel_forecast, _USUAL_INTERVAL)} Method: {curve}."


def _no_change_sentence(panel_forecast: PanelForecast) -> str:
    """What a forecast of no change, made for want of data, would mean for the target."""
    central = panel_forecast.forecast.distribution.central_forecast
    if (central != central[0]).any():
        return ""
    is_met = central[0] >= panel_forecast.target
    return f" At no change it {'would' if is_met else 'would not'}."


def _untested_sentence(panel_forecast: PanelForecast) -> str:
    """Say how far the forecast is tested, where that is less than what was asked for."""
    tested = panel_forecast.forecast.longest_tested_horizon
    if tested == len(panel_forecast.forecast_quarters):
        return ""
    return (
        f" Forecasts have been tested up to {format_count(tested, 'quarter')} ahead, so no"
        f" probability is given for {format_end_month(panel_forecast.forecast_quarters[-1])}."
    )
