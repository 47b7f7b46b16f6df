"""What to write instead of a name that is not known: the nearest one, or some of those known."""

import difflib
from collections.abc import Collection, Iterable

_SIMILARITY = 0.6
"""How alike two names must be, from 0 to 1, for one to be suggested in place of the other."""

_MOST_LISTED = 5
"""Names that a message lists, at most."""


def nearest_name(name: str, known: Iterable[str], similarity: float = _SIMILARITY) -> str | None:
    """Find the known name that is most like a name.

    Args:
        name: The name that was written.
        known: The names that there are.
        similarity: How alike two names must be, from 0 to 1 (the ratio of ``difflib``).

    Returns:
        The nearest name, or None where none is near enough.
    """
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=similarity)), None)


def list_some(names: Collection[str]) -> str:
    """List names with semicolons: the first few where there are many, and how many more."""
    first_names = "; ".join([*names][:_MOST_LISTED])
    unlisted_count = len(names) - _MOST_LISTED
    return f"{first_names} and {unlisted_count:,} more" if unlisted_count > 0 else first_names
