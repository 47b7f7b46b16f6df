"""Numbers in a text that state no figure: dates, references, addresses, names with a number."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    r"|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
_YEAR = r"(?:19|20)\d{2}"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_COUNTED = (
    r"(?!\s+(?:people|services|transactions|users|suppliers|sites|staff|organisations|firms"
    r"|million|billion|thousand|times)\b)"
)
"""What follows a year does not make it a count."""

_DATE = rf"""
    \b{_DAY}(?:\s*(?:to|and|[–-])\s*{_DAY})?(?:\ of)?\ {_MONTH}\b(?:\ {_YEAR})?
    | \b{_MONTH}\ {_DAY},?\ {_YEAR}
    | \b\d{{1,2}}/\d{{1,2}}/\d{{2,4}}\b
    | \b{_YEAR}-\d{{2}}-\d{{2}}\b
    | \b{_YEAR}[\ -]?Q[1-4]\b | \bQ[1-4](?:[\ -]{_YEAR})?\b
    | (?<![£$€\d.,])\b{_YEAR}s?(?:\s?(?:[-–/]|to)\s?(?:{_YEAR}|\d{{2}}))?\b(?![.,]\d|\s?%){_COUNTED}
    | \b\d{{1,2}}(?:[:.]\d{{2}})?\s?[ap]m\b | \b\d{{1,2}}:\d{{2}}\b
    | \b(?:first|second|third|fourth|last|next|this|previous)\ (?:half|quarter)\b
"""
_REFERENCE = r"""
    \b(?:sections?|figures?|figs?\.|tables?|annex(?:es)?|appendix|chapters?|pages?|pp?\.
        |paragraphs?|paras?\.?|footnotes?|notes?|box(?:es)?|versions?|articles?|clauses?
        |schedules?|volumes?|year|no\.)
        \s\d+(?:\.\d+)*[a-z]?(?:\s?(?:to|and|[–,-])\s?\d+(?:\.\d+)*[a-z]?)*\b
    | \[\d+\]
    | ^\d+(?:\.\d+)+\.?\s
    | ^\(?\d{1,2}[.)]\s
"""
_NAME = r"""
    \b(?:ISO|BS|EN|IEC|WCAG|RFC|PAS)[\ -]?\d[\d.:-]*
    | \b[A-Z]{1,2}\d[A-Z\d]?\ \d[A-Z]{2}\b
    | \b[A-Za-z]{1,20}(?:-[A-Za-z]{1,20})?-?\d[\w.-]*\b
    | \b\d+(?:[A-Z]\w*|[a-z]+\d\w*)\b(?<![KM])
    | \b0\d{2,4}[\ -]\d{3,4}[\ -]?\d{3,4}\b
    | \bthird[\ -](?:part(?:y|ies)|sector|person)\b | \bsecond[\ -](?:hand|class)\b
"""
_PATTERNS: Final = {
    "address": r"https?://\S+ | www\.\S+ | \b[\w.+-]{1,64}@\S+",
    "date": _DATE,
    "reference": _REFERENCE,
    "name": _NAME,
    "idiom": r"\b(?:1|one)[\ -]to[\ -](?:1|one|many)\b | \b24/7\b | \b50[/-]50\b",
}

_SET_ASIDE = re.compile(
    "|".join(f"(?P<{name}>{text})" for name, text in _PATTERNS.items()), re.VERBOSE
)


class SetAside(NamedTuple):
    """A part of a text whose numbers state no figure.

    Attributes:
        start: Where it begins in the text.
        end: Where it ends.
        reason: ``address``, ``date``, ``reference``, ``name`` or ``idiom``.
    """

    start: int
    end: int
    reason: str


def find_set_aside(text: str) -> Iterator[SetAside]:
    """Find the parts of a passage whose numbers state no figure.

    Args:
        text: The passage.

    Yields:
        Each part, in order.
    """
    for match in _SET_ASIDE.finditer(text):
        yield SetAside(match.start(), match.end(), str(match.lastgroup))
