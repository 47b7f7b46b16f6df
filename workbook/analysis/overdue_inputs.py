"""Inputs of an outcome that are used after their review was due."""

from collections.abc import Iterator

from workbook.analysis.assumptions import OVERDUE, register_rows
from workbook.outcome import Outcome
from workbook.text.dates import format_day
from workbook.text.grammar import choose_form, format_count


def list_overdue_inputs(outcome: Outcome) -> tuple[str, ...]:
    """List what was due for review before the last day of the outcome's quarter.

    A changed value has no review: it is the user's own.

    Args:
        outcome: The outcome. Its parts, such as the topics of a report, are included.

    Returns:
        Sentences without repetition: on the published assumptions, and on the model's own inputs.
    """
    sentences: dict[str, None] = {}
    for part in (outcome, *outcome.part_outcomes.values()):
        sentences |= dict.fromkeys([*_overdue_assumptions(part), *part.overdue_inputs])
    return tuple(sentences)


def _overdue_assumptions(outcome: Outcome) -> Iterator[str]:
    due_days = [
        row["review_due"] for row in register_rows(outcome) if row["review_status"] == OVERDUE
    ]
    count = len(due_days)
    if count:
        yield (
            f"{format_count(count, 'assumption')} {choose_form(count, 'was', 'were')} due for"
            f" review by {format_day(max(due_days))}."
        )
