"""Sentences about take-up: the headline, and the list of notes."""

from collections.abc import Iterator

from workbook.text.dates import format_month
from workbook.text.grammar import format_count
from workbook.text.numbers import format_probability, format_share
from workbook.topics.take_up.comparison import WindowComparison
from workbook.topics.take_up.coverage_notes import coverage_notes, sources_note
from workbook.topics.take_up.forecast import PanelForecast
from workbook.topics.take_up.forecast_notes import forecast_notes, go_live_notes
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.selection import ServiceSelection
from workbook.topics.take_up.service_detail import ServiceDetail


def take_up_headline(comparison: WindowComparison, panel_forecast: PanelForecast) -> str:
    """Write the main results in two sentences.

    Args:
        comparison: The two windows compared.
        panel_forecast: The forecast of the selected services.

    Returns:
        The change like for like, and when the target is reached.
    """
    return f"{_change_sentence(comparison)} {_forecast_sentence(panel_forecast)}"


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
