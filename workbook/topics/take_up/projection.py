"""Sentences about a forecast: what take-up would be, as far as forecasts are tested."""

from collections.abc import Iterator

from workbook.text.grammar import choose_form, format_count
from workbook.text.numbers import format_share
from workbook.text.probability import describe_probability
from workbook.topics.take_up.forecast import PanelForecast
from workbook.topics.take_up.own_record import INTERVAL_BASIS, own_record_sentences
from workbook.topics.take_up.quarter_labels import format_end_month, format_year_to

ONE_WINDOW_CAVEAT = "One 12-month period cannot show where take-up is going."
"""Why there is no forecast from a single window."""

_USUAL_INTERVAL = 0.8
"""Level of the prediction interval where a scenario's own is not asked for."""


def describe_panel(panel_forecast: PanelForecast) -> str:
    """Name the services that a forecast covers: ``the 28 services that …``."""
    panel = panel_forecast.panel
    if panel.volume_share == 1:
        return "the services that report now"
    services = choose_form(panel.services, "one service", f"{panel.services:,} services")
    return f"the {services} that reported in every period"


def projection_sentences(
    panel_forecast: PanelForecast, interval: float, *, with_probability: bool
) -> Iterator[str]:
    """Tell what take-up would be, and how far that is tested.

    Args:
        panel_forecast: The forecast.
        interval: Level of the prediction interval, between 0 and 1.
        with_probability: Whether to add the probability of the target.

    Yields:
        A sentence. Without a tested horizon: why, and what no change would mean for the target.
    """
    tested_quarter, forecast = panel_forecast.tested_quarter, panel_forecast.forecast
    probability = panel_forecast.tested_probability
    if tested_quarter is None or probability is None:
        yield f"There is no tested forecast: {panel_forecast.untested_reason}."
        yield from _no_change_sentence(panel_forecast)
        return
    tested_year = format_year_to(tested_quarter)
    yield f"It would be {_describe_central(panel_forecast, interval, tested_year)}."
    if with_probability:
        yield (
            f"The probability of {format_share(panel_forecast.target)} or more in that year is"
            f" {describe_probability(probability)}."
        )
    if forecast.longest_tested_horizon < len(panel_forecast.forecast_quarters):
        end = format_end_month(panel_forecast.forecast_quarters[-1])
        ahead = format_count(forecast.longest_tested_horizon, "quarter")
        yield f"Forecasts are tested up to {ahead} ahead, so none is quoted for {end}."


def describe_forecast(panel_forecast: PanelForecast, quarter: str) -> str:
    """Describe a forecast with its method.

    Args:
        panel_forecast: The forecast.
        quarter: The scenario's quarter. A forecast for a year that ended by then is past.

    Returns:
        One to nine sentences.
    """
    if panel_forecast.forecast.window_count == 1:
        return ONE_WINDOW_CAVEAT
    tested_quarter = panel_forecast.tested_quarter
    if tested_quarter is not None and tested_quarter <= quarter:
        sentences = [_past_forecast_sentence(panel_forecast)]
    else:
        sentences = [
            current_sentence(panel_forecast, "Take-up is"),
            *projection_sentences(panel_forecast, _USUAL_INTERVAL, with_probability=True),
        ]
    if tested_quarter is not None:
        sentences += own_record_sentences(panel_forecast.quoted_rows(), panel_forecast.interval)
        sentences.append(INTERVAL_BASIS)
    return " ".join([*sentences, f"Method: {panel_forecast.method_name}."])


def current_sentence(panel_forecast: PanelForecast, subject: str) -> str:
    """Tell the latest take-up, and since when it has been at the target if it is.

    Args:
        panel_forecast: The forecast.
        subject: Whose take-up it is, and when: ``Their take-up was``.

    Returns:
        A sentence.
    """
    reached_quarter = panel_forecast.target_quarter()
    latest = f"{subject} {format_share(panel_forecast.panel.take_up[-1])}"
    if reached_quarter is None or reached_quarter > panel_forecast.panel.quarters[-1]:
        return f"{latest}."
    target, start = format_share(panel_forecast.target), reached_quarter
    return f"{latest}, and {target} or more since {panel_forecast.describe_start(start)}."


def _past_forecast_sentence(panel_forecast: PanelForecast) -> str:
    """A forecast for a year that has ended, without a probability."""
    figures_end = format_end_month(panel_forecast.panel.quarters[-1])
    tested_year = format_year_to(panel_forecast.tested_quarter or "")
    return (
        f"From figures to {figures_end}, the forecast for {tested_year} was"
        f" {_describe_central(panel_forecast, _USUAL_INTERVAL)}."
    )


def _describe_central(panel_forecast: PanelForecast, interval: float, year: str = "") -> str:
    """The central forecast in the last tested quarter, with its prediction interval."""
    forecast = panel_forecast.forecast
    position = forecast.longest_tested_horizon - 1
    central = format_share(float(forecast.distribution.central_forecast[position]))
    low, high = (
        format_share(float(end[position]))
        for end in forecast.distribution.prediction_interval(interval)
    )
    in_year = f" in {year}" if year else ""
    return f"{central}{in_year} ({format_share(interval)} prediction interval: {low} to {high})"


def _no_change_sentence(panel_forecast: PanelForecast) -> Iterator[str]:
    """What a forecast of no change, made for want of data, would mean for the target."""
    central = panel_forecast.forecast.distribution.central_forecast
    if (central == central[0]).all():
        verb = "meet" if central[0] >= panel_forecast.target else "not meet"
        yield f"At no change it would {verb} {format_share(panel_forecast.target)}."
