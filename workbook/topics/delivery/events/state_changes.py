"""Events whose state has changed between two quarters, in words."""

from collections.abc import Iterator

from workbook.outcome import Outcome


def describe_state_changes(previous: Outcome, current: Outcome) -> Iterator[str]:
    """Describe each event whose state has changed.

    Args:
        previous: The outcome of the quarter compared with.
        current: The outcome of the quarter reported on.

    Yields:
        A sentence for each such event.
    """
    earlier_states = previous.frame("events").set_index("id")["state"].to_dict()
    for row in current.frame("events").to_dict("records"):
        earlier, state = earlier_states.get(row["id"]), row["state"]
        if earlier and earlier != state:
            yield f"{row['event']}: was {earlier} and is now {state}."
