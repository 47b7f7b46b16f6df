"""Sentences about take-up: the headline, and the list of notes."""

from collections.abc import Iterator

from workbook.topics.take_up.change_notes import change_notes, change_sentences
from workbook.topics.take_up.comparison import WindowComparison
from workbook.topics.take_up.cost_notes import cost_notes
from workbook.topics.take_up.coverage_notes import coverage_notes, sources_note, vintage_note
from workbook.topics.take_up.forecast_notes import (
    forecast_notes,
)
from workbook.topics.take_up.go_live_notes import go_live_notes
from workbook.topics.take_up.outlook import (
    Outlook,
    coherence_note,
    outlook_sentences,
)
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.selection import ServiceSelection
from workbook.topics.take_up.service_detail import ServiceDetail


def take_up_headline(comparison: WindowComparison, outlook: Outlook) -> str:
    """Write the main results in a few sentences.

    Args:
        comparison: The two windows compared.
        outlook: What is observed and forecast against the target.

    Returns:
        The change within the same services, their change together, and the forecast.
    """
    return f"{change_sentences(comparison)} {outlook_sentences(outlook)}"


def take_up_notes(  # noqa: PLR0913, PLR0917  a note may use any result
    scenario: TakeUp,
    selection: ServiceSelection,
    comparison: WindowComparison,
    full_comparison: WindowComparison,
    outlook: Outlook,
    service_detail: ServiceDetail,
) -> Iterator[str]:
    """Note what a reader must know besides the headline.

    Args:
        scenario: The scenario.
        selection: The selected services.
        comparison: The two windows compared.
        full_comparison: The same windows with the excluded services.
        outlook: What is observed and forecast against the target.
        service_detail: The service in detail.

    Yields:
        A note of one to three sentences.
    """
    yield from change_notes(comparison)
    yield from coverage_notes(scenario.quarter, selection, comparison, full_comparison)
    yield from cost_notes(comparison)
    if outlook.record:
        yield outlook.record
    yield from forecast_notes(scenario, outlook.panel_forecast)
    yield from coherence_note(outlook.panel_forecast)
    yield from go_live_notes(service_detail.label, service_detail.go_live_effect)
    yield vintage_note(selection)
    yield sources_note(selection)
