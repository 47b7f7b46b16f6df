"""Plurals, verbs that agree with a count, lists in words, and first letters."""

from collections.abc import Iterable


def choose_form(count: int, singular: str, plural: str) -> str:
    """Choose the form of a word that agrees with a count.

    Args:
        count: How many there are.
        singular: The form for one: ``is``, ``has``, ``it``.
        plural: The form for none and for several: ``are``, ``have``, ``them``.

    Returns:
        The form that agrees.
    """
    return singular if count == 1 else plural


def format_count(
    count: int, noun: str, plural: str = "", *, none: str = "0", one: str = "1"
) -> str:
    """Write how many there are of something.

    Args:
        count: How many there are.
        noun: What is counted, or the verb that follows the count, in the singular.
        plural: The plural, where it is not the singular with an ``s``.
        none: How 0 is written: ``none`` in a sentence.
        one: How 1 is written: ``one`` in a sentence.

    Returns:
        The count with its noun: ``1 row``, ``2,300 rows``, ``one service``, ``none are``.
    """
    number = {0: none, 1: one}.get(count) or f"{count:,}"
    return f"{number} {choose_form(count, noun, plural or f'{noun}s')}"


def join_items(items: Iterable[object], conjunction: str = "and") -> str:
    """List items in words.

    Args:
        items: What is listed, in order.
        conjunction: The word before the last item.

    Returns:
        The list: ``a``, ``a and b``, ``a, b and c``; empty where there are no items.
    """
    *first_items, last_item = [*map(str, items)] or [""]
    return f"{', '.join(first_items)} {conjunction} {last_item}" if first_items else last_item


def capitalise_first(text: str) -> str:
    """Give a text a capital first letter and leave the rest as it is."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """Give a text a small first letter and leave the rest as it is."""
    return text[:1].lower() + text[1:]
