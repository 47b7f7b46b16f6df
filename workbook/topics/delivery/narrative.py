"""Sentences about delivery: the headline and the notes, from those of each subject."""

from collections.abc import Iterator

import pandas as pd

from workbook.topics.delivery.commitments import commitment_notes, status_sentence
from workbook.topics.delivery.exemplars import (
    ExemplarServices,
    exemplar_service_notes,
    live_services_sentence,
)
from workbook.topics.delivery.gcloud import SalesComparison, sales_notes
from workbook.topics.delivery.selection import DeliverySelection


def write_delivery_headline(
    selection: DeliverySelection, commitments: pd.DataFrame, services: ExemplarServices
) -> str:
    """Write the main result in one or two sentences.

    Args:
        selection: The selected data.
        commitments: Assessed commitments.
        services: The analysed exemplar services.

    Returns:
        How many services are live, and how many commitments are on track.
    """
    sentences = (
        live_services_sentence(services),
        status_sentence(commitments, selection.quarter, is_filtered=selection.is_filtered),
    )
    return " ".join(filter(None, sentences))


def write_delivery_notes(
    selection: DeliverySelection,
    commitments: pd.DataFrame,
    services: ExemplarServices,
    sales: SalesComparison,
) -> Iterator[str]:
    """Write the notes below the headline.

    Args:
        selection: The selected data.
        commitments: Assessed commitments.
        services: The analysed exemplar services.
        sales: G-Cloud sales by source.

    Yields:
        A note of one or two sentences.
    """
    yield from commitment_notes(commitments, selection.day)
    yield from exemplar_service_notes(services, selection.day)
    yield from sales_notes(
        sales,
        selection.quarter,
        has_uploaded_sales=selection.has_uploaded_sales,
        is_filtered=selection.is_filtered,
    )
