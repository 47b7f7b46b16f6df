"""The words of a text that tell figures apart: without common words, endings and numbers."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_WORD = re.compile(r"[A-Za-z]+(?:\.[A-Za-z]+)*|(?:19|20)\d{2}(?!\d)")
_COMMON_WORDS_TEXT = """
    a about above after all also an and another any are around as at be been before being both
    but by can could did do does during each eight fewer five for four from further get give
    given go had has have how i if in include including into is it just less ll make many may
    more most much must nine no not now of off on one only or other our out over own per re s
    seven six so some such t ten than that the their them then there these they this those
    three through to two under until up us use used ve was we were what when where which while
    who will with within would you your
    """
_COMMON_WORDS: Final = frozenset(_COMMON_WORDS_TEXT.split())
_ENDINGS: Final = ("ingly", "edly", "ing", "ed", "ly", "es", "s", "e")
_SHORTEST_STEM: Final = 3


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        stem: The word in lower case without its ending.
        start: Where it begins in the text.
    """

    stem: str
    start: int


def list_words(text: str) -> Iterator[Word]:
    """List the words of a text that tell figures apart. A year is one of them.

    Args:
        text: The text.

    Yields:
        Each word with its place, in order.

    Example:
        >>> [word.stem for word in list_words("The services that were transformed in 2014")]
        ['servic', 'transform', '2014']
    """
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if word not in _COMMON_WORDS or match[0] == "May":
            yield Word(stem_word(word), match.start())


def stem_word(word: str) -> str:
    """Take the ending off a word, so that ``train``, ``trained`` and ``training`` are one.

    Args:
        word: The word in lower case.

    Returns:
        Its stem, of three letters at least.

    Example:
        >>> stem_word("agencies"), stem_word("planned"), stem_word("live")
        ('agency', 'plan', 'liv')
    """
    if word.endswith("ies") and len(word) > len("ties"):
        return f"{word[:-3]}y"
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST_STEM:
            is_doubled = ending in {"ing", "ed"} and stem[-1] == stem[-2] and stem[-1] not in "lsz"
            return stem[:-1] if is_doubled else stem
    return word
