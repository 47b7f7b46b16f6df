"""Print and write what was found in a draft."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.markup import escape

from workbook.claims.draft.checked_number import (
    AS_PUBLISHED,
    MATCHED,
    UNSUPPORTED,
    CheckedNumber,
    Confirmation,
)
from workbook.cli.output import create_text_table
from workbook.text.grammar import format_count, join_items
from workbook.text.numbers import escape_formula

_CONTEXT = 30
"""Characters of the sentence shown before and after a number."""

_HEADER = (
    "number", "sentence", "heading", "status", "basis", "figure", "label", "working",
    "alternatives", "confirmed", "confirmed_by", "confirmed_on",
)  # fmt: skip


def print_draft(name: str, checked: Sequence[CheckedNumber]) -> None:
    """Print the numbers of a draft for people, with how many there are of each status.

    Args:
        name: The name of the draft.
        checked: Its numbers.
    """
    console = Console()
    text_table = create_text_table(
        "Number in the draft", "Status, and the figure it may state", "Working, or what is missing"
    )
    for entry in checked:
        status = f"{entry.finding.label}{', confirmed' if entry.confirmation else ''}"
        text_table.add_row(
            escape(f"{entry.number.printed}: {_write_excerpt(entry)}"),
            escape(f"{status}: {_describe_proposals(entry)}"),
            escape(entry.finding.working),
        )
    if checked:
        console.print(text_table)
    console.print(f"{name}: {summarise(checked)}", highlight=False, markup=False)
    console.print(
        "These are proposals. A person confirms which figure each number states.",
        highlight=False,
        markup=False,
    )


def summarise(checked: Sequence[CheckedNumber]) -> str:
    """Count the numbers of a draft by status.

    Args:
        checked: The numbers.

    Returns:
        A sentence.
    """
    if not checked:
        return "no numbers found. Dates and references are set aside."
    counts = Counter(entry.finding.status for entry in checked)
    published = sum(entry.finding.basis == AS_PUBLISHED for entry in checked)
    parts = [f"{counts[status]} {status}" for status in (MATCHED, "different", UNSUPPORTED)]
    if published:
        parts[0] += f" ({published} only as published)"
    return f"{format_count(len(checked), 'number')}: {join_items(parts)}."


def describe_missing(missing: Iterable[Confirmation]) -> list[str]:
    """Describe the confirmed numbers whose sentence is not in the draft.

    Args:
        missing: What was confirmed.

    Returns:
        A sentence for each.
    """
    return [
        f"Confirmed as {entry.figure}, but its sentence is not in the draft: {entry.sentence}"
        for entry in missing
    ]


def to_csv(checked: Iterable[CheckedNumber]) -> bytes:
    """Write the numbers of a draft as a CSV file in which a person confirms figures.

    Args:
        checked: The numbers.

    Returns:
        The file, with a row for each number. What was confirmed before is kept.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_HEADER)
    writer.writerows([escape_formula(cell) for cell in _list_cells(entry)] for entry in checked)
    return text.getvalue().encode()


def _list_cells(entry: CheckedNumber) -> tuple[str, ...]:
    number, finding, confirmation = entry.number, entry.finding, entry.confirmation
    first = entry.proposals[0].figure if entry.proposals else None
    confirmed = (
        (confirmation.figure, confirmation.confirmed_by, confirmation.confirmed_on)
        if confirmation
        else ("", "", "")
    )
    return (
        number.printed,
        number.sentence,
        number.headings[-1] if number.headings else "",
        finding.status,
        finding.basis,
        first.id if first else "",
        first.labels[0] if first else "",
        finding.working,
        "; ".join(proposal.figure.id for proposal in entry.proposals[1:]),
        *confirmed,
    )


def _write_excerpt(entry: CheckedNumber) -> str:
    number = entry.number
    start, end = max(0, number.start - _CONTEXT), number.end + _CONTEXT
    before = "…" if start else ""
    after = "…" if end < len(number.sentence) else ""
    return f"{before}{number.sentence[start:end]}{after}"


def _describe_proposals(entry: CheckedNumber) -> str:
    if not entry.proposals:
        return "no figure"
    first, *others = [proposal.figure for proposal in entry.proposals]
    alternatives = f" (or {join_items([figure.id for figure in others], 'or')})" if others else ""
    return f"{first.id} {first.labels[0]}{alternatives}"
