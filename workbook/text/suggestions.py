"""Suggest names in place of an unknown one."""

import difflib
from collections.abc import Collection, Iterable

from workbook.text.quoting import LONGEST_QUOTED_TEXT, quote_value

_SIMILARITY = 0.6
"""Least similarity, from 0 to 1, of a suggested name."""

_SHORTEST_PART = 4
"""Characters of a part of a name for which the names with it are suggested, at least."""

_MOST_LISTED = 20
"""Names that a message lists, at most."""


def nearest_name(name: str, known: Iterable[str], similarity: float = _SIMILARITY) -> str | None:
    """Find the known name most similar to a name.

    Args:
        name: The name that was written.
        known: The names that there are.
        similarity: Least similarity, from 0 to 1 (the ratio of ``difflib``).

    Returns:
        The most similar name, None if none is similar enough.
    """
    beginning = name[:LONGEST_QUOTED_TEXT]  # long names are slow to compare
    return next(iter(difflib.get_close_matches(beginning, known, n=1, cutoff=similarity)), None)


def suggest_names(name: str, known: Collection[str]) -> str:
    """Suggest what to write instead of an unknown name.

    Args:
        name: The unknown name.
        known: The names that there are.

    Returns:
        A sentence: the nearest name, the names that contain the text, or else those to choose from.
    """
    longer = [choice for choice in known if len(name) >= _SHORTEST_PART and name in choice]
    nearest = nearest_name(name, known) or (longer[0] if len(longer) == 1 else None)
    if nearest:
        return f"Did you mean {quote_value(nearest)}?"
    if longer:
        return f"Names with {quote_value(name)}: {list_some(longer)}."
    return f"Choose from: {list_some(known)}." if known else "There are none to choose from."


def unknown_name_message(kind: str, name: str, known: Collection[str]) -> str:
    """Say that a name is unknown, and what to write instead.

    Args:
        kind: What it would be the name of, such as ``topic``.
        name: The unknown name.
        known: The names that there are.

    Returns:
        Two sentences, such as ``Unknown topic "savngs". Did you mean "savings"?``
    """
    return f"Unknown {kind} {quote_value(name)}. {suggest_names(name, known)}"


def describe_choices(choices: Iterable[str]) -> str:
    """Say what a value may be: ``one of a, b, c``."""
    return f"one of {', '.join(choices)}"


def list_some(names: Collection[str]) -> str:
    """List names with semicolons: at most the first few, and how many more there are."""
    first_names = "; ".join([*names][:_MOST_LISTED])
    unlisted_count = len(names) - _MOST_LISTED
    return f"{first_names} and {unlisted_count:,} more" if unlisted_count > 0 else first_names
