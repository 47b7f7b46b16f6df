"""Names in the query string of a link: parameters, reserved names, and what others add."""

from typing import Final
from urllib.parse import parse_qsl

PIN_NAME: Final = "pin"
"""Name in a link of the record of what it showed when it was copied."""

LINKED_SCENARIO: Final = "scenario"
"""Name in a link of the saved scenario that it opens."""

RESERVED_NAMES: Final = frozenset({"token", "view", PIN_NAME, LINKED_SCENARIO})
"""Names in a link that are not parameters. The others are a token and a part of the page."""

TRACKING_NAMES: Final = frozenset({"fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "_ga", "_gl"})
"""Names that newsletters, social networks and search engines add to a link."""

TRACKING_PREFIXES: Final = ("utm_", "_x_tr_")
"""What begins other names that are added to a link: by campaigns and by Google Translate."""


def query_pairs(query: str) -> list[tuple[str, str]]:
    """List the names and texts in the query string of a link.

    Args:
        query: Query string, with or without ``?``.

    Returns:
        The pairs in their order, without reserved names and what was added to track the link.
    """
    return [(name, text) for name, text in _all_pairs(query) if not is_reserved(name)]


def find_pin(query: str) -> str:
    """Find the name of the record that a link's figures have.

    Args:
        query: Query string, with or without ``?``.

    Returns:
        The name; empty if there is none. Of several, the first counts.
    """
    return next((text for name, text in _all_pairs(query) if name == PIN_NAME), "")


def find_scenario_names(query: str) -> list[str]:
    """Find the names of saved scenarios in a link, which should have one at most.

    Args:
        query: Query string, with or without ``?``.

    Returns:
        The names in their order.
    """
    return [text for name, text in _all_pairs(query) if name == LINKED_SCENARIO]


def names_scenario(query: str) -> bool:
    """Whether a link may open another scenario than the default, or has a record to show.

    Args:
        query: Query string, with or without ``?``.

    Returns:
        Whether it has a parameter, a saved scenario or a record.
    """
    return bool(query_pairs(query) or find_scenario_names(query) or find_pin(query))


def is_reserved(name: str) -> bool:
    """Whether a name in a link is not the name of a parameter."""
    return name in RESERVED_NAMES | TRACKING_NAMES or name.startswith(TRACKING_PREFIXES)


def _all_pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query.removeprefix("?"), keep_blank_values=True)
