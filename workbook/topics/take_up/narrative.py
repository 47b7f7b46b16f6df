"""Sentences about take-up: the headline, and the list of notes."""

from collections.abc import Iterator

from workbook.text.grammar import capitalise_first
from workbook.text.numbers import format_share
from workbook.text.probability import describe_probability
from workbook.topics.take_up.change_notes import change_notes, change_sentences
from workbook.topics.take_up.comparison import WindowComparison
from workbook.topics.take_up.cost_notes import cost_notes
from workbook.topics.take_up.coverage_notes import coverage_notes, sources_note
from workbook.topics.take_up.forecast import PanelForecast
from workbook.topics.take_up.forecast_notes import (
    ONE_WINDOW_CAVEAT,
    forecast_notes,
)
from workbook.topics.take_up.go_live_notes import go_live_notes
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.quarter_labels import format_end_month, format_year_to
from workbook.topics.take_up.selection import ServiceSelection
from workbook.topics.take_up.service_detail import ServiceDetail


def take_up_headline(comparison: WindowComparison, panel_forecast: PanelForecast) -> str:
    """Write the main results in a few sentences.

    Args:
        comparison: The two windows compared.
        panel_forecast: The forecast of the selected services.

    Returns:
        The change within the same services, their change together, and the forecast.
    """
    return f"{change_sentences(comparison)} {_forecast_sentences(panel_forecast)}"


def take_up_notes(  # noqa: PLR0913, PLR0917  a note may use any result
    scenario: TakeUp,
    selection: ServiceSelection,
    comparison: WindowComparison,
    full_comparison: WindowComparison,
    panel_forecast: PanelForecast,
    service_detail: ServiceDetail,
) -> Iterator[str]:
    """Note what a reader must know besides the headline.

    Args:
        scenario: The scenario.
        selection: The selected services.
        comparison: The two windows compared.
        full_comparison: The same windows with the excluded services.
        panel_forecast: The forecast of the selected services.
        service_detail: The service in detail.

    Yields:
        A note of one to three sentences.
    """
    yield from change_notes(comparison)
    yield from coverage_notes(scenario.quarter, selection, comparison, full_comparison)
    yield from cost_notes(comparison)
    yield from forecast_notes(scenario, panel_forecast)
    yield from go_live_notes(service_detail.label, service_detail.go_live_effect)
    yield sources_note(selection)


def _forecast_sentences(panel_forecast: PanelForecast) -> str:
    panel, reached_quarter = panel_forecast.panel, panel_forecast.target_quarter()
    if panel_forecast.forecast.window_count == 1:
        return f"{capitalise_first(ONE_WINDOW_CAVEAT)}."
    target = format_share(panel_forecast.target)
    services = "services that report now"
    if panel.volume_share < 1:
        services = "services that reported in every period"
    if reached_quarter is not None and reached_quarter <= panel.quarters[-1]:
        start = panel_forecast.describe_start(reached_quarter)
        return f"In {services}, take-up has been {target} or more since {start}."
    probability, tested_quarter = panel_forecast.tested_probability, panel_forecast.tested_quarter
    if probability is None or tested_quarter is None:
        reason = panel_forecast.untested_reason
        return f"Whether {services} would reach {target} cannot be told: {reason}."
    outcome = (
        f"does not reach {target} by {format_end_month(panel_forecast.forecast_quarters[-1])}"
        if reached_quarter is None
        else f"reaches {target} in {format_year_to(reached_quarter)}"
    )
    return (
        f"The central forecast for {services} {outcome}. That they would be at {target} or more in"
        f" {format_year_to(tested_quarter)} is {describe_probability(probability)}."
    )
