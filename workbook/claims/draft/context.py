"""The words around a number of a draft, each with how near it stands."""

from typing import Final

from workbook.claims.draft.draft_numbers import DraftNumber
from workbook.claims.draft.label_words import list_words

_NEAREST: Final = 3
"""Words before and after a number that count in full."""

_LOSS: Final = 0.08
_FARTHEST: Final = 0.4
"""What each further word of the sentence counts less, and what the farthest counts."""

_HEADING: Final = 0.3
_BEFORE: Final = 0.25
"""What a word of the heading, and of the sentence before, counts."""


def context_words(number: DraftNumber) -> dict[str, float]:
    """Weigh the words around a number by their nearness.

    Args:
        number: The number.

    Returns:
        The weight of each stem, from 0 to 1: those of the sentence, of the sentence before and of
        the heading above.
    """
    weights: dict[str, float] = {}
    words = list(list_words(number.sentence))
    words_before = sum(word.start < number.start for word in words)
    for rank, word in enumerate(words):
        distance = words_before - rank if rank < words_before else rank - words_before + 1
        is_inside = number.start <= word.start < number.end
        nearness = 1.0 if is_inside else max(_FARTHEST, 1 - max(0, distance - _NEAREST) * _LOSS)
        weights[word.stem] = max(weights.get(word.stem, 0.0), nearness)
    for texts, weight in (((number.before,), _BEFORE), (number.headings[-1:], _HEADING)):
        for text in texts:
            for word in list_words(text):
                weights[word.stem] = max(weights.get(word.stem, 0.0), weight)
    return weights
