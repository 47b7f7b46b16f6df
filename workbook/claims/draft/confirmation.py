"""The figures that a person confirmed for a draft, kept in a CSV file beside it."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from workbook.claims.draft.check import MOST_PROPOSALS, compare_with_figure
from workbook.claims.draft.checked_number import (
    UNSUPPORTED,
    CheckedNumber,
    Confirmation,
    Finding,
)
from workbook.claims.draft.draft_numbers import DraftNumber, find_numbers_in_sentence
from workbook.claims.draft.matching import FigureIndex, Proposal
from workbook.text.grammar import join_items
from workbook.text.numbers import unescape_formula
from workbook.text.quoting import quote_value
from workbook.text.suggestions import unknown_name_message

NO_FIGURE: Final = "none"
"""What a person writes where a number states no figure of the catalogue."""

COLUMNS: Final = ("number", "sentence", "status", "confirmed", "confirmed_by", "confirmed_on")
"""Columns that a file of confirmed figures needs. It may have others."""

SentencePlace = tuple[str, int]
"""A sentence with its numbers masked, and which of them is meant, from 0."""


def read_confirmations(
    content: str, figure_ids: Iterable[str]
) -> dict[SentencePlace, Confirmation]:
    """Read a file of confirmed figures.

    Args:
        content: The file, as ``workbook claims FILE -o`` writes it. Rows whose column
            ``confirmed`` is blank are left out.
        figure_ids: The figures that can be confirmed.

    Returns:
        The confirmations, each by its sentence with the numbers masked and its place there.

    Raises:
        ValueError: A column is missing, or a row names an unknown figure, nobody or no day, or its
            number is not in its sentence. The message says which row.
    """
    reader = csv.DictReader(io.StringIO(content, newline=""))
    if missing := [name for name in COLUMNS if name not in (reader.fieldnames or ())]:
        columns = "columns" if len(missing) > 1 else "column"
        raise ValueError(f"required {columns} {join_items(map(quote_value, missing))} missing")
    known_ids = {*figure_ids, NO_FIGURE}
    confirmations: dict[SentencePlace, Confirmation] = {}
    repeated: Counter[tuple[str, str]] = Counter()
    for row_number, row in enumerate(reader, start=2):
        number, sentence = (unescape_formula(row[name] or "") for name in ("number", "sentence"))
        repeated[number, sentence] += 1
        if not (row["confirmed"] or "").strip():
            continue
        try:
            confirmation = _read_row({**row, "number": number, "sentence": sentence}, known_ids)
            place = _find_place(number, sentence, repeated[number, sentence])
        except ValueError as error:
            raise ValueError(f"row {row_number}: {error}") from None
        confirmations[place] = confirmation
    return confirmations


def apply_confirmations(
    checked: Sequence[CheckedNumber],
    confirmations: Mapping[SentencePlace, Confirmation],
    index: FigureIndex,
) -> tuple[list[CheckedNumber], list[Confirmation]]:
    """Compare the numbers of a draft with the figures that a person confirmed.

    A number is recognised by its sentence, whatever the numbers in it.

    Args:
        checked: The numbers with what was proposed.
        confirmations: The confirmations, from ``read_confirmations``.
        index: The figures that the draft may state.

    Returns:
        The numbers, with the confirmed figure first and the finding on it; and the confirmations
        whose sentence is not in the draft.
    """
    places = _sentence_places([entry.number for entry in checked])
    confirmed = [
        _apply_confirmation(entry, confirmations[place], index) if place in confirmations else entry
        for entry, place in zip(checked, places, strict=True)
    ]
    present_places = set(places)
    return confirmed, [
        entry for place, entry in confirmations.items() if place not in present_places
    ]


def _read_row(row: Mapping[str, str | None], known_ids: Iterable[str]) -> Confirmation:
    figure, name, day = (
        (row[column] or "").strip() for column in ("confirmed", "confirmed_by", "confirmed_on")
    )
    if figure not in known_ids:
        raise ValueError(unknown_name_message("figure", figure, list(known_ids)))
    if not name:
        raise ValueError("confirmed_by is blank: name who confirmed the figure")
    try:
        date.fromisoformat(day)
    except ValueError:
        msg = f"confirmed_on must be a day such as 2014-07-18, not {quote_value(day)}"
        raise ValueError(msg) from None
    return Confirmation(
        figure, name, day, row["status"] or "", row["number"] or "", row["sentence"] or ""
    )


def _find_place(number: str, sentence: str, occurrence: int) -> SentencePlace:
    """Find a number in its sentence: the first, second or later one that is printed so."""
    numbers = find_numbers_in_sentence(sentence)
    places = [place for place, entry in enumerate(numbers) if entry.printed == number]
    if len(places) < occurrence:
        raise ValueError(f"the number {quote_value(number)} is not in its sentence")
    return _mask_numbers(sentence, numbers), places[occurrence - 1]


def _sentence_places(numbers: Sequence[DraftNumber]) -> list[SentencePlace]:
    places = []
    for number in numbers:
        in_sentence = find_numbers_in_sentence(number.sentence)
        place = next(at for at, entry in enumerate(in_sentence) if entry.start == number.start)
        places.append((_mask_numbers(number.sentence, in_sentence), place))
    return places


def _mask_numbers(sentence: str, numbers: Sequence[DraftNumber]) -> str:
    """Replace each number of a sentence by ``#``."""
    for number in reversed(numbers):
        sentence = f"{sentence[: number.start]}#{sentence[number.end :]}"
    return sentence


def _apply_confirmation(
    entry: CheckedNumber, confirmation: Confirmation, index: FigureIndex
) -> CheckedNumber:
    if confirmation.figure == NO_FIGURE:
        finding = Finding(UNSUPPORTED, "", "Confirmed: it states no figure of the workbook.")
        return replace(entry, finding=finding, proposals=(), confirmation=confirmation)
    figure = index.figures[confirmation.figure]
    assessed = {proposal.figure.id: proposal for proposal in index.assess(entry.number)}
    unlike = Proposal(figure, 0.0, 0.0, 0.0, 0.0, is_other_year=False, is_equal=False)
    others = [proposal for proposal in entry.proposals if proposal.figure.id != figure.id]
    return replace(
        entry,
        finding=compare_with_figure(entry.number, figure),
        proposals=(assessed.get(figure.id, unlike), *others)[:MOST_PROPOSALS],
        confirmation=confirmation,
    )
