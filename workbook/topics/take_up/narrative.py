"""The notes of take-up, in order of what they change in the answer."""

from collections.abc import Iterator

from workbook.topics.take_up import change_notes, coverage_notes, forecast_notes
from workbook.topics.take_up.assisted_digital.narrative import support_notes
from workbook.topics.take_up.assisted_digital.support import DigitalSupport
from workbook.topics.take_up.comparison import WindowComparison
from workbook.topics.take_up.cost_notes import cost_notes
from workbook.topics.take_up.go_live_notes import go_live_notes
from workbook.topics.take_up.outlook import Outlook
from workbook.topics.take_up.parameters import TakeUp
from workbook.topics.take_up.record_notes import own_outcomes_note, record_note
from workbook.topics.take_up.selection import ServiceSelection
from workbook.topics.take_up.service_detail import ServiceDetail
from workbook.topics.take_up.single_service import find_dominant_entrant
from workbook.topics.take_up.zero_counts import zero_counts_note


def take_up_notes(  # noqa: PLR0913, PLR0917  a note may use any result
    scenario: TakeUp,
    selection: ServiceSelection,
    comparison: WindowComparison,
    full_comparison: WindowComparison,
    outlook: Outlook,
    service_detail: ServiceDetail,
    support: DigitalSupport,
) -> Iterator[str]:
    """Note what a reader must know besides the headline, what changes its meaning most first.

    Args:
        scenario: The scenario.
        selection: The selected services.
        comparison: The two windows compared.
        full_comparison: The same windows with the excluded services.
        outlook: What is observed and forecast against the target.
        service_detail: The service in detail.
        support: Who needs support to use the services online.

    Yields:
        A note of one to six sentences.
    """
    is_mostly_uncompared = coverage_notes.is_mostly_uncompared(comparison)
    yield from coverage_notes.period_notes(scenario.quarter, comparison)
    if is_mostly_uncompared:
        yield from coverage_notes.comparison_coverage_note(comparison)
    has_dominant_entrant = find_dominant_entrant(comparison) is not None
    if has_dominant_entrant:
        yield from change_notes.all_services_note(comparison)
    yield from change_notes.matched_note(comparison)
    if outlook.quotes_probability:
        yield from own_outcomes_note(outlook)
    yield from support_notes(scenario, support)
    yield from zero_counts_note(comparison)
    yield from coverage_notes.exclusion_notes(selection, comparison, full_comparison)
    yield from forecast_notes.outlook_note(outlook)
    if not has_dominant_entrant:
        yield from change_notes.all_services_note(comparison)
    if not is_mostly_uncompared:
        yield from coverage_notes.comparison_coverage_note(comparison)
    yield from forecast_notes.interval_coverage_note(scenario, outlook.panel_forecast)
    yield from record_note(outlook)
    yield from forecast_notes.method_notes(scenario, outlook.panel_forecast)
    yield from forecast_notes.ceiling_note(outlook.panel_forecast)
    yield from cost_notes(comparison)
    yield from go_live_notes(service_detail.label, service_detail.go_live_effect)
    yield coverage_notes.source_note(selection)
