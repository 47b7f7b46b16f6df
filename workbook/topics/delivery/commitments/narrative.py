"""Notes on commitments: which are missed or off track, and why others cannot be judged."""

from collections.abc import Iterator
from datetime import date

import pandas as pd

from workbook.text.grammar import capitalise_first, choose_form, format_count, lower_first
from workbook.topics.delivery.commitments.headline import was_due
from workbook.topics.delivery.commitments.status import MISSED, OFF_TRACK, STATUS_UNKNOWN


def commitment_notes(assessed: pd.DataFrame, day: date) -> Iterator[str]:
    """Note which commitments are missed or off track, and why the status of others is not known.

    Args:
        assessed: Assessed commitments.
        day: The day of the assessment.

    Yields:
        A note of one or more sentences.
    """
    for row in assessed[assessed["status"].isin([MISSED, OFF_TRACK])].to_dict("records"):
        commitment = lower_first(str(row["commitment"]))
        label = capitalise_first(str(row["status"]))
        yield f"{label}: {commitment}. {row['why']} {row['reported']}".strip()
    yield from _unknown_status_note(assessed[assessed["status"] == STATUS_UNKNOWN], day)


def _unknown_status_note(unknown: pd.DataFrame, day: date) -> Iterator[str]:
    """Say why targets cannot be judged: those that were due, then the others."""
    if unknown.empty:
        return
    due = sum(was_due(target_date, day) for target_date in unknown["target_date"])
    others = len(unknown) - due
    sentences = [f"{format_count(len(unknown), 'target', one='One')} cannot be judged."]
    if due and not others:
        sentences.append("This workbook holds no outcome at the due date.")
    elif due:
        verb = choose_form(due, "was", "were")
        sentences.append(f"For {due} that {verb} due, this workbook holds no outcome.")
    if others:
        one = choose_form(others, "the other", "one of the others") if due else "one"
        sentences.append(
            f"To judge {one} we need its current value and more than one quarter’s rate."
        )
    yield " ".join(sentences)
