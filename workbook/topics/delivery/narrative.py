"""Sentences about delivery: the headline and the notes, from those of each subject."""

from collections.abc import Iterator

import pandas as pd

from workbook.topics.delivery.commitments import (
    commitment_notes,
    followed_note,
    report_vintage_note,
    status_sentence,
)
from workbook.topics.delivery.exemplars import (
    ExemplarServices,
    duration_notes,
    live_services_sentence,
    milestone_notes,
    phase_count_notes,
)
from workbook.topics.delivery.gcloud import SalesComparison, comparison_note, upload_note
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
        How many services are live, and how many commitments are on track.
    """
    sentences = (
        live_services_sentence(services, is_filtered=selection.is_filtered),
        status_sentence(commitments, selection.day, selection.all_commitment_count),
    )
    return " ".join(filter(None, sentences))


def write_delivery_notes(
    selection: DeliverySelection,
    commitments: pd.DataFrame,
    services: ExemplarServices,
    sales: SalesComparison,
) -> Iterator[str]:
    """Write the notes, the most important first: only the first three stand beside the answer.

    Args:
        selection: The selected data.
        commitments: Assessed commitments.
        services: The analysed exemplar services.
        sales: G-Cloud sales by source.

    Yields:
        A note of one or more sentences.
    """
    yield from commitment_notes(commitments, selection.day)
    yield from duration_notes(services)
    yield from comparison_note(sales)
    yield from report_vintage_note(commitments, selection.day)
    yield from phase_count_notes(services)
    yield from milestone_notes(services, selection.day)
    yield from followed_note(commitments)
    yield from upload_note(
        sales,
        selection.day,
        has_uploaded_sales=selection.has_uploaded_sales,
        is_filtered=selection.is_filtered,
    )
