"""What happened to the consultations between two quarters, for the quarterly report."""

from collections.abc import Iterator

from workbook.outcome import Outcome
from workbook.text.grammar import choose_form, format_count, join_items
from workbook.topics.policymaking.status import ANSWERED, OPEN, WAITING

_VERBS = {OPEN: "opened", WAITING: "closed without an answer yet", ANSWERED: "answered"}
_MOST_TITLES = 3


def describe_consultation_changes(
    previous: Outcome, current: Outcome, quarter: str
) -> Iterator[str]:
    """Name the consultations whose status changed.

    Args:
        previous: The outcome of the quarter compared with.
        current: The outcome of the quarter reported on.
        quarter: The quarter compared with.

    Yields:
        A sentence for each status that consultations have reached since.
    """
    before = previous.frame("consultations").set_index("id")["status"]
    after = current.frame("consultations").set_index("id")
    is_new_status = after["status"].ne(before.reindex(after.index))
    for status, verb in _VERBS.items():
        changed = after[is_new_status & after["status"].eq(status)]
        if len(changed):
            count = format_count(len(changed), "consultation", one="One")
            titles = ""
            if len(changed) <= _MOST_TITLES:
                titles = f": {join_items(changed['title'])}"
            was = choose_form(len(changed), "was", "were")
            clause = verb if status == OPEN else f"{was} {verb}" if status == ANSWERED else verb
            yield f"{count} {clause} since {quarter}{titles}."
