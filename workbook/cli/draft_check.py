"""Open a draft with the figures that it may state, and check it."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from workbook.claims.draft.check import check_numbers
from workbook.claims.draft.checked_number import CheckedNumber, Confirmation
from workbook.claims.draft.confirmation import SentencePlace, apply_confirmations
from workbook.claims.draft.draft_numbers import DraftNumber
from workbook.claims.draft.matching import FigureIndex
from workbook.cli.draft_document import find_draft_numbers, read_confirmed_figures
from workbook.cli.draft_sources import collect_figures


@dataclass(frozen=True)
class OpenedDraft:
    """What the check of a draft needs.

    Attributes:
        numbers: The numbers of the draft.
        index: The figures that it may state.
        confirmations: What a person confirmed, by sentence and place.
    """

    numbers: list[DraftNumber]
    index: FigureIndex
    confirmations: Mapping[SentencePlace, Confirmation]


def open_draft(draft: Path, snapshot: str, store: Path, confirmed: Path | None) -> OpenedDraft:
    """Read a draft and collect the figures that it may state.

    Args:
        draft: The file of the draft.
        snapshot: The snapshot whose indicators are used. Empty for those of today's models.
        store: The folder of the archive.
        confirmed: The file of confirmed figures, None for none.

    Returns:
        What the check needs.

    Raises:
        ValueError: A file or the snapshot is invalid or missing.
    """
    numbers = find_draft_numbers(draft)
    index = FigureIndex(collect_figures(snapshot, store))
    confirmations = read_confirmed_figures(confirmed, index) if confirmed else {}
    return OpenedDraft(numbers, index, confirmations)


def check_draft(opened: OpenedDraft) -> tuple[list[CheckedNumber], list[Confirmation]]:
    """Check a draft.

    Args:
        opened: The draft, from ``open_draft``.

    Returns:
        Its numbers with what they may state, and what was confirmed whose sentence is not there.
    """
    proposed = check_numbers(opened.numbers, opened.index)
    return apply_confirmations(proposed, opened.confirmations, opened.index)
