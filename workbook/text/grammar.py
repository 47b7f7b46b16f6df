"""Plurals, verbs that agree with a count, lists in words, first letters and sentences."""

import re
from collections.abc import Iterable

_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[“(]?[A-Z0-9£−])")

_PAIR = 2
"""How many there are of what ``both`` and ``neither`` speak of."""


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


def choose_none(total: int) -> str:
    """Choose the word for none of several: ``neither`` for 2, else ``none``."""
    return "neither" if total == _PAIR else "none"


def format_part(count: int, total: int, noun: str, plural: str = "") -> str:
    """Write how many of several there are. A verb agrees with ``count or 1``.

    Args:
        count: How many of them, from 0 to ``total``.
        total: How many there are in all, at least 1.
        noun: What is counted, in the singular.
        plural: The plural, where it is not the singular with an ``s``.

    Returns:
        The part: ``none of 3 rows``, ``neither of 2 rows``, ``1 of 3 rows``, ``all 3 rows``, ``both
        rows``, ``the one row``.
    """
    nouns = plural or f"{noun}s"
    if total == 1:
        return f"the one {noun}" if count else f"not the one {noun}"
    if not count:
        return f"{choose_none(total)} of {total:,} {nouns}"
    if count == total:
        return f"both {nouns}" if total == _PAIR else f"all {total:,} {nouns}"
    return f"{count:,} of {total:,} {nouns}"


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


def end_sentence(text: str) -> str:
    """End a message with a full stop, unless it ends with one or with a question."""
    return text if text.endswith(("?", ".")) else f"{text}."


def split_sentences(text: str) -> list[str]:
    """Split a text into its sentences.

    Args:
        text: Sentences separated by white space. One begins with a capital letter, a digit, a
            pound sign or a minus sign. An opening quotation mark or bracket may stand before it.

    Returns:
        The sentences in order; none for an empty text.

    Example:
        >>> split_sentences("It fell by 1.2 points. 3 services are live.")
        ['It fell by 1.2 points.', '3 services are live.']
    """
    return [sentence for sentence in _SENTENCE_END.split(text.strip()) if sentence]


def first_sentence(text: str) -> str:
    """Take the first sentence of a text.

    Args:
        text: Sentences, as for ``split_sentences``.

    Returns:
        The sentence, with a full stop where it has no end mark; empty for an empty text.
    """
    sentence = next(iter(split_sentences(text)), "")
    return f"{sentence}." if sentence and sentence[-1] not in ".!?" else sentence
