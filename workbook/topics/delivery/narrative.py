"""Sentences about delivery: the headline and the notes, from those of each subject."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from workbook.periods import period_end
from workbook.text.dates import format_month
from workbook.topics.delivery.assessed_rows import AssessedRows
from workbook.topics.delivery.commitments import commitment_notes, status_sentence
from workbook.topics.delivery.events import events_note
from workbook.topics.delivery.exemplars import (
    ExemplarServices,
    duration_notes,
    live_services_sentence,
    milestone_notes,
    phase_count_notes,
)
from workbook.topics.delivery.gcloud import SalesComparison, comparison_note, upload_note
from workbook.topics.delivery.measures import measures_note
from workbook.topics.delivery.selection import DeliverySelection


def write_delivery_headline(
    selection: DeliverySelection, commitments: pd.DataFrame, services: ExemplarServices
) -> str:
    """Write the main result in at most 35 words.

    Args:
        selection: The selected data.
        commitments: Assessed commitments.
        services: The analysed exemplar services.

    Returns:
        How many commitments have each status, and how many services are live.
    """
    sentences = (
        status_sentence(
            commitments,
            selection.day,
            selection.all_commitment_count,
            "" if selection.programmes else selection.departments,
        ),
        live_services_sentence(services, selection.departments),
    )
    return " ".join(filter(None, sentences))


def write_delivery_notes(
    selection: DeliverySelection,
    assessed: AssessedRows,
    services: ExemplarServices,
    sales: SalesComparison,
) -> Iterator[str]:
    """Write the notes, the most important first: only the first three stand beside the answer.

    Args:
        selection: The selected data.
        assessed: The assessed rows.
        services: The analysed exemplar services.
        sales: G-Cloud sales by source.

    Yields:
        A note of one or more sentences.
    """
    yield from commitment_notes(assessed.commitments, selection.day)
    yield from duration_notes(services)
    yield from comparison_note(sales)
    yield from _report_vintage_note(assessed, selection.day)
    yield from phase_count_notes(services)
    yield from milestone_notes(services, selection.day)
    yield from measures_note(assessed.measures)
    yield from events_note(assessed.events)
    yield from upload_note(
        sales,
        selection.day,
        has_uploaded_sales=selection.has_uploaded_sales,
        is_filtered=selection.is_filtered,
    )


def _report_vintage_note(assessed: AssessedRows, day: date) -> Iterator[str]:
    """Note the newest report and the end of all information, if they are from before a day."""
    published, derived = assessed.published, assessed.derived_periods
    if published.empty or (report_end := _newest_period_end(published["period"])) >= day:
        return
    newest_source = published["source"].iloc[published["period"].map(period_end).argmax()]
    month = format_month(report_end)
    sentences = [f"The latest report held is the {newest_source}, with figures to {month}."]
    information_end = report_end
    if len(derived) and (dashboard_end := _newest_period_end(derived)) > report_end:
        sentences.append("Later figures come only from the dashboard.")
        information_end = dashboard_end
    if f"{information_end:%Y-%m}" < f"{day:%Y-%m}":
        month = format_month(information_end)
        sentences.append(f"No information on commitments or services after {month} is held.")
    yield " ".join(sentences)


def _newest_period_end(periods: "pd.Series[str]") -> date:
    newest: date = periods.map(period_end).max()
    return newest
